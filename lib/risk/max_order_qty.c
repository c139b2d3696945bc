/* SPDX-License-Identifier: MIT */
/* R22: q > max_order_qty. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return risk_limit_is_passed(in, MAX_ORDER_QTY,
	    (struct figure){1, in->terms.qty});
}

const struct risk_check risk_check_max_order_qty = {
	.code = "MAX_ORDER_QTY",
	.summary = "the order is for more units than max_order_qty",
	.explain = "The quantity of one order, with what a flip closes first, "
	    "against max_order_qty of\nthe limits.",
	.scope = SCOPE_LIMIT,
	.shows = SHOW_ORDER,
	.limits = 1 << MAX_ORDER_QTY,
	.fails = fails,
};
