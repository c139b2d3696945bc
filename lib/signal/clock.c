/* SPDX-License-Identifier: MIT */
/* Calendar words. Periods are those of the local date on which a bar starts;
 * weeks begin on Monday (ISO 8601).
 *
 * A bar is the last of a period when the calendar has its next bar in another
 * one. `24x7` has a bar after every bar. `weekdays` has none on Saturday and
 * Sunday and no holidays, and does not say when a day of shorter bars ends. The
 * others are those of base/calendar.h. */
#include "signal/clock.h"

#include "base/time.h"

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t
to_local(const struct zone *z, int64_t ns)
{
	int64_t local, offset = z != NULL ? zone_offset(z, ns) : 0;
	return __builtin_add_overflow(ns, offset * TIME_SECOND, &local) ? ns
									: local;
}

/* 1970-01-01 was a Thursday. */
static int
weekday_of(int64_t day)
{
	int64_t from_monday = (day + 3) - 7 * floor_div(day + 3, 7);
	return (int)from_monday + 1;
}

static int64_t
period_of(enum period p, int64_t local)
{
	struct civil c;
	int64_t day = floor_div(local, TIME_DAY);
	if (p == PERIOD_DAY)
		return day;
	if (p == PERIOD_WEEK)
		return floor_div(day + 3, 7);
	time_civil(local, &c);
	return 12 * (int64_t)c.year + c.month;
}

/* The start of the next day that has bars. */
static int64_t
next_weekday(int64_t local)
{
	int64_t day = floor_div(local, TIME_DAY) + 1;
	while (weekday_of(day) > 5)
		day++;
	return day * TIME_DAY;
}

static double
last_on_weekdays(enum period p, int64_t local, int64_t next)
{
	int64_t now = period_of(p, local);
	if (weekday_of(floor_div(local, TIME_DAY)) > 5)
		return NAN;
	if (floor_div(next, TIME_DAY) == floor_div(local, TIME_DAY))
		return period_of(p, next_weekday(local)) == now ? 0.0
								: (double)NAN;
	if (weekday_of(floor_div(next, TIME_DAY)) > 5)
		next = next_weekday(next);
	return period_of(p, next) != now;
}

/* The next bar by a calendar of days and hours, in local time. */
static double
last_by_days(enum period p, const struct calendar *days,
    const struct zone *zone, const int64_t bar[2])
{
	const struct calendar_bars bars = {.span = bar[1], .zone = zone};
	int64_t next;
	if (calendar_expects(days, &bars, bar[0]) != 1 ||
	    calendar_next(days, &bars, bar[0], &next) != 0)
		return NAN;
	return period_of(p, to_local(zone, next)) !=
	    period_of(p, to_local(zone, bar[0]));
}

void
clock_read(double out[CLOCKS], const struct clock_calendar *calendar,
    const struct zone *zone, const int64_t bar[2])
{
	int64_t local = to_local(zone, bar[0]), span = bar[1], next;
	int64_t of_day = (local % TIME_DAY + TIME_DAY) % TIME_DAY;
	out[CLOCK_HOUR] = (double)(of_day / TIME_HOUR);
	out[CLOCK_WEEKDAY] = weekday_of(floor_div(local, TIME_DAY));
	/* days are counted on the wall clock, hours as they pass */
	int is_days = span % TIME_DAY == 0;
	int is_unknown =
	    __builtin_add_overflow(is_days ? local : bar[0], span, &next) ||
	    next > INT64_MAX - 16 * TIME_DAY;
	next = is_unknown ? local : is_days ? next : to_local(zone, next);
	for (int i = 0; i < PERIODS; i++) {
		enum period p = (enum period)i;
		double *last = &out[CLOCK_LAST_OF_DAY + i];
		out[CLOCK_DAY + i] = (double)period_of(p, local);
		if (calendar->kind == CALENDAR_NONE || span <= 0 || is_unknown)
			*last = NAN;
		else if (calendar->kind == CALENDAR_DAYS)
			*last = last_by_days(p, calendar->days, zone, bar);
		else if (calendar->kind == CALENDAR_24X7)
			*last = period_of(p, next) != period_of(p, local);
		else
			*last = last_on_weekdays(p, local, next);
	}
}
