/* SPDX-License-Identifier: MIT */
/* The huge stock market data set on Kaggle: adjusted prices. */
#include "feed/source.h"

const struct feed_format feed_format_kaggle_huge = {
	.name = "kaggle_huge",
	.summary = "Date,Open,High,Low,Close,Volume,OpenInt (Kaggle)",
	.reader = &csv_reader,
	.headers = {
		"date,open,high,low,close,volume,openint",
	},
};
