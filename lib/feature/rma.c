/* SPDX-License-Identifier: MIT */
/* Wilder's moving average: r' = r + (x - r) / n. */
#include "feature/average.h"
#include "feature/feature.h"

static size_t
rma_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct average);
}

static void
rma_init(void *state, const struct feature_spec *spec)
{
	average_init_wilder(state, feature_period(spec, 0));
}

static void
rma_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = average_add(state, in->src);
}

static int
rma_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_rma = {
	.name = "rma",
	.summary = "Wilder's moving average, seeded with an SMA",
	.explain =
	    "rma = r + (x - r) / n, r the value before. The first value, on\n"
	    "bar n, is the mean of the first n. Wilder, New Concepts in\n"
	    "Technical Trading Systems (1978); also called SMMA. Not LEAN's\n"
	    "RMA.\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = rma_size,
	.init = rma_init,
	.update = rma_update,
	.warmup = rma_warmup,
};
