/* SPDX-License-Identifier: MIT */
/* @volume:k,n - volume above k times its mean over the n bars before.
 *
 * As rules: buy a close above every close of those bars on such volume, sell
 * a close below every one of them. The price and volume breakout is common
 * practice; Blume, Easley, O'Hara, "Market statistics and technical analysis:
 * the role of volume", J. of Finance 49 (1994), says why volume informs. */
#include "signal/mixin.h"

static int
condition(struct buf *out, const double *arg)
{
	return buf_add_str(out, "volume > ") | mixin_add_number(out, arg[0]) |
	       buf_add_str(out, " * ") |
	       mixin_add_mean(out, "volume", (int)arg[1]);
}

static int
rules(struct buf *out, const double *arg)
{
	int n = (int)arg[1];
	return buf_addf(out, "buy when close > highest(close, %d)[1] and ", n) |
	       condition(out, arg) |
	       buf_addf(out, "\nsell when close < lowest(close, %d)[1]\n", n);
}

const struct mixin mixin_volume = {
    .name = "volume",
    .summary = "buy a breakout of n bars on volume above k times its "
	       "mean, sell a breakdown",
    .source = "common practice; Blume, Easley, O'Hara, Market statistics "
	      "and technical analysis, J. of Finance 49 (1994)\n",
    .args = {{"k", 2, 0, 1e6, 0}, {"n", 20, 1, 200, 1}},
    .condition = condition,
    .rules = rules,
};
