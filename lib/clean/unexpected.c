/* SPDX-License-Identifier: MIT */
/* Bars where the calendar has none: weekends, holidays, out of hours. */
#include "clean/clean.h"

static enum clean_verdict
unexpected_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	struct calendar_bars bars = { in->span, view->zone };

	if (view->calendar == NULL ||
	    calendar_expects(view->calendar, &bars, in->time) != 0)
		return CLEAN_PASS;
	if (view->drops_unexpected)
		return clean_drop(out, "not expected by the calendar");
	return clean_flag(out, "unexpected", sizeof "unexpected" - 1);
}

const struct clean_rule clean_unexpected = {
	.name = "unexpected",
	.summary = "flags or drops bars out of --calendar: unexpected",
	.types = CLEAN_BARS,
	.of_output = 1,
	.check = unexpected_check,
};
