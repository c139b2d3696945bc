/* SPDX-License-Identifier: MIT */
/* Trades of Binance, with a header or without. */
#include "feed/source.h"

/* Times are ms, and us from 2025 on. */
const struct feed_format feed_format_binance_trades = {
	.name = "binance_trades",
	.summary = "id,price,qty,quoteQty,time,isBuyerMaker[,isBestMatch] "
	    "(Binance trades)",
	.reader = &csv_reader,
	.headers = {
		"id,price,qty,quoteqty,time,isbuyermaker,isbestmatch",
		"id,price,qty,quote_qty,time,is_buyer_maker",
	},
	.shapes = { "&|#|#|#|@|~|~", "&|#|#|#|@|~" },
	.columns = "-,price,size,-,time,-,-",
};
