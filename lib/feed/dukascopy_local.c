/* SPDX-License-Identifier: MIT */
/* Bars of dukascopy.com in local time, whose offset stands in each row. */
#include "feed/source.h"

const struct feed_format feed_format_dukascopy_local = {
	.name = "dukascopy_local",
	.summary = "Local time,Open,High,Low,Close,Volume (Dukascopy)",
	.reader = &csv_reader,
	.headers = {
		"localtime,open,high,low,close,volume",
	},
	.columns = "time,open,high,low,close,volume",
};
