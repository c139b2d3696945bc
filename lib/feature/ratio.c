/* SPDX-License-Identifier: MIT */
/* Ratio of two series, mostly of two symbols. */
#include "feature/feature.h"

static size_t
ratio_size(const struct feature_spec *spec)
{
	(void)spec;
	return 0;
}

static void
ratio_init(void *state, const struct feature_spec *spec)
{
	(void)state;
	(void)spec;
}

static void
ratio_update(void *state, const struct feature_input *in, double *out)
{
	double ratio = in->src / in->with;
	(void)state;
	out[0] = isfinite(in->with) && isfinite(ratio) ? ratio : NAN;
}

static int
ratio_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 1;
}

const struct feature feature_ratio = {
	.name = "ratio",
	.summary = "ratio to another symbol or field",
	.explain =
	    "ratio = x / y: x the close or src=FIELD, y the same field of\n"
	    "the bar that symbol=SYMBOL has in this instant at this span.\n"
	    "Defined from the first bar on; null when there is no such bar\n"
	    "or y is 0.\n",
	.outputs = {""},
	.inputs = FEATURE_SRC | FEATURE_WITH | FEATURE_PAIR,
	.size = ratio_size,
	.init = ratio_init,
	.update = ratio_update,
	.warmup = ratio_warmup,
};
