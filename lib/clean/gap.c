/* SPDX-License-Identifier: MIT */
/* Bars that the calendar expects between two that came: the flag names the
 * first, gap:2020-01-06, or gap:2020-01-06T11:00:00Z for spans below a day.
 *
 * Spans of whole days are counted in days of meta's time zone, not in hours:
 * a day on which the clocks change is no gap. 24x7 expects every span;
 * weekdays those of a day or more from Monday to Friday, holidays included,
 * and knows no hours, so it says nothing about shorter ones. */
#include "base/time.h"
#include "clean/clean.h"

/* Days since 1970-01-01, by the clock on the wall. */
static int64_t
day_of(const struct zone *zone, int64_t ns)
{
	int64_t east = zone == NULL ? 0 : zone_offset(zone, ns);
	int64_t seconds = ns / TIME_SECOND - (ns % TIME_SECOND < 0) + east;
	int64_t day = TIME_DAY / TIME_SECOND;

	return seconds / day - (seconds % day < 0);
}

/* 1970-01-01 was a Thursday. */
static int
is_weekend(int64_t day)
{
	return ((day + 3) % 7 + 7) % 7 >= 5;
}

static enum clean_verdict
flag(struct clean_finding *out, int64_t ns, size_t date_len)
{
	char word[4 + TIME_TEXT_MAX] = "gap:";
	size_t n = time_print(ns, time_digits(ns), word + 4);

	return clean_flag(out, word, 4 + (date_len > 0 ? date_len : n));
}

static enum clean_verdict
check_days(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	int64_t due = day_of(view->zone, view->before->time);

	due += in->span / TIME_DAY;
	while (view->calendar == CALENDAR_WEEKDAYS && is_weekend(due))
		due++;
	if (day_of(view->zone, in->time) <= due)
		return CLEAN_PASS;
	return flag(out, due * TIME_DAY, sizeof "2020-01-06" - 1);
}

static enum clean_verdict
gap_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	int64_t due;

	if (view->calendar == CALENDAR_NONE || view->before == NULL)
		return CLEAN_PASS;
	if (in->span % TIME_DAY == 0)
		return check_days(view, in, out);
	due = view->before->time + in->span;
	if (view->calendar != CALENDAR_24X7 || in->time <= due)
		return CLEAN_PASS;
	return flag(out, due, 0);
}

const struct clean_rule clean_gap = {
	.name = "gap",
	.summary = "flags the first missing bar of --calendar: gap:DATE",
	.types = CLEAN_BARS,
	.check = gap_check,
};
