/* SPDX-License-Identifier: MIT */
/* A second bar of the same start: dropped when it says the same (seq, more and
 * flags aside), refused when it contradicts the first, which stays. Trades and
 * quotes may well repeat. */
#include "clean/clean.h"
#include "clean/series.h"

static enum clean_verdict
duplicate_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	if (view->before == NULL || in->time != view->before->time)
		return CLEAN_PASS;
	if (view->before->is_made)
		return clean_refuse(out, CLEAN_TIME,
		    "late, its place has been filled");
	if (clean_series_is_same(view->before, in))
		return clean_drop(out, "the same bar again");
	return clean_refuse(out, CLEAN_TIME,
	    "duplicate time, different values");
}

const struct clean_rule clean_duplicate = {
	.name = "duplicate",
	.summary = "drops repeated bars, refuses those that contradict",
	.types = CLEAN_BARS,
	.check = duplicate_check,
};
