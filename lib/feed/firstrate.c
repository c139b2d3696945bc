/* SPDX-License-Identifier: MIT */
/* Older files of firstratedata.com: no header. */
#include "feed/source.h"

/* Clocks are US Eastern; there are no bars of volume 0. */
const struct feed_format feed_format_firstrate = {
	.name = "firstrate",
	.summary = "2020-01-31 09:30:00,open,high,low,close,volume without "
	    "header (FirstRate)",
	.reader = &csv_reader,
	.shapes = { "9999-99-99 99:99:99|#|#|#|#|#" },
	.columns = "time,open,high,low,close,volume",
	.has_no_header = 1,
	.zone = "America/New_York",
};
