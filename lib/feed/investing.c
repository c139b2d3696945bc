/* SPDX-License-Identifier: MIT */
/* Files of investing.com: volumes as 1.25M, the newest first. */
#include "feed/source.h"

/* The order of day and month is that of the site's language, so it is asked. */
const struct feed_format feed_format_investing = {
	.name = "investing",
	.summary = "Date,Price,Open,High,Low,Vol.,Change % (investing.com)",
	.reader = &csv_reader,
	.headers = {
		"date,price,open,high,low,vol.,change%",
	},
	.columns = "time,close,open,high,low,volume,-",
};
