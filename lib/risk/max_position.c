/* SPDX-License-Identifier: MIT */
/* R26: a buy fails if p + Lb + q > max_position, a sale if
 * -(p - Ls - q) > max_position, with Lb and Ls what other orders may still
 * fill. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	struct figure size = in->worst;

	size.v = in->terms.side > 0 ? size.v : dec_neg(size.v);
	return risk_limit_is_passed(in, MAX_POSITION, size);
}

const struct risk_check risk_check_max_position = {
	.code = "MAX_POSITION",
	.summary = "the position could become larger than max_position",
	.explain = "The position if this order and all working orders of its "
	    "side are filled, and none\nof the other side, against max_position "
	    "of the limits. Orders that this one cancels\nfirst do not count; "
	    "attached exits count up to the position that they close.",
	.scope = SCOPE_LIMIT,
	.shows = SHOW_POSITION | SHOW_ORDER | SHOW_WORKING | SHOW_WORST,
	.limits = 1 << MAX_POSITION,
	.fails = fails,
};
