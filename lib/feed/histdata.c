/* SPDX-License-Identifier: MIT */
/* Minute bars of histdata.com: bid prices, no volume. */
#include "feed/source.h"

/* The clock is US Eastern without summer time, all year. */
const struct feed_format feed_format_histdata = {
	.name = "histdata",
	.summary = "20120201 000000;1.3066;1.3066;1.30656;1.30656;0 without "
	    "header (histdata.com)",
	.reader = &csv_reader,
	.shapes = { "99999999 999999|#|#|#|#|#" },
	.columns = "time,open,high,low,close,volume",
	.has_no_header = 1,
	.zone = "-05:00",
};
