/* SPDX-License-Identifier: MIT */
/* Money flow index: the RSI of typical price times volume (Quong and Soudack,
 * 1989). */
#include "feature/range.h"
#include "feature/window.h"

struct mfi {
	double last; /* typical price of the bar before */
	uint64_t has_last;
	struct window_sum up; /* that of falls follows */
};

static size_t
mfi_size(const struct feature_spec *spec)
{
	return offsetof(struct mfi, up) +
	    2 * window_sum_size(feature_period(spec, 0));
}

static void
mfi_init(void *state, const struct feature_spec *spec)
{
	struct mfi *m = state;
	uint32_t n = feature_period(spec, 0);
	window_sum_init(&m->up, n);
	window_sum_init(window_after(&m->up, window_sum_size(n)), n);
}

static void
mfi_update(void *state, const struct feature_input *in, double *out)
{
	struct mfi *m = state;
	struct window_sum *falls =
	    window_after(&m->up, window_sum_size(m->up.n));
	double p = range_typical(in), flow = p * in->volume, before = m->last;
	double up, down;
	out[0] = NAN;
	if (!isfinite(flow))
		return;
	m->last = p;
	if (!m->has_last) {
		m->has_last = 1;
		return;
	}
	up = window_sum_add(&m->up, p > before ? flow : 0);
	down = window_sum_add(falls, p < before ? flow : 0);
	if (window_sum_is_full(falls) && up + down > 0)
		out[0] = 100 * (up / (up + down));
}

static int
mfi_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_mfi = {
	.name = "mfi",
	.summary = "money flow index, 0 to 100",
	.explain =
	    "mfi = 100 P / (P + N), P the sum of p v over those of the last\n"
	    "n bars whose typical price p = (high + low + close) / 3 rose,\n"
	    "N over those where it fell. Defined from bar n + 1 on; null\n"
	    "when nothing flowed. Quong and Soudack, Stocks & Commodities\n"
	    "7:3 (1989).\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE | FEATURE_VOLUME,
	.size = mfi_size,
	.init = mfi_init,
	.update = mfi_update,
	.warmup = mfi_warmup,
};
