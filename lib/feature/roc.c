/* SPDX-License-Identifier: MIT */
/* Rate of change in percent: 100 (x / x[n] - 1). */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
roc_size(const struct feature_spec *spec)
{
	return window_ring_size(feature_period(spec, 0));
}

static void
roc_init(void *state, const struct feature_spec *spec)
{
	window_ring_init(state, feature_period(spec, 0));
}

static void
roc_update(void *state, const struct feature_input *in, double *out)
{
	double before;
	out[0] = NAN;
	if (!isfinite(in->src))
		return;
	before = window_ring_add(state, in->src);
	if (before != 0)
		out[0] = (in->src / before - 1) * 100;
}

static int
roc_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_roc = {
	.name = "roc",
	.summary = "rate of change in percent",
	.explain =
	    "roc = 100 (x / x[n] - 1), x[n] the value n bars ago. In\n"
	    "percent, as TA-Lib's ROC; LEAN's ROC is a fraction. Defined\n"
	    "from bar n + 1 on; null when x[n] is 0.\n",
	.args = {{"period", 10, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = roc_size,
	.init = roc_init,
	.update = roc_update,
	.warmup = roc_warmup,
};
