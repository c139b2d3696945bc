/* SPDX-License-Identifier: MIT */
/* The body of the RSI, which stochrsi shares. */
#ifndef TAPE_RSI_H
#define TAPE_RSI_H

#include "feature/average.h"

struct rsi {
	struct average up, down;
	double last;
	double value; /* not above 0: none yet, or 0 */
	uint64_t has_last;
};

static inline void
rsi_init(struct rsi *r, uint32_t n)
{
	average_init_wilder(&r->up, n);
	average_init_wilder(&r->down, n);
}

/* NAN until n changes are there. Neither rises nor falls: 0. No change leaves
 * it where it is, for both averages shrink alike; computed, it would tremble in
 * its last digit, and whatever looks at its range would see that. */
static inline double
rsi_add(struct rsi *r, double x)
{
	double change = x - r->last, up, down;
	if (!isfinite(change))
		return NAN;
	r->last = x;
	if (!r->has_last) {
		r->has_last = 1;
		return NAN;
	}
	up = average_add(&r->up, change > 0 ? change : 0);
	down = average_add(&r->down, change < 0 ? -change : 0);
	if (change != 0 || !(r->value > 0))
		r->value = up + down == 0 ? 0 : 100 * (up / (up + down));
	return r->value;
}

#endif
