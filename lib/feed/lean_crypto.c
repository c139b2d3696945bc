/* SPDX-License-Identifier: MIT */
/* Daily and hourly bars of crypto currencies of LEAN: prices as they are. */
#include "feed/source.h"

/* Clocks are UTC. Whole numbers alone could be an equity's. */
const struct feed_format feed_format_lean_crypto = {
	.name = "lean_crypto",
	.summary = "20141201 00:00,300,370,300,370,0.0556 without header "
	    "(LEAN crypto daily)",
	.reader = &csv_reader,
	.shapes = { "99999999 99:99|#|#|#|#|#" },
	.columns = "time,open,high,low,close,volume",
	.has_no_header = 1,
	.zone = "UTC",
};
