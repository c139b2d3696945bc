/* SPDX-License-Identifier: MIT */
/* @bollinger:n,k - buy below the lower band, sell back at the middle.
 *
 * Bollinger, Bollinger on Bollinger Bands (2001). Needs bbands:n,k. */
#include "signal/mixin.h"

const struct mixin mixin_bollinger = {
    .name = "bollinger",
    .summary = "buy when the close falls below the lower band, "
	    "sell at the middle one",
    .source = "Bollinger, Bollinger on Bollinger Bands (2001)\n",
    .args = {{"n", 20, 1, RULE_BACK_MAX, 1},
	{"k", 2, 0, 100, 0}},
    .when = "close < bbands_{p0}_{p1}_lower",
    .then = "buy when close crosses below bbands_{p0}_{p1}_lower\n"
	    "sell when close crosses above bbands_{p0}_{p1}_middle\n",
};
