/* SPDX-License-Identifier: MIT */
/* Files of finam.ru: those of Stooq without open interest. */
#include "feed/source.h"

/* Clocks are those of Moscow. */
const struct feed_format feed_format_finam = {
	.name = "finam",
	.summary = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,...,<VOL> (finam.ru)",
	.reader = &csv_reader,
	.headers = {
		"ticker,per,date,time,open,high,low,close,vol",
	},
	.columns = "symbol,per,time,clock,open,high,low,close,volume",
	.zone = "Europe/Moscow",
};
