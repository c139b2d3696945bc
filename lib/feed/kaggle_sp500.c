/* SPDX-License-Identifier: MIT */
/* The five years of the S&P 500 on Kaggle: all symbols in one. */
#include "feed/source.h"

const struct feed_format feed_format_kaggle_sp500 = {
	.name = "kaggle_sp500",
	.summary = "date,open,high,low,close,volume,Name (Kaggle S&P 500)",
	.reader = &csv_reader,
	.headers = {
		"date,open,high,low,close,volume,name",
	},
};
