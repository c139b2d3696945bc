/* SPDX-License-Identifier: MIT */
/* Time goes on within a symbol: a bar starts after the one before it of the
 * same span; trades and quotes may share a time. */
#include "clean/clean.h"

static enum clean_verdict
order_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	if (view->before == NULL || in->time >= view->before->time)
		return CLEAN_PASS;
	return clean_refuse(out, CLEAN_TIME, "out of order");
}

const struct clean_rule clean_order = {
	.name = "order",
	.summary = "refuses what starts before the record before it",
	.types = CLEAN_ALL,
	.check = order_check,
};
