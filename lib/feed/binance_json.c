/* SPDX-License-Identifier: MIT */
/* Answers of Binance's klines service. */
#include "feed/source.h"

const struct feed_format feed_format_binance_json = {
	.name = "binance_json",
	.summary = "JSON rows [[time,open,high,low,close,volume,...],...] (Binance)",
	.reader = &pages_reader,
};
