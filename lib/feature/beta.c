/* SPDX-License-Identifier: MIT */
/* Beta: the slope of the returns of one series on those of another. */
#include "feature/feature.h"
#include "feature/pair.h"

struct beta {
	double src, with; /* of the bar before; 0: none yet */
	struct window_ring returns; /* that of the market follows */
};

static size_t
beta_size(const struct feature_spec *spec)
{
	return offsetof(struct beta, returns) +
	    pair_size(feature_period(spec, 0));
}

static void
beta_init(void *state, const struct feature_spec *spec)
{
	struct beta *b = state;
	pair_init(&b->returns, feature_period(spec, 0));
}

static void
beta_update(void *state, const struct feature_input *in, double *out)
{
	struct beta *b = state;
	struct pair_moments m;
	double r = in->src / b->src - 1, market = in->with / b->with - 1;
	int begins = b->src == 0;
	out[0] = NAN;
	if (!isfinite(in->src) || !isfinite(in->with) || in->src == 0 ||
	    in->with == 0)
		return;
	b->src = in->src;
	b->with = in->with;
	if (begins || !isfinite(r) || !isfinite(market))
		return;
	window_ring_add(&b->returns, r);
	window_ring_add(pair_second(&b->returns), market);
	if (!window_ring_is_full(&b->returns))
		return;
	m = pair_moments(&b->returns);
	if (m.yy > 0)
		out[0] = m.xy / m.yy;
}

static int
beta_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_beta = {
	.name = "beta",
	.summary = "slope of returns on those of another field",
	.explain =
	    "beta = cov(r, m) / var(m) over the last n returns x / x[1] -\n"
	    "1, r those of the close or src=FIELD, m those of the field\n"
	    "(the market) that with=FIELD names. Defined from bar n + 1 on;\n"
	    "null when m did not vary. A value of 0 gives null and is\n"
	    "passed over. TA-Lib's BETA(market, series).\n",
	.args = {{"period", 20, 2, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC | FEATURE_WITH,
	.size = beta_size,
	.init = beta_init,
	.update = beta_update,
	.warmup = beta_warmup,
};
