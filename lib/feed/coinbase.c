/* SPDX-License-Identifier: MIT */
/* Candles of Coinbase: of the Exchange, or of Advanced Trade. */
#include "feed/source.h"

const struct feed_format feed_format_coinbase = {
	.name = "coinbase",
	.summary = "JSON rows [[time,low,high,open,close,volume],...] (Coinbase)",
	.reader = &pages_reader,
};
