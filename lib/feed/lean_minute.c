/* SPDX-License-Identifier: MIT */
/* Minute bars of equities of LEAN: milliseconds, the day in the file's name. */
#include "feed/source.h"

/* Prices are integers of 1e-4, unadjusted. */
const struct feed_format feed_format_lean_minute = {
	.name = "lean_minute",
	.summary = "15300000,6448000,... without header, 20131007_trade.zip "
	    "(LEAN equity minute)",
	.reader = &csv_reader,
	.shapes = { "%|&|&|&|&|&" },
	.columns = "ms_of_day,open,high,low,close,volume",
	.has_no_header = 1,
	.zone = "America/New_York",
	.scale = 4,
	.has_day_in_name = 1,
};
