/* SPDX-License-Identifier: MIT */
/* Daily and longer exports of MetaTrader 5: without a clock. */
#include "feed/source.h"

const struct feed_format feed_format_metatrader5_daily = {
	.name = "metatrader5_daily",
	.summary = "<DATE> <OPEN> <HIGH> <LOW> <CLOSE> <TICKVOL> <VOL> "
	    "<SPREAD> (MetaTrader 5)",
	.reader = &csv_reader,
	.headers = {
		"date,open,high,low,close,tickvol,vol,spread",
	},
	.columns = "time,open,high,low,close,volume,-,-",
};
