/* SPDX-License-Identifier: MIT */
/* Logarithmic return: ln(x / x[n]). */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
logret_size(const struct feature_spec *spec)
{
	return window_ring_size(feature_period(spec, 0));
}

static void
logret_init(void *state, const struct feature_spec *spec)
{
	window_ring_init(state, feature_period(spec, 0));
}

static void
logret_update(void *state, const struct feature_input *in, double *out)
{
	double before;
	out[0] = NAN;
	if (!isfinite(in->src) || !(in->src > 0))
		return;
	before = window_ring_add(state, in->src);
	if (isfinite(before))
		out[0] = log(in->src / before);
}

static int
logret_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_logret = {
	.name = "logret",
	.summary = "logarithmic return over n bars",
	.explain =
	    "logret = ln(x / x[n]), x[n] the value n bars ago. Defined from\n"
	    "bar n + 1 on. A value that is not above 0 gives null and is\n"
	    "passed over.\n",
	.args = {{"period", 1, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = logret_size,
	.init = logret_init,
	.update = logret_update,
	.warmup = logret_warmup,
};
