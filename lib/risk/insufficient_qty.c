/* SPDX-License-Identifier: MIT */
/* R30: a sale of more than is held is no way to go short. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return in->intent->action == INTENT_SELL &&
	    dec_sign(in->position) > 0 && dec_sign(in->plan.target) < 0 &&
	    !(in->terms.allow & ALLOW_SHORT);
}

const struct risk_check risk_check_insufficient_qty = {
	.code = "INSUFFICIENT_QTY",
	.summary = "a sell is for more than is held",
	.explain = "With --mode add, a sell of more than the position less what "
	    "other sells may fill,\nunless --allow short.",
	.scope = SCOPE_LIMIT,
	.shows = SHOW_POSITION | SHOW_ORDER,
	.fails = fails,
};
