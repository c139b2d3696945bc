/* SPDX-License-Identifier: MIT */
/* Chaikin money flow: the money flow of n bars over their volume. */
#include "feature/flow.h"
#include "feature/window.h"

static size_t
cmf_size(const struct feature_spec *spec)
{
	return 2 * window_sum_size(feature_period(spec, 0));
}

static void
cmf_init(void *state, const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	window_sum_init(state, n);
	window_sum_init(window_after(state, window_sum_size(n)), n);
}

static void
cmf_update(void *state, const struct feature_input *in, double *out)
{
	struct window_sum *flows = state;
	struct window_sum *volumes =
	    window_after(flows, window_sum_size(flows->n));
	double flow = flow_of(in), sum, total;
	out[0] = NAN;
	if (!isfinite(flow) || !isfinite(in->volume))
		return;
	sum = window_sum_add(flows, flow);
	total = window_sum_add(volumes, in->volume);
	if (window_sum_is_full(volumes) && total > 0)
		out[0] = sum / total;
}

static int
cmf_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_cmf = {
	.name = "cmf",
	.summary = "Chaikin money flow, -1 to 1",
	.explain =
	    "cmf = sum(volume ((close - low) - (high - close)) / (high -\n"
	    "low)) / sum(volume) over the last n bars; a bar whose high is\n"
	    "its low flows nothing. Defined from bar n on; null when all n\n"
	    "volumes are 0. Chaikin.\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE | FEATURE_VOLUME,
	.size = cmf_size,
	.init = cmf_init,
	.update = cmf_update,
	.warmup = cmf_warmup,
};
