/* SPDX-License-Identifier: MIT */
/* Pearson correlation of two series over n bars. */
#include "feature/feature.h"
#include "feature/pair.h"

static size_t
correl_size(const struct feature_spec *spec)
{
	return pair_size(feature_period(spec, 0));
}

static void
correl_init(void *state, const struct feature_spec *spec)
{
	pair_init(state, feature_period(spec, 0));
}

static void
correl_update(void *state, const struct feature_input *in, double *out)
{
	struct window_ring *x = state;
	struct pair_moments m;
	out[0] = NAN;
	if (!isfinite(in->src) || !isfinite(in->with))
		return;
	window_ring_add(x, in->src);
	window_ring_add(pair_second(x), in->with);
	if (!window_ring_is_full(x))
		return;
	m = pair_moments(x);
	if (m.xx > 0 && m.yy > 0)
		out[0] = fmax(-1, fmin(1, m.xy / (sqrt(m.xx) * sqrt(m.yy))));
}

static int
correl_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_correl = {
	.name = "correl",
	.summary = "correlation of two fields, -1 to 1",
	.explain =
	    "correl = cov(x, y) / sqrt(var(x) var(y)) over the last n bars,\n"
	    "x the close or src=FIELD, y the field that with=FIELD names.\n"
	    "Defined from bar n on; null when one of them did not move.\n",
	.args = {{"period", 20, 2, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC | FEATURE_WITH,
	.size = correl_size,
	.init = correl_init,
	.update = correl_update,
	.warmup = correl_warmup,
};
