/* SPDX-License-Identifier: MIT */
/* Files of yfinance 0.2.51 and later: three header rows, a column for each ticker. */
#include "feed/source.h"

/* Price,..., then Ticker,..., then Date: prices are adjusted. See groups.c. */
const struct feed_format feed_format_yfinance = {
	.name = "yfinance",
	.summary = "Price,Close,High,...; Ticker,AAPL,...; Date,,,... "
	    "(yfinance)",
	.reader = &csv_reader,
	.is_only_forced = 1,
};
