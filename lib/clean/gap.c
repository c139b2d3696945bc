/* SPDX-License-Identifier: MIT */
/* Bars that the calendar expects between two that came, or that the other
 * symbols of --align had: the flag names the first, gap:2020-01-06, or gap:2020-01-06T11:00:00Z for spans below a day.
 *
 * Spans of whole days are counted in days of the time zone, not in hours: a
 * day on which the clocks change is no gap. */
#include "base/time.h"
#include "clean/clean.h"

static enum clean_verdict
flag(const struct clean_view *view, const struct clean_item *in, int64_t due,
    struct clean_finding *out)
{
	char word[4 + TIME_TEXT_MAX] = "gap:";
	size_t n;

	if (in->span % TIME_DAY == 0) {
		due = calendar_day_of(view->zone, due) * TIME_DAY;
		time_print(due, 0, word + 4);
		n = sizeof "2020-01-06" - 1;
	} else {
		n = time_print(due, time_digits(due), word + 4);
	}
	return clean_flag(out, word, 4 + n);
}

static enum clean_verdict
gap_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	struct calendar_bars bars = { in->span, view->zone };
	const struct clean_series *before = view->before;
	int64_t due = TIME_NONE;

	if (before == NULL)
		return CLEAN_PASS;
	if (view->calendar != NULL && calendar_next(view->calendar, &bars,
	        before->time, &due) == 0 && in->time > due)
		out->missing = calendar_count(view->calendar, &bars, due,
		    in->time);
	if (out->missing > 0)
		return flag(view, in, due, out);
	if (before->missed_count == 0)
		return CLEAN_PASS;
	out->missing = before->missed_count;
	return flag(view, in, before->missed, out);
}

const struct clean_rule clean_gap = {
	.name = "gap",
	.summary = "names the first missing bar of --calendar: gap:DATE",
	.types = CLEAN_BARS,
	.of_output = 1,
	.check = gap_check,
};
