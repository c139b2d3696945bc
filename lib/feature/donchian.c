/* SPDX-License-Identifier: MIT */
/* Donchian channel: the highest high and the lowest low of n bars, this one
 * included. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
donchian_size(const struct feature_spec *spec)
{
	return 2 * window_max_size(feature_period(spec, 0));
}

static void
donchian_init(void *state, const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	window_max_init(state, n);
	window_max_init(window_after(state, window_max_size(n)), n);
}

static void
donchian_update(void *state, const struct feature_input *in, double *out)
{
	struct window_max *highs = state;
	struct window_max *lows =
	    window_after(highs, window_max_size(highs->n));
	double high, low;
	out[0] = out[1] = out[2] = NAN;
	if (!isfinite(in->high) || !isfinite(in->low))
		return;
	high = window_max_add(highs, in->high);
	low = -window_max_add(lows, -in->low);
	if (!window_max_is_full(highs))
		return;
	out[0] = high;
	out[1] = (high + low) / 2;
	out[2] = low;
}

static int
donchian_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_donchian = {
	.name = "donchian",
	.summary = "Donchian channel, this bar included",
	.explain =
	    "upper = highest high, lower = lowest low of the last n bars,\n"
	    "this one included; middle = their mean. Defined from bar n on.\n"
	    "A breakout rule compares with the channel before: close >\n"
	    "donchian_20_upper[1].\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"_upper", "_middle", "_lower"},
	.inputs = FEATURE_HIGH | FEATURE_LOW,
	.size = donchian_size,
	.init = donchian_init,
	.update = donchian_update,
	.warmup = donchian_warmup,
};
