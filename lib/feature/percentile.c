/* SPDX-License-Identifier: MIT */
/* Percentile of the last n values, interpolated. */
#include <string.h>

#include "feature/feature.h"
#include "feature/window.h"

struct percentile {
	double share; /* p / 100 */
	struct window_ring ring; /* the same values in rising order follow */
};

/* The first of n rising values that is not below x. */
static uint32_t
percentile_place(const double *v, uint32_t n, double x)
{
	uint32_t low = 0, mid;
	while (low < n) {
		mid = low + (n - low) / 2;
		if (v[mid] < x)
			low = mid + 1;
		else
			n = mid;
	}
	return low;
}

/* Takes `left` out (NAN: nothing) and puts x in; n values are there before. */
static void
percentile_sort(double *v, uint32_t n, double left, double x)
{
	uint32_t i;
	if (isfinite(left)) {
		i = percentile_place(v, n, left);
		memmove(&v[i], &v[i + 1], (n - i - 1) * sizeof(*v));
		n--;
	}
	i = percentile_place(v, n, x);
	memmove(&v[i + 1], &v[i], (n - i) * sizeof(*v));
	v[i] = x;
}

static size_t
percentile_size(const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	return offsetof(struct percentile, ring) + window_ring_size(n) +
	    n * sizeof(double);
}

static void
percentile_init(void *state, const struct feature_spec *spec)
{
	struct percentile *p = state;
	p->share = spec->arg[1] / 100;
	window_ring_init(&p->ring, feature_period(spec, 0));
}

static void
percentile_update(void *state, const struct feature_input *in, double *out)
{
	struct percentile *p = state;
	uint32_t n = p->ring.n, len = p->ring.len, i;
	double *v = window_after(&p->ring, window_ring_size(n)), at;
	out[0] = NAN;
	if (!isfinite(in->src))
		return;
	percentile_sort(v, len, window_ring_add(&p->ring, in->src), in->src);
	if (!window_ring_is_full(&p->ring))
		return;
	at = (n - 1) * p->share;
	i = (uint32_t)at;
	out[0] = v[i];
	if (i + 1 < n)
		out[0] += (at - i) * (v[i + 1] - v[i]);
}

static int
percentile_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_percentile = {
	.name = "percentile",
	.summary = "percentile of the last n values",
	.explain =
	    "percentile = the value at place h = (n - 1) p / 100 of the\n"
	    "last n values in rising order, interpolated linearly between\n"
	    "neighbours (Hyndman and Fan 1996, type 7: numpy, R, Excel); p\n"
	    "= 50 is the median. Defined from bar n on.\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"p", 50, 0, 100, 0, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = percentile_size,
	.init = percentile_init,
	.update = percentile_update,
	.warmup = percentile_warmup,
};
