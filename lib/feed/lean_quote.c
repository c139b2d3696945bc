/* SPDX-License-Identifier: MIT */
/* Daily and hourly quote bars of LEAN: the bars are of the bid. */
#include "feed/source.h"

/* The zone of the clocks is the data's, so --tz must say it where they are not
 * midnights. */
const struct feed_format feed_format_lean_quote = {
	.name = "lean_quote",
	.summary = "20070101 00:00,bid OHLC,size,ask OHLC,size without header "
	    "(LEAN quotes daily)",
	.reader = &csv_reader,
	.shapes = { "99999999 99:99|#|#|#|#|?|#|#|#|#|?" },
	.columns = "time,open,high,low,close,-,-,-,-,-,-",
	.has_no_header = 1,
};
