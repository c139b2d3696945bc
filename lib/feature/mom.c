/* SPDX-License-Identifier: MIT */
/* Momentum: x - x[n]. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
mom_size(const struct feature_spec *spec)
{
	return window_ring_size(feature_period(spec, 0));
}

static void
mom_init(void *state, const struct feature_spec *spec)
{
	window_ring_init(state, feature_period(spec, 0));
}

static void
mom_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = NAN;
	if (isfinite(in->src))
		out[0] = in->src - window_ring_add(state, in->src);
}

static int
mom_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_mom = {
	.name = "mom",
	.summary = "momentum: the change over n bars",
	.explain =
	    "mom = x - x[n], x[n] the value n bars ago. Defined from bar n\n"
	    "+ 1 on.\n",
	.args = {{"period", 10, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = mom_size,
	.init = mom_init,
	.update = mom_update,
	.warmup = mom_warmup,
};
