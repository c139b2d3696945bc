/* SPDX-License-Identifier: MIT */
/* Quantities: above zero, whole lots, not below the least. */
#include "risk/check.h"

/* The least is a limit: off under "unlimited", and 0 unless it is set. */
static int
is_below(const struct risk_input *in)
{
	const struct limit *qty = &in->limits->limit[MIN_QTY];
	const struct limit *notional = &in->limits->limit[MIN_NOTIONAL];
	struct money least;

	if (qty->is_set && dec_cmp(in->terms.qty, qty->v) < 0)
		return 1;
	if (!notional->is_set)
		return 0;
	return !in->notional.is_known ||
	    money_from_dec(notional->v, &least) != 0 ||
	    money_cmp(in->notional.v, least) < 0;
}

static int
fails(const struct risk_input *in)
{
	if (dec_sign(in->terms.qty) <= 0)
		return 1;
	/* All of a position may be left, however odd it is. */
	if (in->plan.is_reducing)
		return 0;
	if (dec_sign(in->lot) > 0 && !dec_is_multiple(in->terms.qty, in->lot))
		return 1;
	return is_below(in);
}

const struct risk_check risk_check_qty_invalid = {
	.code = "QTY_INVALID",
	.summary = "the quantity is 0, off the lot or below the least",
	.explain = "The size rounds down to 0 whole units or lots, or cannot be "
	    "computed because a price\nor the equity is not known, or it is not "
	    "a multiple of --lot, or below min_qty or\nmin_notional of the "
	    "limits. raw_qty is the size before rounding. An order that only\n"
	    "reduces a position may have any quantity above 0.",
	.scope = SCOPE_ORDER,
	.shows = SHOW_ORDER | SHOW_RAW_QTY | SHOW_LOT | SHOW_PRICE |
	    SHOW_NOTIONAL,
	.limits = 1 << MIN_QTY | 1 << MIN_NOTIONAL,
	.fails = fails,
};
