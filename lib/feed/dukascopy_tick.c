/* SPDX-License-Identifier: MIT */
/* Ticks of dukascopy.com as its tools write them: the ask before the bid. */
#include "feed/source.h"

const struct feed_format feed_format_dukascopy_tick = {
	.name = "dukascopy_tick",
	.summary = "time,ask,bid,ask_volume,bid_volume (Dukascopy)",
	.reader = &csv_reader,
	.headers = {
		"time,ask,bid,ask_volume,bid_volume",
		"timestamp,ask,bid,ask_volume,bid_volume",
	},
	.columns = "time,ask,bid,ask_size,bid_size",
	.zone = "UTC",
};
