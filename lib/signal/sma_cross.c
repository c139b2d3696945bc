/* SPDX-License-Identifier: MIT */
/* @sma-cross:fast,slow - long while one simple average is above the other.
 *
 * Brock, Lakonishok, LeBaron, "Simple technical trading rules and the
 * stochastic properties of stock returns", J. of Finance 47 (1992). Needs
 * sma:fast and sma:slow. */
#include "signal/mixin.h"

const struct mixin mixin_sma_cross = {
    .name = "sma-cross",
    .summary = "buy when the fast simple average crosses above the "
	       "slow one, sell when below",
    .source = "Brock, Lakonishok, LeBaron, Simple technical trading rules and "
	      "the stochastic properties of stock returns, J. of Finance 47 "
	      "(1992)\n",
    .args = {{"fast", 10, 1, RULE_BACK_MAX, 1},
	{"slow", 30, 1, RULE_BACK_MAX, 1}},
    .when = "sma_{0} > sma_{1}",
    .then = "buy when sma_{0} crosses above sma_{1}\n"
	    "sell when sma_{0} crosses below sma_{1}\n",
};
