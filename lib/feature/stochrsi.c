/* SPDX-License-Identifier: MIT */
/* Stochastic of the RSI: where the RSI stands in its range of n bars (Chande
 * and Kroll, The New Technical Trader, 1994). */
#include "feature/feature.h"
#include "feature/rsi.h"
#include "feature/window.h"

struct stochrsi {
	struct rsi rsi;
	size_t low, k, d; /* offsets of the windows after high */
	struct window_max high;
};

static size_t
stochrsi_size(const struct feature_spec *spec)
{
	return offsetof(struct stochrsi, high) +
	    2 * window_max_size(feature_period(spec, 1)) +
	    window_sum_size(feature_period(spec, 2)) +
	    window_sum_size(feature_period(spec, 3));
}

static void
stochrsi_init(void *state, const struct feature_spec *spec)
{
	struct stochrsi *s = state;
	uint32_t n = feature_period(spec, 1), k = feature_period(spec, 2);
	rsi_init(&s->rsi, feature_period(spec, 0));
	s->low = offsetof(struct stochrsi, high) + window_max_size(n);
	s->k = s->low + window_max_size(n);
	s->d = s->k + window_sum_size(k);
	window_max_init(&s->high, n);
	window_max_init(window_after(s, s->low), n);
	window_sum_init(window_after(s, s->k), k);
	window_sum_init(window_after(s, s->d), feature_period(spec, 3));
}

static void
stochrsi_update(void *state, const struct feature_input *in, double *out)
{
	struct stochrsi *s = state;
	double r = rsi_add(&s->rsi, in->src), high, low;
	out[0] = out[1] = NAN;
	if (!isfinite(r))
		return;
	high = window_max_add(&s->high, r);
	low = -window_max_add(window_after(s, s->low), -r);
	if (!window_max_is_full(&s->high) || !(high > low))
		return;
	out[0] = window_mean_add(window_after(s, s->k),
	    100 * ((r - low) / (high - low)));
	if (isfinite(out[0]))
		out[1] = window_mean_add(window_after(s, s->d), out[0]);
}

static int
stochrsi_warmup(const struct feature_spec *spec)
{
	const double *n = spec->arg;
	return (int)(n[0] + n[1] + n[2] + n[3]) - 2;
}

const struct feature feature_stochrsi = {
	.name = "stochrsi",
	.summary = "stochastic of the RSI, %K and %D",
	.explain =
	    "r = rsi(x, rsi); k = sma(100 (r - L) / (H - L), slowing), H\n"
	    "and L the extremes of the last n values of r; d = sma(k, d).\n"
	    "TA-Lib's STOCHRSI is stochrsi:14,14,1,3. k is defined from bar\n"
	    "rsi + n + slowing - 1 on, d from d - 1 bars later. No range:\n"
	    "that bar has null, and the means pass over it. Chande and\n"
	    "Kroll, The New Technical Trader (1994).\n",
	.args = {{"rsi", 14, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"slowing", 3, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"d", 3, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"_k", "_d"},
	.inputs = FEATURE_SRC,
	.size = stochrsi_size,
	.init = stochrsi_init,
	.update = stochrsi_update,
	.warmup = stochrsi_warmup,
};
