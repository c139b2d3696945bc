/* SPDX-License-Identifier: MIT */
/* Lag: the value n bars ago. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
lag_size(const struct feature_spec *spec)
{
	return window_ring_size(feature_period(spec, 0));
}

static void
lag_init(void *state, const struct feature_spec *spec)
{
	window_ring_init(state, feature_period(spec, 0));
}

static void
lag_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = NAN;
	if (isfinite(in->src))
		out[0] = window_ring_add(state, in->src);
}

static int
lag_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_lag = {
	.name = "lag",
	.summary = "the value n bars ago",
	.explain =
	    "lag = x[n], the value n bars ago. Defined from bar n + 1 on.\n",
	.args = {{"period", 1, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = lag_size,
	.init = lag_init,
	.update = lag_update,
	.warmup = lag_warmup,
};
