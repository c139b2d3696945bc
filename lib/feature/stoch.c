/* SPDX-License-Identifier: MIT */
/* Stochastic oscillator: where the close stands in the range of n bars. */
#include "feature/range.h"
#include "feature/window.h"

struct stoch {
	size_t low, k, d; /* offsets of the windows after high */
	struct window_max high;
};

static size_t
stoch_size(const struct feature_spec *spec)
{
	return offsetof(struct stoch, high) +
	    2 * window_max_size(feature_period(spec, 0)) +
	    window_sum_size(feature_period(spec, 1)) +
	    window_sum_size(feature_period(spec, 2));
}

static void
stoch_init(void *state, const struct feature_spec *spec)
{
	struct stoch *s = state;
	uint32_t n = feature_period(spec, 0), k = feature_period(spec, 1);
	s->low = offsetof(struct stoch, high) + window_max_size(n);
	s->k = s->low + window_max_size(n);
	s->d = s->k + window_sum_size(k);
	window_max_init(&s->high, n);
	window_max_init(window_after(s, s->low), n);
	window_sum_init(window_after(s, s->k), k);
	window_sum_init(window_after(s, s->d), feature_period(spec, 2));
}

static void
stoch_update(void *state, const struct feature_input *in, double *out)
{
	struct stoch *s = state;
	double high, low;
	out[0] = out[1] = NAN;
	if (!range_is_known(in))
		return;
	high = window_max_add(&s->high, in->high);
	low = -window_max_add(window_after(s, s->low), -in->low);
	if (!window_max_is_full(&s->high) || !(high > low))
		return;
	out[0] = window_mean_add(window_after(s, s->k),
	    100 * ((in->close - low) / (high - low)));
	if (isfinite(out[0]))
		out[1] = window_mean_add(window_after(s, s->d), out[0]);
}

static int
stoch_warmup(const struct feature_spec *spec)
{
	return (int)(spec->arg[0] + spec->arg[1] + spec->arg[2]) - 2;
}

const struct feature feature_stoch = {
	.name = "stoch",
	.summary = "stochastic oscillator, %K and %D",
	.explain =
	    "k = sma(100 (close - L) / (H - L), slowing), H the highest\n"
	    "high and L the lowest low of the last n bars; d = sma(k, d).\n"
	    "stoch:14,1,3 is the fast one. k is defined from bar n +\n"
	    "slowing - 1 on, d from d - 1 bars later. No range at all: that\n"
	    "bar has null, and the means pass over it. Lane (1950s).\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"slowing", 3, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"d", 3, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"_k", "_d"},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = stoch_size,
	.init = stoch_init,
	.update = stoch_update,
	.warmup = stoch_warmup,
};
