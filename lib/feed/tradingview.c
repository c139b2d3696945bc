/* SPDX-License-Identifier: MIT */
/* Exports of TradingView: indicators follow the bar. */
#include "feed/source.h"

/* Times are counts, or have their offset; the volume comes anywhere or not at
 * all. */
const struct feed_format feed_format_tradingview = {
	.name = "tradingview",
	.summary = "time,open,high,low,close[,Volume,...] (TradingView, and others)",
	.reader = &csv_reader,
	.headers = {
		"time,open,high,low,close*",
	},
};
