/* SPDX-License-Identifier: MIT */
/* Daily bars of kibot.com: no header, months first. */
#include "feed/source.h"

const struct feed_format feed_format_kibot_daily = {
	.name = "kibot_daily",
	.summary = "01/31/2020,open,high,low,close,volume without header "
	    "(Kibot)",
	.reader = &csv_reader,
	.shapes = { "99/99/9999|#|#|#|#|#" },
	.columns = "time,open,high,low,close,volume",
	.has_no_header = 1,
	.order = DATE_MDY,
};
