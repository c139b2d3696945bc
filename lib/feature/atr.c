/* SPDX-License-Identifier: MIT */
/* Average true range: Wilder's average of the true range (New Concepts in
 * Technical Trading Systems, 1978). */
#include "feature/range.h"

static size_t
atr_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct range_atr);
}

static void
atr_init(void *state, const struct feature_spec *spec)
{
	range_atr_init(state, feature_period(spec, 0));
}

static void
atr_update(void *state, const struct feature_input *in, double *out)
{
	out[0] = range_is_known(in) ? range_atr_add(state, in) : NAN;
}

static int
atr_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_atr = {
	.name = "atr",
	.summary = "average true range (Wilder)",
	.explain =
	    "atr = Wilder's average (rma) of the true range, seeded with\n"
	    "the mean of the first n true ranges. true range = the largest\n"
	    "of high - low, |high - close[1]| and |low - close[1]|; the\n"
	    "first bar has none, so defined from bar n + 1 on. Wilder, New\n"
	    "Concepts in Technical Trading Systems (1978).\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = atr_size,
	.init = atr_init,
	.update = atr_update,
	.warmup = atr_warmup,
};
