/* SPDX-License-Identifier: MIT */
/* @xmomentum:from,to,rank - of all symbols hold those whose return from `from`
 * to `to` bars ago ranks highest, decided with each month.
 *
 * 12-1 momentum: Jegadeesh, Titman, "Returns to buying winners and selling
 * losers", J. of Finance 48 (1993), with the last month left out as is usual
 * since. Needs lag:to roc:D,src=lag_to xrank,src=roc_D_lag_to, D = from - to. */
#include "signal/mixin.h"

static int
add_rank(struct buf *out, const double *arg, const char *sign)
{
	int to = (int)arg[1], length = (int)arg[0] - to;
	return buf_addf(out, "xrank_roc_%d_lag_%d %s ",
		   length > 0 ? length : 1, to, sign) |
	       mixin_add_number(out, arg[2]);
}

static int
condition(struct buf *out, const double *arg)
{
	return add_rank(out, arg, ">=");
}

static int
rules(struct buf *out, const double *arg)
{
	return buf_add_str(out, "buy when first_of(month) and ") |
	       add_rank(out, arg, ">=") |
	       buf_add_str(out, "\nsell when first_of(month) and ") |
	       add_rank(out, arg, "<") | buf_add_char(out, '\n');
}

const struct mixin mixin_xmomentum = {
    .name = "xmomentum",
    .summary = "hold the symbols with the best return of 12 months but the "
	       "last, monthly",
    .source = "Jegadeesh, Titman, Returns to buying winners and selling "
	      "losers, J. of Finance 48 (1993)\n",
    .args = {{"from", 252, 2, RULE_BACK_MAX, 1},
	{"to", 21, 1, RULE_BACK_MAX, 1}, {"rank", 0.9, 0, 1, 0}},
    .condition = condition,
    .rules = rules,
};
