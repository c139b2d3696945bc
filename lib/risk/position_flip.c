/* SPDX-License-Identifier: MIT */
/* R30: one order from long to short, or back, wants a permission. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return dec_sign(in->position) * dec_sign(in->plan.target) < 0 &&
	    !(in->terms.allow & ALLOW_FLIP);
}

const struct risk_check risk_check_position_flip = {
	.code = "POSITION_FLIP",
	.summary = "the order would turn the position round without --allow "
	    "flip",
	.explain = "A buy when short, or a short when long, closes what is held "
	    "and opens the size the\nother way. It wants --allow flip; else "
	    "cover or sell first.",
	.scope = SCOPE_LIMIT,
	.shows = SHOW_POSITION | SHOW_ORDER,
	.fails = fails,
};
