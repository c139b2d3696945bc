/* SPDX-License-Identifier: MIT */
/* Daily files of Yahoo Finance, and the same with dividends as yfinance writes them. */
#include "feed/source.h"

/* Prices are adjusted for splits, not for dividends; rows of days without
 * trading are all null. */
const struct feed_format feed_format_yahoo = {
	.name = "yahoo",
	.summary = "Date,Open,High,Low,Close,Adj Close,Volume (Yahoo Finance)",
	.reader = &csv_reader,
	.headers = {
		"date,open,high,low,close,adjclose,volume",
		"date,open,high,low,close,volume,adjclose",
		"date,open,high,low,close,adjclose,volume,dividends,stocksplits",
		"date,open,high,low,close,volume,dividends,stocksplits",
	},
};
