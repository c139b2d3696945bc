/* SPDX-License-Identifier: MIT */
/* Volume-weighted average price: the sum of typical price times volume over
 * the sum of volume, of the last n bars or of the day so far. */
#include "feature/range.h"
#include "feature/window.h"

struct vwap {
	uint64_t is_rolling;
	int64_t session;
	double money, volume; /* of the day so far */
	/* rolling: two window_sums follow, of money and of volume */
};

static size_t
vwap_size(const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	return sizeof(struct vwap) + (n > 0 ? 2 * window_sum_size(n) : 0);
}

static void
vwap_init(void *state, const struct feature_spec *spec)
{
	struct vwap *v = state;
	uint32_t n = feature_period(spec, 0);
	struct window_sum *money = window_after(v, sizeof(*v));
	v->is_rolling = n > 0;
	v->session = INT64_MIN;
	if (!v->is_rolling)
		return;
	window_sum_init(money, n);
	window_sum_init(window_after(money, window_sum_size(n)), n);
}

static double
vwap_rolling(struct window_sum *money, double price, double volume)
{
	struct window_sum *w = window_after(money, window_sum_size(money->n));
	double sum = window_sum_add(money, price * volume);
	double total = window_sum_add(w, volume);
	return window_sum_is_full(w) && total > 0 ? sum / total : NAN;
}

static void
vwap_update(void *state, const struct feature_input *in, double *out)
{
	struct vwap *v = state;
	double price = range_typical(in);
	out[0] = NAN;
	if (!isfinite(price * in->volume))
		return;
	if (v->is_rolling) {
		out[0] = vwap_rolling(window_after(v, sizeof(*v)), price,
		    in->volume);
		return;
	}
	if (v->session != in->session)
		v->money = v->volume = 0;
	v->session = in->session;
	v->money += price * in->volume;
	v->volume += in->volume;
	if (v->volume > 0)
		out[0] = v->money / v->volume;
}

static int
vwap_warmup(const struct feature_spec *spec)
{
	return spec->arg[0] > 0 ? (int)spec->arg[0] : 1;
}

const struct feature feature_vwap = {
	.name = "vwap",
	.summary = "volume-weighted average price of n bars, or the day",
	.explain =
	    "vwap = sum(p v) / sum(v), p = (high + low + close) / 3, v =\n"
	    "volume. vwap:20 sums the last 20 bars and is defined from bar\n"
	    "20 on. vwap alone sums the bars of the day so far, in meta's\n"
	    "time zone (UTC without one), and is defined from the first bar\n"
	    "on. Null while no volume is in the sum.\n",
	.args = {{"period", 0, 1, FEATURE_PERIOD_MAX, 1, 1}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE | FEATURE_VOLUME |
	    FEATURE_SESSION,
	.size = vwap_size,
	.init = vwap_init,
	.update = vwap_update,
	.warmup = vwap_warmup,
};
