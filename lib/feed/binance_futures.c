/* SPDX-License-Identifier: MIT */
/* Klines of Binance's futures: the columns of spot, with a header. */
#include "feed/source.h"

const struct feed_format feed_format_binance_futures = {
	.name = "binance_futures",
	.summary = "open_time,open,high,low,close,volume,close_time,... "
	    "(Binance futures klines)",
	.reader = &csv_reader,
	.headers = {
		"open_time,open,high,low,close,volume,close_time,quote_volume,"
		"count,taker_buy_volume,taker_buy_quote_volume,ignore",
	},
	.columns = "time,open,high,low,close,volume,-,-,trades,-,-,-",
};
