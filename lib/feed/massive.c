/* SPDX-License-Identifier: MIT */
/* Flat files of Massive (Polygon.io): all tickers in one, close before high. */
#include "feed/source.h"

/* Times are ns, volumes may be fractions. The files are sorted by ticker, so
 * they want sorting by time, or taking one ticker out. */
const struct feed_format feed_format_massive = {
	.name = "massive",
	.summary = "ticker,volume,open,close,high,low,window_start,transactions "
	    "(Massive, Polygon.io)",
	.reader = &csv_reader,
	.headers = {
		"ticker,volume,open,close,high,low,window_start,transactions",
	},
	.columns = "symbol,volume,open,close,high,low,time,trades",
};
