/* SPDX-License-Identifier: MIT */
/* Vortex indicator (Botes and Siepman, 2010). */
#include "feature/range.h"
#include "feature/window.h"

struct vortex {
	double high, low, close; /* of the bar before */
	uint64_t has_before;
	struct window_sum plus; /* those of minus and range follow */
};

static size_t
vortex_size(const struct feature_spec *spec)
{
	return offsetof(struct vortex, plus) +
	    3 * window_sum_size(feature_period(spec, 0));
}

static void
vortex_init(void *state, const struct feature_spec *spec)
{
	struct vortex *v = state;
	uint32_t n = feature_period(spec, 0);
	struct window_sum *w = &v->plus;
	int i;
	for (i = 0; i < 3; i++) {
		window_sum_init(w, n);
		w = window_after(w, window_sum_size(n));
	}
}

static void
vortex_update(void *state, const struct feature_input *in, double *out)
{
	struct vortex *v = state;
	struct window_sum *w =
	    window_after(&v->plus, window_sum_size(v->plus.n));
	struct window_sum *ranges = window_after(w, window_sum_size(w->n));
	struct vortex before = {v->high, v->low, v->close, v->has_before, {0}};
	double plus, minus, range;
	out[0] = out[1] = NAN;
	if (!range_is_known(in))
		return;
	v->high = in->high;
	v->low = in->low;
	v->close = in->close;
	v->has_before = 1;
	if (!before.has_before)
		return;
	plus = window_sum_add(&v->plus, fabs(in->high - before.low));
	minus = window_sum_add(w, fabs(in->low - before.high));
	range = window_sum_add(ranges, range_true(in, before.close));
	if (!window_sum_is_full(w) || !(range > 0))
		return;
	out[0] = plus / range;
	out[1] = minus / range;
}

static int
vortex_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_vortex = {
	.name = "vortex",
	.summary = "vortex indicator, plus and minus",
	.explain =
	    "plus = sum |high - low[1]| / sum(true range), minus = sum |low\n"
	    "- high[1]| / sum(true range), over the last n bars. Defined\n"
	    "from bar n + 1 on; null when nothing moved. Botes and Siepman,\n"
	    "Stocks & Commodities 28:1 (2010).\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"_plus", "_minus"},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = vortex_size,
	.init = vortex_init,
	.update = vortex_update,
	.warmup = vortex_warmup,
};
