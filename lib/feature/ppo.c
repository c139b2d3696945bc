/* SPDX-License-Identifier: MIT */
/* Percentage price oscillator: the MACD in percent of the slow average. */
#include "feature/average.h"
#include "feature/feature.h"

struct ppo {
	struct average fast, slow, signal;
};

static size_t
ppo_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct ppo);
}

static void
ppo_init(void *state, const struct feature_spec *spec)
{
	struct ppo *p = state;
	uint32_t fast = feature_period(spec, 0), slow = feature_period(spec, 1);
	average_init_ema(&p->fast, fast);
	average_init_ema(&p->slow, slow);
	average_init_ema(&p->signal, feature_period(spec, 2));
	if (spec->seed_talib && fast < slow)
		p->fast.skip = slow - fast;
}

static void
ppo_update(void *state, const struct feature_input *in, double *out)
{
	struct ppo *p = state;
	double fast = average_add(&p->fast, in->src);
	double slow = average_add(&p->slow, in->src);
	out[0] = slow != 0 ? 100 * ((fast - slow) / slow) : NAN;
	out[1] = average_add(&p->signal, out[0]);
	out[2] = out[0] - out[1];
}

static int
ppo_warmup(const struct feature_spec *spec)
{
	return (int)(fmax(spec->arg[0], spec->arg[1]) + spec->arg[2]) - 1;
}

const struct feature feature_ppo = {
	.name = "ppo",
	.summary = "percentage price oscillator, its signal, histogram",
	.explain =
	    "ppo = 100 (ema(fast) - ema(slow)) / ema(slow); signal = EMA of\n"
	    "ppo; hist = ppo - signal. Each EMA is seeded with the mean of\n"
	    "its own first values: ppo from bar 26 on, signal and hist from\n"
	    "bar 34 on. With seed=talib the fast EMA is seeded on the bar\n"
	    "of the slow one. Null when ema(slow) is 0.\n",
	.args = {{"fast", 12, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"slow", 26, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"signal", 9, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"", "_signal", "_hist"},
	.inputs = FEATURE_SRC,
	.has_talib = 1,
	.size = ppo_size,
	.init = ppo_init,
	.update = ppo_update,
	.warmup = ppo_warmup,
};
