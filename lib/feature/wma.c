/* SPDX-License-Identifier: MIT */
/* Weighted moving average: weights n for the newest value down to 1. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
wma_size(const struct feature_spec *spec)
{
	return window_weighted_size(feature_period(spec, 0));
}

static void
wma_init(void *state, const struct feature_spec *spec)
{
	window_weighted_init(state, feature_period(spec, 0));
}

static void
wma_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = isfinite(in->src) ? window_weighted_add(state, in->src) : NAN;
}

static int
wma_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_wma = {
	.name = "wma",
	.summary = "linearly weighted moving average, newest heaviest",
	.explain =
	    "wma = (n x[0] + (n-1) x[1] + ... + 1 x[n-1]) / (n (n+1) / 2),\n"
	    "x[0] the newest. Defined from bar n on.\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = wma_size,
	.init = wma_init,
	.update = wma_update,
	.warmup = wma_warmup,
};
