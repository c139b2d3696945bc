/* SPDX-License-Identifier: MIT */
/* Sum of the last n values. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
sum_size(const struct feature_spec *spec)
{
	return window_sum_size(feature_period(spec, 0));
}

static void
sum_init(void *state, const struct feature_spec *spec)
{
	window_sum_init(state, feature_period(spec, 0));
}

static void
sum_update(void *state, const struct feature_input *in, double *out)
{
	double sum;
	out[0] = NAN;
	if (!isfinite(in->src))
		return;
	sum = window_sum_add(state, in->src);
	if (window_sum_is_full(state))
		out[0] = sum;
}

static int
sum_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_sum = {
	.name = "sum",
	.summary = "sum of the last n values",
	.explain =
	    "sum = x[0] + ... + x[n-1] over the last n values. Defined from\n"
	    "bar n on.\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = sum_size,
	.init = sum_init,
	.update = sum_update,
	.warmup = sum_warmup,
};
