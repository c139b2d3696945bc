/* SPDX-License-Identifier: MIT */
/* @ema-cross:fast,slow - long while one exponential average is above the
 * other.
 *
 * Appel, Technical Analysis: Power Tools for Active Investors (2005). Needs
 * ema:fast and ema:slow. */
#include "signal/mixin.h"

const struct mixin mixin_ema_cross = {
    .name = "ema-cross",
    .summary = "buy when the fast exponential average crosses "
	    "above the slow one, sell when below",
    .source = "Appel, Technical Analysis: Power Tools for Active Investors "
	      "(2005)\n",
    .args = {{"fast", 12, 1, RULE_BACK_MAX, 1},
	{"slow", 26, 1, RULE_BACK_MAX, 1}},
    .when = "ema_{0} > ema_{1}",
    .then = "buy when ema_{0} crosses above ema_{1}\n"
	    "sell when ema_{0} crosses below ema_{1}\n",
};
