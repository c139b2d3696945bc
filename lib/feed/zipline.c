/* SPDX-License-Identifier: MIT */
/* csvdir bundles of zipline. */
#include "feed/source.h"

const struct feed_format feed_format_zipline = {
	.name = "zipline",
	.summary = "date,open,high,low,close,volume,dividend,split (zipline "
	    "csvdir)",
	.reader = &csv_reader,
	.headers = {
		"date,open,high,low,close,volume,dividend,split",
	},
};
