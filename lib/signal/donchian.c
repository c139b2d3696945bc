/* SPDX-License-Identifier: MIT */
/* @donchian:enter,leave - buy a close above the highs of the bars before, sell
 * one below their lows.
 *
 * Donchian's channel rule as the Turtles traded it (Faith, Way of the Turtle,
 * 2007: 20 and 10 days, or 55 and 20), long side, by closes. */
#include "signal/mixin.h"

const struct mixin mixin_donchian = {
    .name = "donchian",
    .summary = "buy a close above the highs of n bars before, sell "
	       "one below the lows of m",
    .source = "Donchian; Faith, Way of the Turtle (2007), systems 1 (20, 10) "
	      "and 2 (55, 20)\n",
    .args = {{"enter", 20, 1, RULE_BACK_MAX, 1},
	{"leave", 10, 1, RULE_BACK_MAX, 1}},
    .when = "close > highest(high, {0})[1]",
    .then = "buy when close > highest(high, {0})[1]\n"
	    "sell when close < lowest(low, {1})[1]\n",
};
