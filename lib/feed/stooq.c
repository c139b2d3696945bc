/* SPDX-License-Identifier: MIT */
/* Daily files of stooq.com, one symbol each, named like aapl.us.csv. */
#include "feed/source.h"

/* Indices and currencies come without a volume. */
const struct feed_format feed_format_stooq = {
	.name = "stooq",
	.summary = "Date,Open,High,Low,Close[,Volume] (stooq.com)",
	.reader = &csv_reader,
	.headers = {
		"date,open,high,low,close,volume",
		"date,open,high,low,close",
	},
};
