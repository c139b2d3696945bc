/* SPDX-License-Identifier: MIT */
/* A window over pairs of values, summed afresh for each bar. */
#ifndef TAPE_PAIR_H
#define TAPE_PAIR_H

#include "feature/window.h"

/* Sums of squared deviations and of their product. */
struct pair_moments {
	double xx, yy, xy;
};

/* Two rings of n lie one behind the other, x first. */
static inline size_t
pair_size(uint32_t n)
{
	return 2 * window_ring_size(n);
}

static inline struct window_ring *
pair_second(struct window_ring *x)
{
	return window_after(x, window_ring_size(x->n));
}

static inline void
pair_init(struct window_ring *x, uint32_t n)
{
	window_ring_init(x, n);
	window_ring_init(pair_second(x), n);
}

/* Means first, then deviations from them. */
static inline struct pair_moments
pair_moments(struct window_ring *x)
{
	const struct window_ring *y = pair_second(x);
	struct pair_moments m = {0};
	double mx = 0, my = 0, dx, dy;
	uint32_t i;
	for (i = 0; i < x->n; i++) {
		mx += (x->v[i] - mx) / (i + 1);
		my += (y->v[i] - my) / (i + 1);
	}
	for (i = 0; i < x->n; i++) {
		dx = x->v[i] - mx;
		dy = y->v[i] - my;
		m.xx += dx * dx;
		m.yy += dy * dy;
		m.xy += dx * dy;
	}
	return m;
}

#endif
