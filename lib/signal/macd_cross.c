/* SPDX-License-Identifier: MIT */
/* @macd-cross:fast,slow,signal - long while the MACD is above its signal.
 *
 * Appel, The Moving Average Convergence-Divergence Method (1979). Needs
 * macd:fast,slow,signal. */
#include "signal/mixin.h"

const struct mixin mixin_macd_cross = {
    .name = "macd-cross",
    .summary = "buy when the MACD crosses above its signal line, "
	    "sell when below",
    .source = "Appel, The Moving Average Convergence-Divergence Method (1979)\n",
    .args = {{"fast", 12, 1, RULE_BACK_MAX, 1},
	{"slow", 26, 1, RULE_BACK_MAX, 1},
	{"signal", 9, 1, RULE_BACK_MAX, 1}},
    .when = "macd_{0}_{1}_{2} > macd_{0}_{1}_{2}_signal",
    .then = "buy when macd_{0}_{1}_{2} crosses above "
	    "macd_{0}_{1}_{2}_signal\n"
	    "sell when macd_{0}_{1}_{2} crosses below "
	    "macd_{0}_{1}_{2}_signal\n",
};
