/* SPDX-License-Identifier: MIT */
/* Relative strength index: 100 U / (U + D), U and D Wilder's averages of rises
 * and falls (New Concepts in Technical Trading Systems, 1978). */
#include "feature/feature.h"
#include "feature/rsi.h"

static size_t
rsi_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct rsi);
}

static void
rsi_init_spec(void *state, const struct feature_spec *spec)
{
	rsi_init(state, feature_period(spec, 0));
}

static void
rsi_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = rsi_add(state, in->src);
}

static int
rsi_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_rsi = {
	.name = "rsi",
	.summary = "relative strength index (Wilder), 0 to 100",
	.explain =
	    "rsi = 100 U / (U + D), U and D Wilder's averages (rma) of the\n"
	    "rises and of the falls from bar to bar, seeded with the mean\n"
	    "of the first n changes. Defined from bar n + 1 on. No falls:\n"
	    "100. Neither rises nor falls: 0, as in TA-Lib. A bar without\n"
	    "change leaves it where it is, bit for bit. Wilder, New Concepts\n"
	    "in Technical Trading Systems (1978).\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = rsi_size,
	.init = rsi_init_spec,
	.update = rsi_update,
	.warmup = rsi_warmup,
};
