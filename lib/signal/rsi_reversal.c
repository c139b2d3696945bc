/* SPDX-License-Identifier: MIT */
/* @rsi-reversal:n,low,high,back - buy once when the RSI falls below `low`, sell
 * once when it rises above `high`.
 *
 * Wilder, New Concepts in Technical Trading Systems (1978). Each side fires
 * again only after the RSI has come back by `back` points beyond its level
 * (hysteresis, as in LEAN's RsiAlphaModel: 30/70, back at 35/65): of its last
 * visits below the level and beyond the other, the bar before saw the latter.
 * Needs rsi:n. */
#include "signal/mixin.h"

const struct mixin mixin_rsi_reversal = {
    .name = "rsi-reversal",
    .summary = "buy an oversold RSI, sell an overbought one, once "
	       "until it has come back",
    .source = "Wilder, New Concepts in Technical Trading Systems (1978); "
	      "hysteresis as in LEAN's RsiAlphaModel\n",
    .args = {{"n", 14, 1, RULE_BACK_MAX, 1},
	{"low", 30, 0, 100, 0},
	{"high", 70, 0, 100, 0},
	{"back", 5, 0, 100, 0}},
    .when = "rsi_{0} < {1}",
    .then = "buy when rsi_{0} < {1} and since(rsi_{0} > {1} + {3})[1] = "
	    "since(rsi_{0} < {1} or rsi_{0} > {1} + {3})[1]\n"
	    "sell when rsi_{0} > {2} and since(rsi_{0} < {2} - {3})[1] = "
	    "since(rsi_{0} > {2} or rsi_{0} < {2} - {3})[1]\n",
};
