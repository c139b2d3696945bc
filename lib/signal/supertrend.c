/* SPDX-License-Identifier: MIT */
/* @supertrend:n,k - long while the supertrend points up.
 *
 * Seban's indicator; the rule is its change of direction. Needs
 * supertrend:n,k. */
#include "signal/mixin.h"

const struct mixin mixin_supertrend = {
    .name = "supertrend",
    .summary = "buy when the supertrend turns up, sell when it "
	       "turns down",
    .source = "Seban, Tout le monde merite d'etre riche (2008)\n",
    .args = {{"n", 10, 1, RULE_BACK_MAX, 1},
	{"k", 3, 0, 100, 0}},
    .when = "supertrend_{p0}_{p1}_direction > 0",
    .then = "buy when supertrend_{p0}_{p1}_direction crosses above 0\n"
	    "sell when supertrend_{p0}_{p1}_direction crosses below 0\n",
};
