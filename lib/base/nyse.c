/* SPDX-License-Identifier: MIT */
/* The days and hours of the New York Stock Exchange from 1990 to 2035, by its
 * rule 7.2 and the closings that it announced. Nasdaq keeps the same ones. */
#include "base/calendar.h"
#include "base/time.h"

enum { OPEN = 9 * 3600 + 1800, CLOSE = 16 * 3600, EARLY = 13 * 3600,
	EARLY_1992 = 14 * 3600 };
enum { MON = 1, TUE, WED, THU, FRI, SAT, SUN };

/* Days that no rule gives: mourning, attacks, storms; hours of 0: closed. */
static const struct {
	int16_t year;
	int8_t month, day;
	int32_t open, close;
} odd_days[] = {
	{ 1994, 2, 11, OPEN, 14 * 3600 + 1800 }, /* snow */
	{ 1994, 4, 27, 0, 0 }, /* President Nixon */
	{ 1996, 1, 8, 11 * 3600, 14 * 3600 }, /* snow */
	{ 1997, 12, 26, OPEN, EARLY },
	{ 1999, 12, 31, OPEN, EARLY },
	{ 2001, 9, 11, 0, 0 }, /* the attacks */
	{ 2001, 9, 12, 0, 0 },
	{ 2001, 9, 13, 0, 0 },
	{ 2001, 9, 14, 0, 0 },
	{ 2003, 12, 26, OPEN, EARLY },
	{ 2004, 6, 11, 0, 0 }, /* President Reagan */
	{ 2007, 1, 2, 0, 0 }, /* President Ford */
	{ 2012, 10, 29, 0, 0 }, /* hurricane Sandy */
	{ 2012, 10, 30, 0, 0 },
	{ 2018, 12, 5, 0, 0 }, /* President Bush */
	{ 2025, 1, 9, 0, 0 }, /* President Carter */
};

/* Easter Sunday, as days after 21 March: Gauss, in the form of the Anonymous
 * Gregorian computus (Nature, 1876). */
static int
easter(int y)
{
	int a = y % 19, b = y / 100, c = y % 100;
	int f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - b / 4 - g + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;

	return h + l - 7 * m + 1;
}

static int64_t
day_number(int year, int month, int day)
{
	struct civil c = { .year = year, .month = month, .day = day };
	int64_t ns = 0;

	time_from_civil(&c, &ns);
	return ns / TIME_DAY;
}

static int
is_good_friday(const struct civil *c, int64_t day)
{
	if (c->weekday != FRI || c->month < 3 || c->month > 4)
		return 0;
	return day == day_number(c->year, 3, 21) + easter(c->year) - 2;
}

/* Whether this is the day on which a holiday of that date is kept: on a
 * Friday for a Saturday, on a Monday for a Sunday. */
static int
is_kept(const struct civil *c, int month, int day)
{
	if (c->month != month)
		return 0;
	return c->day == day || (c->weekday == FRI && c->day == day - 1) ||
	    (c->weekday == MON && c->day == day + 1);
}

/* The nth of that weekday in the month. */
static int
is_nth(const struct civil *c, int month, int weekday, int n)
{
	return c->month == month && c->weekday == weekday &&
	    (c->day + 6) / 7 == n;
}

/* New Year's Day on a Saturday is not kept: Friday ends the year. */
static int
is_new_year(const struct civil *c)
{
	return c->month == 1 &&
	    (c->day == 1 || (c->day == 2 && c->weekday == MON));
}

static int
is_holiday(const struct civil *c, int64_t day)
{
	return is_new_year(c) ||
	    (c->year >= 1998 && is_nth(c, 1, MON, 3)) || /* M. L. King */
	    is_nth(c, 2, MON, 3) || /* Washington */
	    is_good_friday(c, day) ||
	    (c->month == 5 && c->weekday == MON && c->day > 24) ||
	    (c->year >= 2022 && is_kept(c, 6, 19)) || /* Juneteenth */
	    is_kept(c, 7, 4) || is_nth(c, 9, MON, 1) ||
	    is_nth(c, 11, THU, 4) || is_kept(c, 12, 25);
}

/* Half days: around Independence Day from 1995 on (until 2012 the Friday
 * after a Thursday's, since 2013 the Wednesday before it), the Friday after
 * Thanksgiving from 1992, and Christmas Eve. */
static int
is_early(const struct civil *c)
{
	if (c->month == 7 && c->day == 3)
		return c->year >= 1995 && (c->weekday == MON ||
		    c->weekday == TUE || c->weekday == THU ||
		    (c->weekday == WED && c->year >= 2013));
	if (c->month == 7 && c->day == 5)
		return c->year >= 1995 && c->year <= 2012 &&
		    c->weekday == FRI;
	if (c->month == 11)
		return c->year >= 1992 && c->weekday == FRI && c->day >= 23 &&
		    c->day <= 29;
	return c->month == 12 && c->day == 24 && c->weekday <= THU;
}

static int
find_odd(const struct civil *c, struct session *out)
{
	for (size_t i = 0; i < sizeof odd_days / sizeof *odd_days; i++) {
		if (odd_days[i].year != c->year ||
		    odd_days[i].month != c->month || odd_days[i].day != c->day)
			continue;
		*out = (struct session){ odd_days[i].close > 0,
			odd_days[i].open, odd_days[i].close };
		return 1;
	}
	return 0;
}

int
nyse_day(int64_t day, struct session *out)
{
	struct civil c;

	*out = (struct session){ 0, 0, 0 };
	if (day < 20 * 365 || day > 67 * 365) /* far outside, and in range */
		return -1;
	time_civil(day * TIME_DAY, &c);
	if (c.year < 1990 || c.year > 2035)
		return -1;
	if (c.weekday >= SAT || find_odd(&c, out))
		return 0;
	if (is_holiday(&c, day))
		return 0;
	*out = (struct session){ 1, OPEN, CLOSE };
	if (is_early(&c))
		out->close = c.year < 1993 ? EARLY_1992 : EARLY;
	return 0;
}
