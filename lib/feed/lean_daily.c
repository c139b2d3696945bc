/* SPDX-License-Identifier: MIT */
/* Daily and hourly bars of equities of LEAN. */
#include "feed/source.h"

/* Prices are integers of 1e-4, unadjusted. */
const struct feed_format feed_format_lean_daily = {
	.name = "lean_daily",
	.summary = "19980102 00:00,973100,... without header (LEAN equity "
	    "daily)",
	.reader = &csv_reader,
	.shapes = { "99999999 99:99|&|&|&|&|&" },
	.columns = "time,open,high,low,close,volume",
	.has_no_header = 1,
	.zone = "America/New_York",
	.scale = 4,
};
