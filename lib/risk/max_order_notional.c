/* SPDX-License-Identifier: MIT */
/* R23: q * price > max_order_notional. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return risk_limit_is_passed_by(in, MAX_ORDER_NOTIONAL, in->notional);
}

const struct risk_check risk_check_max_order_notional = {
	.code = "MAX_ORDER_NOTIONAL",
	.summary = "the order is for more money than max_order_notional",
	.explain = "Quantity * price * multiplier against max_order_notional of "
	    "the limits. The price is\nthe limit, else the stop, else the last "
	    "close; for a sale never less than the last\nclose.",
	.scope = SCOPE_LIMIT,
	.shows = SHOW_ORDER | SHOW_PRICE | SHOW_NOTIONAL,
	.limits = 1 << MAX_ORDER_NOTIONAL,
	.fails = fails,
};
