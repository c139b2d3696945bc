/* SPDX-License-Identifier: MIT */
/* bid <= ask, where both sides are there. */
#include "clean/clean.h"

static enum clean_verdict
crossed_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	(void)view;
	if (dec_sign(in->value[CLEAN_ASK]) == 0 ||
	    dec_cmp(in->value[CLEAN_BID], in->value[CLEAN_ASK]) <= 0)
		return CLEAN_PASS;
	return clean_flag(out, "crossed", sizeof "crossed" - 1);
}

const struct clean_rule clean_crossed = {
	.name = "crossed",
	.summary = "flags quotes with bid > ask: crossed",
	.types = 1 << REC_QUOTE,
	.check = crossed_check,
};
