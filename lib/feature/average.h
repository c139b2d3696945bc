/* SPDX-License-Identifier: MIT */
/* Exponential averages: a' = a + alpha (x - a), begun with the mean of the
 * first n values. alpha = 2 / (n + 1) is the EMA, 1 / n Wilder's (New Concepts
 * in Technical Trading Systems, 1978). */
#ifndef TAPE_AVERAGE_H
#define TAPE_AVERAGE_H

#include <math.h>
#include <stdint.h>

struct average {
	uint32_t n, len;
	uint32_t skip; /* values still to be passed over before the seed */
	uint32_t unused;
	double alpha, value;
};

static inline void
average_init(struct average *a, uint32_t n, double alpha)
{
	a->n = n;
	a->alpha = alpha;
}

static inline void
average_init_ema(struct average *a, uint32_t n)
{
	average_init(a, n, 2.0 / (n + 1.0));
}

static inline void
average_init_wilder(struct average *a, uint32_t n)
{
	average_init(a, n, 1.0 / n);
}

static inline int
average_is_ready(const struct average *a)
{
	return a->len == a->n;
}

/* Takes a finite value; NAN until n are there. The steps are such that equal
 * values give exactly that value. One that would overflow is passed over. */
static inline double
average_add(struct average *a, double x)
{
	double d = x - a->value;
	if (!isfinite(d))
		return NAN;
	if (a->len == a->n)
		return a->value += a->alpha * d;
	if (a->skip > 0) {
		a->skip--;
		return NAN;
	}
	a->value += d / ++a->len;
	return a->len == a->n ? a->value : NAN;
}

#endif
