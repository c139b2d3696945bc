/* SPDX-License-Identifier: MIT */
/* A feed that repeats itself: so many bars in a row with the same prices and
 * volume. The first of them that is too many has the flag, and those after it. */
#include "clean/clean.h"
#include "clean/series.h"

static enum clean_verdict
stuck_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	if (view->stuck == 0 || view->before == NULL ||
	    view->before->same + 1 < view->stuck ||
	    !clean_series_repeats(view->before, in))
		return CLEAN_PASS;
	return clean_flag(out, "stuck", sizeof "stuck" - 1);
}

const struct clean_rule clean_stuck = {
	.name = "stuck",
	.summary = "flags the same prices and volume --stuck bars long: stuck",
	.types = CLEAN_BARS,
	.check = stuck_check,
};
