/* SPDX-License-Identifier: MIT */
/* Windows over the last n values, as flat state without pointers.
 *
 * Nothing is ever subtracted from a sum. A window is cut in two: the values
 * since the last turn, of which a running sum is kept, and those before it,
 * of which every suffix has its sum ready. The sum of the window is one
 * running sum plus one suffix. Every n values the window turns: the suffixes
 * are made anew from the raw values. So a value that has left the window has
 * left no trace, and the cost does not depend on n.
 *
 * All structs end in their values: allocate window_sum_size(n) and so on,
 * zeroed. Sizes are multiples of 8. */
#ifndef TAPE_WINDOW_H
#define TAPE_WINDOW_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

/* Where the next part of a state begins. */
static inline void *
window_after(void *part, size_t size)
{
	return (char *)part + size;
}

/* ---- the values themselves ---- */

struct window_ring {
	uint32_t n, len, pos, unused;
	double v[];
};

static inline size_t
window_ring_size(uint32_t n)
{
	return sizeof(struct window_ring) + n * sizeof(double);
}

static inline void
window_ring_init(struct window_ring *w, uint32_t n)
{
	w->n = n;
}

/* Returns the value that left, NAN while none does. */
static inline double
window_ring_add(struct window_ring *w, double x)
{
	double left = NAN;
	if (w->len == w->n)
		left = w->v[w->pos];
	else
		w->len++;
	w->v[w->pos] = x;
	w->pos = w->pos + 1 == w->n ? 0 : w->pos + 1;
	return left;
}

static inline int
window_ring_is_full(const struct window_ring *w)
{
	return w->len == w->n;
}

/* The i-th of a full window, 0 the oldest. */
static inline double
window_ring_at(const struct window_ring *w, uint32_t i)
{
	uint32_t k = w->pos + i;
	return w->v[k < w->n ? k : k - w->n];
}

/* ---- sum and mean ---- */

/* Sums carry what rounding cut off in a second double (Knuth's two-sum), so
 * the mean of prices is as good as that of one exact sum, in any order. */
struct window_sum {
	uint32_t n, len, pos, unused;
	double back, rest; /* sum of what came since the turn */
	double v[]; /* pairs: raw value, or suffix sum and its rest; the last
	               pair is 0 */
};

static inline size_t
window_sum_size(uint32_t n)
{
	return sizeof(struct window_sum) + 2 * ((size_t)n + 1) * sizeof(double);
}

static inline void
window_sum_init(struct window_sum *w, uint32_t n)
{
	w->n = n;
}

/* a + b, and what rounding took from it. */
static inline double
window_two_sum(double a, double b, double *rest)
{
	double sum = a + b, from_b = sum - a;
	*rest = (a - (sum - from_b)) + (b - from_b);
	return sum;
}

/* Turns raw values into suffix sums. */
void window_sum_turn(struct window_sum *w);

/* Takes a value; returns the sum of the window, *rest what is missing in it. */
static inline double
window_sum_parts(struct window_sum *w, double x, double *rest)
{
	const double *old = &w->v[2 * ((size_t)w->pos + 1)];
	double sum, cut;
	w->len += w->len < w->n;
	w->back = window_two_sum(w->back, x, &cut);
	w->rest += cut;
	sum = window_two_sum(w->back, old[0], &cut);
	*rest = cut + (w->rest + old[1]);
	w->v[2 * (size_t)w->pos] = x;
	if (++w->pos == w->n)
		window_sum_turn(w);
	return sum;
}

static inline double
window_sum_add(struct window_sum *w, double x)
{
	double rest, sum = window_sum_parts(w, x, &rest);
	return sum + rest;
}

static inline int
window_sum_is_full(const struct window_sum *w)
{
	return w->len == w->n;
}

/* Takes a value; returns the mean, NAN until n values are there. The remainder
 * of the division and the rest of the sum go into it too, so it is the nearest
 * double but for ties, and equal values give exactly that value. */
static inline double
window_mean_add(struct window_sum *w, double x)
{
	double rest, sum = window_sum_parts(w, x, &rest), n = w->n, mean;
	if (!window_sum_is_full(w))
		return NAN;
	mean = sum / n;
	return mean + (fma(-mean, n, sum) + rest) / n;
}

/* ---- linearly weighted sum: newest times n, oldest times 1 ---- */

struct window_weighted {
	uint32_t n, len, pos, run;
	double sum, weighted, last; /* of what came since the turn */
	double v[]; /* pairs: raw value, or suffix sum and weighted suffix */
};

static inline size_t
window_weighted_size(uint32_t n)
{
	return sizeof(struct window_weighted) +
	    2 * ((size_t)n + 1) * sizeof(double);
}

static inline void
window_weighted_init(struct window_weighted *w, uint32_t n)
{
	w->n = n;
}

void window_weighted_turn(struct window_weighted *w);

/* Takes a value; returns the weighted mean, NAN until n values are there. */
double window_weighted_add(struct window_weighted *w, double x);

/* ---- mean and squared deviation ---- */

/* As the window sum, with (mean, sum of squared deviations) in place of sums,
 * joined by the formula of Chan, Golub and LeVeque (1979). No squares of
 * levels are summed, so a small deviation at a high price is exact too. */
struct window_moments {
	uint32_t n, len, pos, unused;
	double mean, m2;
	double v[];
};

static inline size_t
window_moments_size(uint32_t n)
{
	return sizeof(struct window_moments) +
	    2 * ((size_t)n + 1) * sizeof(double);
}

static inline void
window_moments_init(struct window_moments *w, uint32_t n)
{
	w->n = n;
}

void window_moments_turn(struct window_moments *w);

/* Takes a value; returns the population variance, NAN until n are there;
 * *mean (may be NULL) gets the mean. */
double window_moments_add(struct window_moments *w, double x, double *mean);

/* ---- extremes ---- */

/* The largest of the last n by a monotonic queue, O(1) amortised. Of equal
 * values the latest counts. For the smallest add -x. */
struct window_max {
	uint32_t n, head, len, unused;
	uint64_t count; /* values taken */
	struct window_max_item {
		double v;
		uint64_t at;
	} q[];
};

static inline size_t
window_max_size(uint32_t n)
{
	return sizeof(struct window_max) + n * sizeof(struct window_max_item);
}

static inline void
window_max_init(struct window_max *w, uint32_t n)
{
	w->n = n;
}

/* Takes a value; returns the largest so far in the window. */
double window_max_add(struct window_max *w, double x);

static inline int
window_max_is_full(const struct window_max *w)
{
	return w->count >= w->n;
}

/* How many values ago the largest came, 0: it is the newest. */
static inline uint32_t
window_max_ago(const struct window_max *w)
{
	return (uint32_t)(w->count - 1 - w->q[w->head].at);
}

#endif
