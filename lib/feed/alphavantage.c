/* SPDX-License-Identifier: MIT */
/* Files of Alpha Vantage, and FirstRate's with a header, which are the same. */
#include "feed/source.h"

/* Clocks are US Eastern where they are written with a space, as these two do;
 * the header alone is many others' too. Alpha Vantage has the newest first. */
const struct feed_format feed_format_alphavantage = {
	.name = "alphavantage",
	.summary = "timestamp,open,high,low,close[,adjusted_close],volume[,"
	    "...] (Alpha Vantage, FirstRate)",
	.reader = &csv_reader,
	.headers = {
		"timestamp,open,high,low,close,volume",
		"timestamp,open,high,low,close,adjusted_close,volume,"
		"dividend_amount,split_coefficient",
	},
	.zone = "America/New_York",
	.zone_shape = "9999-99-99 99:99:99",
};
