/* SPDX-License-Identifier: MIT */
/* A signal that is no clear wish. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return in->intent->bad != NULL;
}

const struct risk_check risk_check_invalid_field = {
	.code = "INVALID_FIELD",
	.summary = "a field of the signal is missing or not what it must be",
	.explain = "symbol, time, strategy, action, price (above 0), size (above "
	    "0), order_type and the\nprices that it needs, tif, stop_loss, "
	    "take_profit, trail or max_bars. The veto names\nthe first one in "
	    "its field \"field\".",
	.scope = SCOPE_WISH,
	.shows = SHOW_FIELD,
	.fails = fails,
};
