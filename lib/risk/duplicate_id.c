/* SPDX-License-Identifier: MIT */
/* An id is used once, for ever. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return in->is_duplicate;
}

const struct risk_check risk_check_duplicate_id = {
	.code = "DUPLICATE_CLIENT_ORDER_ID",
	.summary = "the account has an order of this id already",
	.explain = "Ids are made of strategy, symbol, instant and a counter, so "
	    "that the same decision\nhas the same id in every run. Two "
	    "strategies and symbols that come to the same id\nare kept apart "
	    "by this check: rename the strategy.",
	.scope = SCOPE_WISH,
	.fails = fails,
};
