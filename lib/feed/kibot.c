/* SPDX-License-Identifier: MIT */
/* Intraday bars of kibot.com: no header, months first. */
#include "feed/source.h"

/* Clocks are US Eastern; rows before and after the session are there too. */
const struct feed_format feed_format_kibot = {
	.name = "kibot",
	.summary = "01/31/2020,09:30,open,high,low,close,volume without "
	    "header (Kibot)",
	.reader = &csv_reader,
	.shapes = { "99/99/9999|99:99|#|#|#|#|#" },
	.columns = "time,clock,open,high,low,close,volume",
	.has_no_header = 1,
	.zone = "America/New_York",
	.order = DATE_MDY,
};
