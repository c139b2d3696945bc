/* SPDX-License-Identifier: MIT */
/* @opening-range:minutes,hour - buy above the range of the day's first minutes,
 * sell below it or late in the day.
 *
 * Crabel, Day Trading with Short Term Price Patterns and Opening Range
 * Breakout (1990), without its stretch; hours are those of meta's time zone.
 * Needs or:minutes. */
#include "signal/mixin.h"

const struct mixin mixin_opening_range = {
    .name = "opening-range",
    .summary = "buy above the range of the day's first minutes, "
	    "sell below it or at the hour",
    .source = "Crabel, Day Trading with Short Term Price Patterns and Opening "
	      "Range Breakout (1990)\n",
    .args = {{"minutes", 30, 1, 1440, 1},
	{"hour", 15, 1, 24, 1}},
    .when = "close > or_{0}_high",
    .then = "buy when close crosses above or_{0}_high and hour() < {1}\n"
	    "sell when close crosses below or_{0}_low\n"
	    "sell when hour() crosses above {1} - 1\n",
};
