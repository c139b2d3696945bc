/* SPDX-License-Identifier: MIT */
/* How many bars ago a value was last above 0. */
#include "feature/feature.h"

struct bars_since {
	uint64_t has_been;
	double bars;
};

static size_t
bars_since_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct bars_since);
}

static void
bars_since_init(void *state, const struct feature_spec *spec)
{
	(void)state;
	(void)spec;
}

static void
bars_since_update(void *state, const struct feature_input *in, double *out)
{
	struct bars_since *b = state;
	out[0] = NAN;
	if (!isfinite(in->src))
		return;
	b->bars = in->src > 0 ? 0 : b->bars + 1;
	b->has_been |= in->src > 0;
	if (b->has_been)
		out[0] = b->bars;
}

static int
bars_since_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 0;
}

const struct feature feature_bars_since = {
	.name = "bars_since",
	.summary = "bars since a value was last above 0",
	.explain =
	    "bars_since = 0 on a bar whose src= is above 0, else one more\n"
	    "than on the bar before. Defined from the first such bar on. A\n"
	    "rule says since(condition) of any condition.\n",
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = bars_since_size,
	.init = bars_since_init,
	.update = bars_since_update,
	.warmup = bars_since_warmup,
};
