/* SPDX-License-Identifier: MIT */
/* Bars of Databento: prices are integers of 1e-9 unless written pretty. */
#include "feed/source.h"

/* Times are ns. An instrument's number stands for a symbol that is not there.
 * */
const struct feed_format feed_format_databento = {
	.name = "databento",
	.summary = "ts_event,rtype,publisher_id,instrument_id,open,high,low,"
	    "close,volume (Databento)",
	.reader = &csv_reader,
	.headers = {
		"ts_event,rtype,publisher_id,instrument_id,open,high,low,"
		"close,volume",
	},
	.columns = "time,-,-,symbol,open,high,low,close,volume",
	.scale = 9,
};
