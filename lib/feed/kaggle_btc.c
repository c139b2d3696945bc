/* SPDX-License-Identifier: MIT */
/* The minutes of Bitcoin on Kaggle: rows of NaN where nothing was traded. */
#include "feed/source.h"

const struct feed_format feed_format_kaggle_btc = {
	.name = "kaggle_btc",
	.summary = "Timestamp,Open,High,Low,Close,Volume_(BTC),"
	    "Volume_(Currency),Weighted_Price (Kaggle)",
	.reader = &csv_reader,
	.headers = {
		"timestamp,open,high,low,close,volume_btc,volume_currency,"
		"weighted_price",
	},
	.columns = "time,open,high,low,close,volume,-,vwap",
};
