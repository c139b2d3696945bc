/* SPDX-License-Identifier: MIT */
/* Any CSV whose header says what it has. */
#include "feed/source.h"

/* Bars need open, high, low and close, trades price and size, quotes bid and
 * ask; all need a time. */
const struct feed_format feed_format_plain = {
	.name = "plain",
	.summary = "time,open,high,low,close[,volume], time,price,size or "
	    "time,bid,ask in any order, with or without symbol",
	.reader = &csv_reader,
	.has_any_header = 1,
};
