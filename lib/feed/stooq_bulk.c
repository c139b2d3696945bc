/* SPDX-License-Identifier: MIT */
/* Bulk files of stooq.com: ticker and length of bars in each row. */
#include "feed/source.h"

/* A bar of PER D is a day; others have a clock, whose zone --tz must say. */
const struct feed_format feed_format_stooq_bulk = {
	.name = "stooq_bulk",
	.summary = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,...,<VOL>,<OPENINT> "
	    "(stooq.com)",
	.reader = &csv_reader,
	.headers = {
		"ticker,per,date,time,open,high,low,close,vol,openint",
	},
	.columns = "symbol,per,time,clock,open,high,low,close,volume,-",
};
