/* SPDX-License-Identifier: MIT */
/* @mean-reversion:n - buy the lowest close of n bars, sell the highest.
 *
 * The "double 7s" of Connors and Alvarez, Short Term Trading Strategies That
 * Work (2009), without its filter: add `and close > sma_200` for that. */
#include "signal/mixin.h"

static int
condition(struct buf *out, const double *arg)
{
	return buf_addf(out, "close <= lowest(close, %d)", (int)arg[0]);
}

static int
rules(struct buf *out, const double *arg)
{
	int n = (int)arg[0];
	return buf_addf(out,
	    "buy when close <= lowest(close, %d)\n"
	    "sell when close >= highest(close, %d)\n",
	    n, n);
}

const struct mixin mixin_mean_reversion = {
    .name = "mean-reversion",
    .summary = "buy the lowest close of n bars, sell the highest",
    .source = "Connors, Alvarez, Short Term Trading Strategies That Work "
	      "(2009), \"double 7s\" without its filter\n",
    .args = {{"n", 7, 2, RULE_BACK_MAX, 1}},
    .condition = condition,
    .rules = rules,
};
