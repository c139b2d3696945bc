/* SPDX-License-Identifier: MIT */
/* R29: what the order opens must be covered by free cash. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	if (!in->limits->buying_power || (in->terms.allow & ALLOW_MARGIN))
		return 0;
	return !in->needed.is_known || (money_sign(in->needed.v) > 0 &&
	    (!in->available.is_known ||
	    money_cmp(in->needed.v, in->available.v) > 0));
}

const struct risk_check risk_check_buying_power = {
	.code = "BUYING_POWER",
	.summary = "free cash does not cover what the order opens",
	.explain = "The part of the order that opens or raises a position, at "
	    "its price (or at --margin of\nthe broker), against cash less what "
	    "working orders may open, less twice the value of\nstock sold "
	    "short, less margin and losses of futures. What a flip closes first "
	    "counts\nfor it. Fees do not count. Not with --allow margin, nor "
	    "with \"buying_power\": false.",
	.scope = SCOPE_LIMIT,
	.shows = SHOW_ORDER | SHOW_PRICE | SHOW_FUNDS,
	.fails = fails,
};
