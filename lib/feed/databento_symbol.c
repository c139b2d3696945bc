/* SPDX-License-Identifier: MIT */
/* Bars of Databento with their symbols. */
#include "feed/source.h"

const struct feed_format feed_format_databento_symbol = {
	.name = "databento_symbol",
	.summary = "ts_event,rtype,publisher_id,instrument_id,open,...,volume,"
	    "symbol (Databento)",
	.reader = &csv_reader,
	.headers = {
		"ts_event,rtype,publisher_id,instrument_id,open,high,low,"
		"close,volume,symbol",
	},
	.columns = "time,-,-,-,open,high,low,close,volume,symbol",
	.scale = 9,
};
