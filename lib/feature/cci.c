/* SPDX-License-Identifier: MIT */
/* Commodity channel index: how many mean deviations the typical price is off
 * its mean (Lambert, 1980). */
#include "feature/range.h"
#include "feature/window.h"

struct cci {
	struct window_sum *sum;
	struct window_ring *ring;
};

static struct cci
cci_parts(void *state)
{
	struct window_sum *sum = state;
	return (struct cci){sum, window_after(sum, window_sum_size(sum->n))};
}

static size_t
cci_size(const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	return window_sum_size(n) + window_ring_size(n);
}

static void
cci_init(void *state, const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	window_sum_init(state, n);
	window_ring_init(cci_parts(state).ring, n);
}

static void
cci_update(void *state, const struct feature_input *in, double *out)
{
	struct cci c = cci_parts(state);
	double p = range_typical(in), mean, d = 0;
	uint32_t i;
	out[0] = NAN;
	if (!isfinite(p))
		return;
	window_ring_add(c.ring, p);
	mean = window_mean_add(c.sum, p);
	if (!isfinite(mean))
		return;
	for (i = 0; i < c.ring->n; i++)
		d += fabs(c.ring->v[i] - mean);
	if (d > 0)
		out[0] = (p - mean) / (0.015 * (d / c.ring->n));
}

static int
cci_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_cci = {
	.name = "cci",
	.summary = "commodity channel index",
	.explain =
	    "cci = (p - m) / (0.015 d), p = (high + low + close) / 3, m the\n"
	    "mean and d the mean absolute deviation from m of the last n p.\n"
	    "Defined from bar n on; null when all n are equal. Lambert,\n"
	    "Commodities (Oct 1980).\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = cci_size,
	.init = cci_init,
	.update = cci_update,
	.warmup = cci_warmup,
};
