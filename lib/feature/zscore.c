/* SPDX-License-Identifier: MIT */
/* Standard score: how many standard deviations the value is off its mean. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
zscore_size(const struct feature_spec *spec)
{
	return window_moments_size(feature_period(spec, 0));
}

static void
zscore_init(void *state, const struct feature_spec *spec)
{
	window_moments_init(state, feature_period(spec, 0));
}

static void
zscore_update(void *state, const struct feature_input *in, double *out)
{
	double mean, sd;
	out[0] = NAN;
	if (!isfinite(in->src))
		return;
	sd = sqrt(window_moments_add(state, in->src, &mean));
	if (sd > 0)
		out[0] = (in->src - mean) / sd;
}

static int
zscore_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_zscore = {
	.name = "zscore",
	.summary = "standard score against the last n",
	.explain =
	    "zscore = (x - mean) / stddev (population) of the last n\n"
	    "values, this one included. Defined from bar n on; null when\n"
	    "all are equal.\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = zscore_size,
	.init = zscore_init,
	.update = zscore_update,
	.warmup = zscore_warmup,
};
