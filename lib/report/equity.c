/* SPDX-License-Identifier: MIT */
/* Equity resampled to days. E_0 is the equity of the first account record, as
 * written after the first instant, before anything could have been filled; a
 * first day with only that record therefore has no return of its own. */
#include "report/equity.h"

#include <stdlib.h>

#include "base/time.h"

enum { GAP_MAX = 400 };

static int32_t
day_of(int64_t time)
{
	int64_t day = time / TIME_DAY;

	return (int32_t)(time % TIME_DAY < 0 ? day - 1 : day);
}

static int
grow(struct equity *e)
{
	size_t cap = e->cap == 0 ? 512 : e->cap * 2;
	double *value = realloc(e->value, cap * sizeof(*value));
	int32_t *day;

	if (value == NULL)
		return -1;
	e->value = value;
	day = realloc(e->day, cap * sizeof(*day));
	if (day == NULL)
		return -1;
	e->day = day;
	e->cap = cap;
	return 0;
}

int
equity_add(struct equity *e, double value, int64_t time)
{
	int32_t day = day_of(time);

	if (e->n > 0 && day <= e->day[e->n - 1]) {
		e->value[e->n - 1] = value;
		if (e->n == 1)
			e->first_day_moved = 1;
		return 0;
	}
	if (e->n == e->cap && grow(e) < 0)
		return -1;
	if (e->n == 0)
		e->start = value;
	e->value[e->n] = value;
	e->day[e->n++] = day;
	return 0;
}

void
equity_release(struct equity *e)
{
	free(e->value);
	free(e->day);
	*e = (struct equity){0};
}

/* Lower median of the days between one day and the next, at most GAP_MAX. */
static int
median_gap(const struct equity *e)
{
	size_t count[GAP_MAX + 1] = {0}, seen = 0;
	int gap;

	for (size_t i = 1; i < e->n; i++) {
		gap = e->day[i] - e->day[i - 1];
		count[gap < GAP_MAX ? gap : GAP_MAX]++;
	}
	for (gap = 1; gap < GAP_MAX; gap++) {
		seen += count[gap];
		if (seen * 2 >= e->n - 1)
			break;
	}
	return gap;
}

/* Markets that never close trade on Saturdays and on Sundays. Saturdays alone
 * are a Friday evening in New York, Sundays alone the opening of currencies,
 * a few of both a special session. */
static int
has_weekends(const struct equity *e)
{
	size_t sat = 0, sun = 0;
	int weekday;

	for (size_t i = 0; i < e->n; i++) {
		weekday = (int)(((e->day[i] % 7) + 7) % 7); /* 0: Thursday */
		sat += weekday == 2;
		sun += weekday == 3;
	}
	return sat > 0 && sun > 0 && (sat + sun) * 10 >= e->n;
}

int
equity_periods(const struct equity *e)
{
	int gap = e->n < 2 ? 1 : median_gap(e);

	if (gap < 5)
		return has_weekends(e) ? 365 : 252;
	if (gap < 20)
		return 52;
	if (gap < 60)
		return 12;
	return gap < 200 ? 4 : 1;
}

int64_t
equity_returns(const struct equity *e, double *r)
{
	double before = e->start;
	int64_t n = 0;

	for (size_t i = 0; i < e->n; i++) {
		if (i > 0 || e->first_day_moved) {
			if (!(before > 0))
				return -1;
			r[n++] = (e->value[i] - before) / before;
		}
		before = e->value[i];
	}
	return n;
}
