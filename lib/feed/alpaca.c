/* SPDX-License-Identifier: MIT */
/* Pages of Alpaca's market data service: bars, trades or quotes. */
#include "feed/source.h"

const struct feed_format feed_format_alpaca = {
	.name = "alpaca",
	.summary = "JSON pages {\"bars\":...}, trades or quotes (Alpaca)",
	.reader = &pages_reader,
};
