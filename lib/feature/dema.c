/* SPDX-License-Identifier: MIT */
/* Double exponential moving average: 2 e1 - e2, e2 the EMA of the EMA e1
 * (Mulloy, Smoothing Data with Faster Moving Averages, 1994). */
#include "feature/average.h"
#include "feature/feature.h"

struct dema {
	struct average e1, e2;
};

static size_t
dema_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct dema);
}

static void
dema_init(void *state, const struct feature_spec *spec)
{
	struct dema *d = state;
	average_init_ema(&d->e1, feature_period(spec, 0));
	average_init_ema(&d->e2, feature_period(spec, 0));
}

static void
dema_update(void *state, const struct feature_input *in, double *out)
{
	struct dema *d = state;
	double e1 = average_add(&d->e1, in->src);
	out[0] = 2 * e1 - average_add(&d->e2, e1);
}

static int
dema_warmup(const struct feature_spec *spec)
{
	return 2 * (int)feature_period(spec, 0) - 1;
}

const struct feature feature_dema = {
	.name = "dema",
	.summary = "double exponential moving average (Mulloy)",
	.explain =
	    "dema = 2 e1 - e2, e1 = ema(x), e2 = ema(e1), each seeded with\n"
	    "the mean of its own first n values. Defined from bar 2n - 1\n"
	    "on. Mulloy, Stocks & Commodities 12:1 (1994).\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = dema_size,
	.init = dema_init,
	.update = dema_update,
	.warmup = dema_warmup,
};
