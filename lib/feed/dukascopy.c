/* SPDX-License-Identifier: MIT */
/* Bars of dukascopy.com: one side of the book a file. */
#include "feed/source.h"

/* Volumes are in millions and stay so; weekends are flat bars of volume 0. */
const struct feed_format feed_format_dukascopy = {
	.name = "dukascopy",
	.summary = "Gmt time,Open,High,Low,Close,Volume (Dukascopy)",
	.reader = &csv_reader,
	.headers = {
		"gmttime,open,high,low,close,volume",
	},
	.columns = "time,open,high,low,close,volume",
	.zone = "UTC",
};
