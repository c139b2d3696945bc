/* SPDX-License-Identifier: MIT */
/* Nothing to do: the position is what the signal wishes, or an order that
 * brings it there works already. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return in->plan.is_at_target;
}

const struct risk_check risk_check_at_target = {
	.code = "AT_TARGET",
	.summary = "the position is already what the signal wishes for",
	.explain = "A buy when long or with a buy working, a short when short "
	    "or with a short working,\na sell, cover or exit with nothing to "
	    "leave. The position held is judged by its\nsign. With --rebalance "
	    "a buy or short is adjusted to the new size instead. A sell,\ncover "
	    "or exit with nothing held cancels working entries of earlier "
	    "instants.",
	.scope = SCOPE_WISH,
	.shows = SHOW_POSITION,
	.fails = fails,
};
