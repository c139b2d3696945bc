/* SPDX-License-Identifier: MIT */
/* Simple moving average: the mean of the last n values. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
sma_size(const struct feature_spec *spec)
{
	return window_sum_size(feature_period(spec, 0));
}

static void
sma_init(void *state, const struct feature_spec *spec)
{
	window_sum_init(state, feature_period(spec, 0));
}

static void
sma_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = isfinite(in->src) ? window_mean_add(state, in->src) : NAN;
}

static int
sma_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_sma = {
	.name = "sma",
	.summary = "simple moving average",
	.explain =
	    "sma = (x[0] + ... + x[n-1]) / n over the last n values.\n"
	    "Defined from bar n on. Equal values give exactly that value; a\n"
	    "value that has left the window leaves nothing behind.\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = sma_size,
	.init = sma_init,
	.update = sma_update,
	.warmup = sma_warmup,
};
