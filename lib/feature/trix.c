/* SPDX-License-Identifier: MIT */
/* TRIX: the change of a triple EMA in percent (Hutson, 1983). */
#include "feature/average.h"
#include "feature/feature.h"

struct trix {
	struct average e1, e2, e3, signal;
	double last; /* e3 of the bar before; 0: none yet */
};

static size_t
trix_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct trix);
}

static void
trix_init(void *state, const struct feature_spec *spec)
{
	struct trix *t = state;
	uint32_t n = feature_period(spec, 0);
	average_init_ema(&t->e1, n);
	average_init_ema(&t->e2, n);
	average_init_ema(&t->e3, n);
	average_init_ema(&t->signal, feature_period(spec, 1));
}

static void
trix_update(void *state, const struct feature_input *in, double *out)
{
	struct trix *t = state;
	double e1 = average_add(&t->e1, in->src);
	double e2 = average_add(&t->e2, e1), e3 = average_add(&t->e3, e2);
	out[0] = out[1] = NAN;
	if (!isfinite(e3))
		return;
	if (t->last != 0)
		out[0] = 100 * ((e3 - t->last) / t->last);
	out[1] = average_add(&t->signal, out[0]);
	t->last = e3;
}

static int
trix_warmup(const struct feature_spec *spec)
{
	return (int)(3 * spec->arg[0] + spec->arg[1]) - 2;
}

const struct feature feature_trix = {
	.name = "trix",
	.summary = "rate of change of a triple EMA in percent, and signal",
	.explain =
	    "trix = 100 (e3 / e3[1] - 1), e3 = ema(ema(ema(x))), each\n"
	    "seeded with the mean of its own first n values; signal = EMA\n"
	    "of trix. trix is defined from bar 3n - 1 on, signal from 8\n"
	    "bars later with 9. Null when e3[1] is 0. Hutson, Stocks &\n"
	    "Commodities (1983).\n",
	.args = {{"period", 15, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"signal", 9, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"", "_signal"},
	.inputs = FEATURE_SRC,
	.size = trix_size,
	.init = trix_init,
	.update = trix_update,
	.warmup = trix_warmup,
};
