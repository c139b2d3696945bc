/* SPDX-License-Identifier: MIT */
/* Williams %R: how far the close is below the range of n bars (Williams,
 * 1973). */
#include "feature/range.h"
#include "feature/window.h"

static size_t
willr_size(const struct feature_spec *spec)
{
	return 2 * window_max_size(feature_period(spec, 0));
}

static void
willr_init(void *state, const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	window_max_init(state, n);
	window_max_init(window_after(state, window_max_size(n)), n);
}

static void
willr_update(void *state, const struct feature_input *in, double *out)
{
	struct window_max *highs = state;
	struct window_max *lows =
	    window_after(highs, window_max_size(highs->n));
	double high, low;
	out[0] = NAN;
	if (!range_is_known(in))
		return;
	high = window_max_add(highs, in->high);
	low = -window_max_add(lows, -in->low);
	if (window_max_is_full(highs) && high > low)
		out[0] = -100 * ((high - in->close) / (high - low));
}

static int
willr_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_willr = {
	.name = "willr",
	.summary = "Williams %R, -100 to 0",
	.explain =
	    "willr = -100 (H - close) / (H - L), H the highest high and L\n"
	    "the lowest low of the last n bars. Defined from bar n on; null\n"
	    "when H is L. Williams, How I Made One Million Dollars (1973).\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = willr_size,
	.init = willr_init,
	.update = willr_update,
	.warmup = willr_warmup,
};
