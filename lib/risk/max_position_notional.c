/* SPDX-License-Identifier: MIT */
/* R27: the same as MAX_POSITION in money. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return risk_limit_is_passed_by(in, MAX_POSITION_NOTIONAL,
	    in->worst_notional);
}

const struct risk_check risk_check_max_position_notional = {
	.code = "MAX_POSITION_NOTIONAL",
	.summary = "the position could become worth more than "
	    "max_position_notional",
	.explain = "The position of MAX_POSITION * price * multiplier against "
	    "max_position_notional of\nthe limits, an amount or a part of the "
	    "equity at the last closes; 20% unless said.",
	.scope = SCOPE_LIMIT,
	.shows = SHOW_POSITION | SHOW_ORDER | SHOW_PRICE | SHOW_WORST |
	    SHOW_WORST_NOTIONAL | SHOW_EQUITY,
	.limits = 1 << MAX_POSITION_NOTIONAL,
	.fails = fails,
};
