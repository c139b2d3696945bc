/* SPDX-License-Identifier: MIT */
/* @pairs:n,open,close - trade two symbols against each other.
 *
 * Gatev, Goetzmann, Rouwenhorst, "Pairs trading: performance of a relative
 * value arbitrage rule", Review of Financial Studies 19 (2006): open at two
 * deviations, close when the prices meet. In a stream of just two symbols the
 * price less the mean of both is half their spread, with opposite signs, so one
 * rule trades both legs. Needs xdemean and zscore:n,src=xdemean. */
#include "signal/mixin.h"

const struct mixin mixin_pairs = {
    .name = "pairs",
    .summary = "of two symbols buy the cheap and short the dear "
	       "one, by z-score",
    .source = "Gatev, Goetzmann, Rouwenhorst, Pairs trading: performance of a "
	      "relative value arbitrage rule, Review of Financial Studies 19 "
	      "(2006)\n",
    .args = {{"n", 60, 2, RULE_BACK_MAX, 1},
	{"open", 2, 0, 100, 0},
	{"close", 0, 0, 100, 0}},
    .when = "zscore_{0}_xdemean < {-1}",
    .then = "buy when zscore_{0}_xdemean crosses below {-1}\n"
	    "short when zscore_{0}_xdemean crosses above {1}\n"
	    "sell when zscore_{0}_xdemean crosses above {-2}\n"
	    "cover when zscore_{0}_xdemean crosses below {2}\n",
};
