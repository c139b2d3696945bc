/* SPDX-License-Identifier: MIT */
/* @momentum:n - long while the close is above that of n bars ago.
 *
 * Time-series momentum by the sign of the past return: Moskowitz, Ooi,
 * Pedersen, "Time series momentum", J. of Financial Economics 104 (2012). */
#include "signal/mixin.h"

static int
condition(struct buf *out, const double *arg)
{
	return buf_addf(out, "change(close, %d) > 0", (int)arg[0]);
}

static int
rules(struct buf *out, const double *arg)
{
	int n = (int)arg[0];
	return buf_addf(out,
	    "buy when change(close, %d) crosses above 0\n"
	    "sell when change(close, %d) crosses below 0\n",
	    n, n);
}

const struct mixin mixin_momentum = {
    .name = "momentum",
    .summary = "buy when the close rises above that of n bars ago, sell "
	       "when it falls below",
    .source = "Moskowitz, Ooi, Pedersen, Time series momentum, "
	      "J. of Financial Economics 104 (2012)\n",
    .args = {{"n", 20, 1, RULE_BACK_MAX, 1}},
    .condition = condition,
    .rules = rules,
};
