/* SPDX-License-Identifier: MIT */
/* Triple exponential moving average: 3 e1 - 3 e2 + e3 (Mulloy, 1994). */
#include "feature/average.h"
#include "feature/feature.h"

struct tema {
	struct average e1, e2, e3;
};

static size_t
tema_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct tema);
}

static void
tema_init(void *state, const struct feature_spec *spec)
{
	struct tema *t = state;
	average_init_ema(&t->e1, feature_period(spec, 0));
	average_init_ema(&t->e2, feature_period(spec, 0));
	average_init_ema(&t->e3, feature_period(spec, 0));
}

static void
tema_update(void *state, const struct feature_input *in, double *out)
{
	struct tema *t = state;
	double e1 = average_add(&t->e1, in->src);
	double e2 = average_add(&t->e2, e1);
	out[0] = 3 * (e1 - e2) + average_add(&t->e3, e2);
}

static int
tema_warmup(const struct feature_spec *spec)
{
	return 3 * (int)feature_period(spec, 0) - 2;
}

const struct feature feature_tema = {
	.name = "tema",
	.summary = "triple exponential moving average (Mulloy)",
	.explain =
	    "tema = 3 e1 - 3 e2 + e3, e1 = ema(x), e2 = ema(e1), e3 =\n"
	    "ema(e2), each seeded with the mean of its own first n values.\n"
	    "Defined from bar 3n - 2 on. Mulloy, Stocks & Commodities 12:1\n"
	    "(1994).\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = tema_size,
	.init = tema_init,
	.update = tema_update,
	.warmup = tema_warmup,
};
