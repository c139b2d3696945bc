/* SPDX-License-Identifier: MIT */
/* Files of cryptodatadownload.com: a line with its address comes first. */
#include "feed/source.h"

/* Two volumes, that of the coin and that of the money; the newest first. */
const struct feed_format feed_format_cryptodatadownload = {
	.name = "cryptodatadownload",
	.summary = "unix,date,symbol,open,high,low,close,Volume BTC,Volume "
	    "USD[,tradecount] (CryptoDataDownload)",
	.reader = &csv_reader,
	.headers = {
		"unix,date,symbol,open,high,low,close,volume*",
		"unixtimestamp,date,symbol,open,high,low,close,volume*",
	},
	.columns = "time,-,symbol,open,high,low,close,volume,-,trades",
};
