/* SPDX-License-Identifier: MIT */
/* Exports of MetaTrader 5: tabs, and often UTF-16. */
#include "feed/source.h"

/* The clock is the broker's server's, so --tz must say it. The volume is that
 * of ticks, as <VOL> is 0 for currencies; the spread is in points. */
const struct feed_format feed_format_metatrader5 = {
	.name = "metatrader5",
	.summary = "<DATE> <TIME> <OPEN> <HIGH> <LOW> <CLOSE> <TICKVOL> <VOL> "
	    "<SPREAD> (MetaTrader 5)",
	.reader = &csv_reader,
	.headers = {
		"date,time,open,high,low,close,tickvol,vol,spread",
	},
	.columns = "time,clock,open,high,low,close,volume,-,-",
};
