/* SPDX-License-Identifier: MIT */
/* The largest of the last n values, this bar's included. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
max_size(const struct feature_spec *spec)
{
	return window_max_size(feature_period(spec, 0));
}

static void
max_init(void *state, const struct feature_spec *spec)
{
	window_max_init(state, feature_period(spec, 0));
}

static void
max_update(void *state, const struct feature_input *in, double *out)
{
	double best;
	out[0] = NAN;
	if (!isfinite(in->src))
		return;
	best = window_max_add(state, in->src);
	if (window_max_is_full(state))
		out[0] = best;
}

static int
max_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_max = {
	.name = "max",
	.summary = "highest of the last n values",
	.explain =
	    "max = the largest of the last n values, this one included (a\n"
	    "rule that means the n before says max_40_high[1]). Defined\n"
	    "from bar n on.\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = max_size,
	.init = max_init,
	.update = max_update,
	.warmup = max_warmup,
};
