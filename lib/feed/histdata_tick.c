/* SPDX-License-Identifier: MIT */
/* Ticks of histdata.com: bid and ask. */
#include "feed/source.h"

/* The clock has milliseconds and is that of the bars. */
const struct feed_format feed_format_histdata_tick = {
	.name = "histdata_tick",
	.summary = "20120201 000003660,1.3066,1.30677,0 without header "
	    "(histdata.com)",
	.reader = &csv_reader,
	.shapes = { "99999999 999999999|#|#|#" },
	.columns = "time,bid,ask,-",
	.has_no_header = 1,
	.zone = "-05:00",
};
