/* SPDX-License-Identifier: MIT */
/* Normalized average true range: 100 atr / close. */
#include "feature/range.h"

static size_t
natr_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct range_atr);
}

static void
natr_init(void *state, const struct feature_spec *spec)
{
	range_atr_init(state, feature_period(spec, 0));
}

static void
natr_update(void *state, const struct feature_input *in, double *out)
{
	double atr;
	out[0] = NAN;
	if (!range_is_known(in))
		return;
	atr = range_atr_add(state, in);
	if (in->close != 0)
		out[0] = 100 * (atr / in->close);
}

static int
natr_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_natr = {
	.name = "natr",
	.summary = "average true range in percent of the close",
	.explain =
	    "natr = 100 atr / close, atr as in atr: Wilder's average of the\n"
	    "true range, seeded with the mean of the first n. Defined from\n"
	    "bar n + 1 on; null when the close is 0.\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = natr_size,
	.init = natr_init,
	.update = natr_update,
	.warmup = natr_warmup,
};
