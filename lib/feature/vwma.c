/* SPDX-License-Identifier: MIT */
/* Volume-weighted moving average: sum x v / sum v of the last n bars. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
vwma_size(const struct feature_spec *spec)
{
	return 2 * window_sum_size(feature_period(spec, 0));
}

static void
vwma_init(void *state, const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	window_sum_init(state, n);
	window_sum_init(window_after(state, window_sum_size(n)), n);
}

static void
vwma_update(void *state, const struct feature_input *in, double *out)
{
	struct window_sum *money = state;
	struct window_sum *volume =
	    window_after(money, window_sum_size(money->n));
	double sum, total;
	out[0] = NAN;
	if (!isfinite(in->src * in->volume))
		return;
	sum = window_sum_add(money, in->src * in->volume);
	total = window_sum_add(volume, in->volume);
	if (window_sum_is_full(volume) && total > 0)
		out[0] = sum / total;
}

static int
vwma_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_vwma = {
	.name = "vwma",
	.summary = "volume-weighted moving average",
	.explain =
	    "vwma = sum(x v) / sum(v) over the last n bars, v the volume.\n"
	    "Defined from bar n on; null while all n volumes are 0.\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC | FEATURE_VOLUME,
	.size = vwma_size,
	.init = vwma_init,
	.update = vwma_update,
	.warmup = vwma_warmup,
};
