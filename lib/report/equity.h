/* SPDX-License-Identifier: MIT */
/* The equity of each day: the last account of each UTC day, and what calendar
 * those days follow. */
#ifndef TAPE_EQUITY_H
#define TAPE_EQUITY_H

#include <stddef.h>
#include <stdint.h>

/* Zeroed memory is an empty one. Grows by a point a day. */
struct equity {
	double *value; /* owned: last equity of each day */
	int32_t *day;  /* owned: days since 1970-01-01, rising */
	size_t n, cap;
	double start;        /* E_0: the first equity seen */
	int first_day_moved; /* the first day had more than one equity */
};

/* Takes the next equity. A time before the last day counts to the last day.
 * -1: no memory. */
int equity_add(struct equity *e, double value, int64_t time);
void equity_release(struct equity *e);

/* Periods per year of the days seen: 365 or 252 (daily), 52, 12, 4 or 1 by the
 * median gap between them. */
int equity_periods(const struct equity *e);

/* Fills r (room for e->n) with simple returns from one day to the next and
 * returns their number. The first is against E_0. -1: some equity that a
 * return starts from is zero or less. */
int64_t equity_returns(const struct equity *e, double *r);

#endif
