/* SPDX-License-Identifier: MIT */
/* low <= open, close <= high. */
#include "clean/clean.h"

static int
is_outside(const struct clean_item *in, enum clean_field f)
{
	return dec_cmp(in->value[f], in->value[CLEAN_LOW]) < 0 ||
	    dec_cmp(in->value[f], in->value[CLEAN_HIGH]) > 0;
}

static enum clean_verdict
range_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	(void)view;
	if (dec_cmp(in->value[CLEAN_HIGH], in->value[CLEAN_LOW]) < 0)
		return clean_refuse(out, CLEAN_HIGH, "high is below low");
	if (is_outside(in, CLEAN_OPEN))
		return clean_refuse(out, CLEAN_OPEN,
		    "open is outside low to high");
	if (is_outside(in, CLEAN_CLOSE))
		return clean_refuse(out, CLEAN_CLOSE,
		    "close is outside low to high");
	return CLEAN_PASS;
}

const struct clean_rule clean_range = {
	.name = "range",
	.summary = "refuses high < low, and open or close outside them",
	.types = CLEAN_BARS,
	.check = range_check,
};
