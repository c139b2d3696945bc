/* SPDX-License-Identifier: MIT */
/* Spread between two series, mostly of two symbols. */
#include "feature/feature.h"

struct spread {
	double hedge;
};

static size_t
spread_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct spread);
}

static void
spread_init(void *state, const struct feature_spec *spec)
{
	struct spread *s = state;
	s->hedge = spec->arg[0] > 0 ? spec->arg[0] : 1;
}

static void
spread_update(void *state, const struct feature_input *in, double *out)
{
	const struct spread *s = state;
	double spread = in->src - s->hedge * in->with;
	out[0] = isfinite(spread) ? spread : NAN;
}

static int
spread_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 1;
}

const struct feature feature_spread = {
	.name = "spread",
	.summary = "difference to another symbol or field",
	.explain =
	    "spread = x - hedge y: x the close or src=FIELD, y the same\n"
	    "field of the bar that symbol=SYMBOL has in this instant at this\n"
	    "span, hedge 1 unless given. Defined from the first bar on; null\n"
	    "when there is no such bar.\n",
	.args = {{"hedge", 0, 1e-9, 1e9, 0, 1}},
	.outputs = {""},
	.inputs = FEATURE_SRC | FEATURE_WITH | FEATURE_PAIR,
	.size = spread_size,
	.init = spread_init,
	.update = spread_update,
	.warmup = spread_warmup,
};
