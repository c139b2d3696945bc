/* SPDX-License-Identifier: MIT */
/* Exponential moving average: e' = e + (x - e) 2 / (n + 1). */
#include "feature/average.h"
#include "feature/feature.h"

static size_t
ema_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct average);
}

static void
ema_init(void *state, const struct feature_spec *spec)
{
	average_init_ema(state, feature_period(spec, 0));
}

static void
ema_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = average_add(state, in->src);
}

static int
ema_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_ema = {
	.name = "ema",
	.summary = "exponential moving average, seeded with an SMA",
	.explain =
	    "ema = e + (x - e) * 2 / (n + 1), e the value before. The first\n"
	    "value, on bar n, is the mean of the first n (TA-Lib's classic\n"
	    "seed).\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = ema_size,
	.init = ema_init,
	.update = ema_update,
	.warmup = ema_warmup,
};
