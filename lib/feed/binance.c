/* SPDX-License-Identifier: MIT */
/* Klines of Binance's spot market: files without a header. */
#include "feed/source.h"

/* Times are ms, and us from 2025 on; the volume is that of the base coin. */
const struct feed_format feed_format_binance = {
	.name = "binance",
	.summary = "12 columns without header: time, prices, volume, close "
	    "time, ... (Binance spot klines)",
	.reader = &csv_reader,
	.columns = "time,open,high,low,close,volume,-,-,trades,-,-,-",
	.shapes = { "@|#|#|#|#|#|@|#|#|#|#|#" },
	.has_no_header = 1,
};
