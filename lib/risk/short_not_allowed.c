/* SPDX-License-Identifier: MIT */
/* R30: going short wants a permission. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	int is_sell_of_long = in->intent->action == INTENT_SELL &&
	    dec_sign(in->position) > 0;

	return in->terms.side < 0 && dec_sign(in->plan.target) < 0 &&
	    !is_sell_of_long && !(in->terms.allow & ALLOW_SHORT);
}

const struct risk_check risk_check_short_not_allowed = {
	.code = "SHORT_NOT_ALLOWED",
	.summary = "the order would go short without --allow short",
	.explain = "A short, or with --mode add a sell when not long, wants "
	    "--allow short.",
	.scope = SCOPE_LIMIT,
	.shows = SHOW_POSITION | SHOW_ORDER,
	.fails = fails,
};
