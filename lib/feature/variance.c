/* SPDX-License-Identifier: MIT */
/* Population variance of the last n values. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
variance_size(const struct feature_spec *spec)
{
	return window_moments_size(feature_period(spec, 0));
}

static void
variance_init(void *state, const struct feature_spec *spec)
{
	window_moments_init(state, feature_period(spec, 0));
}

static void
variance_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = NAN;
	if (isfinite(in->src))
		out[0] = window_moments_add(state, in->src, NULL);
}

static int
variance_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_variance = {
	.name = "variance",
	.summary = "population variance",
	.explain =
	    "variance = sum (x[i] - mean)^2 / n over the last n values\n"
	    "(divided by n, not n - 1). Defined from bar n on; equal values\n"
	    "give 0.\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = variance_size,
	.init = variance_init,
	.update = variance_update,
	.warmup = variance_warmup,
};
