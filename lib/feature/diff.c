/* SPDX-License-Identifier: MIT */
/* Difference: x - x[n]. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
diff_size(const struct feature_spec *spec)
{
	return window_ring_size(feature_period(spec, 0));
}

static void
diff_init(void *state, const struct feature_spec *spec)
{
	window_ring_init(state, feature_period(spec, 0));
}

static void
diff_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = NAN;
	if (isfinite(in->src))
		out[0] = in->src - window_ring_add(state, in->src);
}

static int
diff_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_diff = {
	.name = "diff",
	.summary = "difference to n bars ago",
	.explain =
	    "diff = x - x[n], x[n] the value n bars ago; mom by another\n"
	    "name, with 1 as its default. Defined from bar n + 1 on.\n",
	.args = {{"period", 1, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = diff_size,
	.init = diff_init,
	.update = diff_update,
	.warmup = diff_warmup,
};
