/* SPDX-License-Identifier: MIT */
/* Rank of the value among the last n: the share of the others that is below
 * it. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
rank_size(const struct feature_spec *spec)
{
	return window_ring_size(feature_period(spec, 0));
}

static void
rank_init(void *state, const struct feature_spec *spec)
{
	window_ring_init(state, feature_period(spec, 0));
}

static void
rank_update(void *state, const struct feature_input *in, double *out)
{
	struct window_ring *w = state;
	double below = 0;
	uint32_t i;
	out[0] = NAN;
	if (!isfinite(in->src))
		return;
	window_ring_add(w, in->src);
	if (!window_ring_is_full(w))
		return;
	for (i = 0; i < w->n; i++)
		below += w->v[i] < in->src ? 1 : w->v[i] == in->src ? 0.5 : 0;
	out[0] = (below - 0.5) / (w->n - 1);
}

static int
rank_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_rank = {
	.name = "rank",
	.summary = "rank among the last n values, 0 to 1",
	.explain =
	    "rank = (others below + half of the others equal) / (n - 1)\n"
	    "over the last n values: 0 the lowest, 1 the highest. Defined\n"
	    "from bar n on.\n",
	.args = {{"period", NAN, 2, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = rank_size,
	.init = rank_init,
	.update = rank_update,
	.warmup = rank_warmup,
};
