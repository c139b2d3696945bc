/* SPDX-License-Identifier: MIT */
/* Population standard deviation of the last n values. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
stddev_size(const struct feature_spec *spec)
{
	return window_moments_size(feature_period(spec, 0));
}

static void
stddev_init(void *state, const struct feature_spec *spec)
{
	window_moments_init(state, feature_period(spec, 0));
}

static void
stddev_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = NAN;
	if (isfinite(in->src))
		out[0] = sqrt(window_moments_add(state, in->src, NULL));
}

static int
stddev_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_stddev = {
	.name = "stddev",
	.summary = "population standard deviation",
	.explain =
	    "stddev = sqrt(sum (x[i] - mean)^2 / n) over the last n values\n"
	    "(divided by n, not n - 1). Defined from bar n on; equal values\n"
	    "give 0.\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = stddev_size,
	.init = stddev_init,
	.update = stddev_update,
	.warmup = stddev_warmup,
};
