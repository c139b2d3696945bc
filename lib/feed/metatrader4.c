/* SPDX-License-Identifier: MIT */
/* Bars of MetaTrader 4 and of HistData's files for it: no header. */
#include "feed/source.h"

/* The clock is that of the broker's server, so --tz must say it; HistData's
 * is -05:00 all year. */
const struct feed_format feed_format_metatrader4 = {
	.name = "metatrader4",
	.summary = "7 columns without header: 2012.02.01,00:00, prices, volume "
	    "(MetaTrader 4)",
	.reader = &csv_reader,
	.columns = "time,clock,open,high,low,close,volume",
	.shapes = { "9999.99.99|99:99|#|#|#|#|#" },
	.has_no_header = 1,
};
