/* SPDX-License-Identifier: MIT */
/* Dumps of bars of ib_insync, perhaps with the index of the DataFrame first. */
#include "feed/source.h"

/* A volume of -1 is none: currencies have no volume. */
const struct feed_format feed_format_ib_insync = {
	.name = "ib_insync",
	.summary = "[,]date,open,high,low,close,volume,average,barCount "
	    "(ib_insync)",
	.reader = &csv_reader,
	.headers = {
		"date,open,high,low,close,volume,average,barcount",
		",date,open,high,low,close,volume,average,barcount",
	},
	.is_minus_one_none = 1,
};
