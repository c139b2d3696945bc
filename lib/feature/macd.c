/* SPDX-License-Identifier: MIT */
/* Moving average convergence divergence (Appel): the difference of two EMAs,
 * an EMA of that, and what is between them. */
#include "feature/average.h"
#include "feature/feature.h"

struct macd {
	struct average fast, slow, signal;
};

static size_t
macd_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct macd);
}

static void
macd_init(void *state, const struct feature_spec *spec)
{
	struct macd *m = state;
	uint32_t fast = feature_period(spec, 0), slow = feature_period(spec, 1);
	if (spec->seed_talib && fast > slow) {
		fast = feature_period(spec, 1);
		slow = feature_period(spec, 0);
	}
	average_init_ema(&m->fast, fast);
	average_init_ema(&m->slow, slow);
	average_init_ema(&m->signal, feature_period(spec, 2));
	if (spec->seed_talib)
		m->fast.skip = slow - fast;
}

static void
macd_update(void *state, const struct feature_input *in, double *out)
{
	struct macd *m = state;
	double fast = average_add(&m->fast, in->src);
	double slow = average_add(&m->slow, in->src);
	out[0] = fast - slow;
	out[1] = average_add(&m->signal, out[0]);
	out[2] = out[0] - out[1];
}

static int
macd_warmup(const struct feature_spec *spec)
{
	double fast = spec->arg[0], slow = spec->arg[1];
	return (int)((fast > slow ? fast : slow) + spec->arg[2] - 1);
}

const struct feature feature_macd = {
	.name = "macd",
	.summary = "moving average convergence divergence (Appel)",
	.explain =
	    "macd = ema(fast) - ema(slow); signal = EMA of macd; hist =\n"
	    "macd - signal. Each EMA is seeded with the mean of its own\n"
	    "first values, so macd is exactly ema_12 - ema_26: from bar 26\n"
	    "on, signal and hist from bar 34 on. With seed=talib the fast\n"
	    "EMA is seeded on the bar of the slow one, as TA-Lib does\n"
	    "(which also shows macd from bar 34 only). Appel (1979).\n",
	.args = {{"fast", 12, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"slow", 26, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"signal", 9, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"", "_signal", "_hist"},
	.inputs = FEATURE_SRC,
	.has_talib = 1,
	.size = macd_size,
	.init = macd_init,
	.update = macd_update,
	.warmup = macd_warmup,
};
