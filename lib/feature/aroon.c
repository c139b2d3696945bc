/* SPDX-License-Identifier: MIT */
/* Aroon: how long ago the extremes of the last n + 1 bars were (Chande,
 * 1995). */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
aroon_size(const struct feature_spec *spec)
{
	return 2 * window_max_size(feature_period(spec, 0) + 1);
}

static void
aroon_init(void *state, const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0) + 1;
	window_max_init(state, n);
	window_max_init(window_after(state, window_max_size(n)), n);
}

static void
aroon_update(void *state, const struct feature_input *in, double *out)
{
	struct window_max *highs = state;
	struct window_max *lows =
	    window_after(highs, window_max_size(highs->n));
	double n = highs->n - 1;
	out[0] = out[1] = out[2] = NAN;
	if (!isfinite(in->high) || !isfinite(in->low))
		return;
	window_max_add(highs, in->high);
	window_max_add(lows, -in->low);
	if (!window_max_is_full(highs))
		return;
	out[0] = 100 * (n - window_max_ago(highs)) / n;
	out[1] = 100 * (n - window_max_ago(lows)) / n;
	out[2] = out[0] - out[1];
}

static int
aroon_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_aroon = {
	.name = "aroon",
	.summary = "Aroon up, down and oscillator",
	.explain =
	    "up = 100 (n - bars since the highest high) / n, down the same\n"
	    "of the lowest low, over this bar and the n before; of equal\n"
	    "extremes the latest counts. osc = up - down. Defined from bar\n"
	    "n + 1 on. Chande (1995).\n",
	.args = {{"period", 25, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"_up", "_down", "_osc"},
	.inputs = FEATURE_HIGH | FEATURE_LOW,
	.size = aroon_size,
	.init = aroon_init,
	.update = aroon_update,
	.warmup = aroon_warmup,
};
