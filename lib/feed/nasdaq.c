/* SPDX-License-Identifier: MIT */
/* Daily files of nasdaq.com: the newest first, prices with $. */
#include "feed/source.h"

/* Months come first and commas are thousands: the files are American only. */
const struct feed_format feed_format_nasdaq = {
	.name = "nasdaq",
	.summary = "Date,Close/Last,Volume,Open,High,Low (nasdaq.com)",
	.reader = &csv_reader,
	.headers = {
		"date,close/last,volume,open,high,low",
	},
	.columns = "time,close,volume,open,high,low",
	.zone = "America/New_York",
	.order = DATE_MDY,
	.decimal = DECIMAL_POINT,
};
