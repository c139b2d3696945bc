/* SPDX-License-Identifier: MIT */
/* What nobody can know yet: known after --now. The clock on the wall is not
 * asked, so that the same input gives the same output. */
#include "clean/clean.h"

static enum clean_verdict
future_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	if (view->now == 0 || in->time + in->span <= view->now)
		return CLEAN_PASS;
	return clean_refuse(out, CLEAN_TIME, "in the future, after --now");
}

const struct clean_rule clean_future = {
	.name = "future",
	.summary = "refuses what is known only after --now",
	.types = CLEAN_ALL,
	.check = future_check,
};
