/* SPDX-License-Identifier: MIT */
/* Realized volatility: the standard deviation of logarithmic returns, per
 * year. */
#include "feature/feature.h"
#include "feature/window.h"

struct rvol {
	double last, factor;
	struct window_moments moments;
};

static size_t
rvol_size(const struct feature_spec *spec)
{
	return offsetof(struct rvol, moments) +
	    window_moments_size(feature_period(spec, 0));
}

static void
rvol_init(void *state, const struct feature_spec *spec)
{
	struct rvol *r = state;
	r->factor = sqrt(spec->arg[1]);
	window_moments_init(&r->moments, feature_period(spec, 0));
}

static void
rvol_update(void *state, const struct feature_input *in, double *out)
{
	struct rvol *r = state;
	double x = in->src, before = r->last;
	out[0] = NAN;
	if (!isfinite(x) || !(x > 0))
		return;
	r->last = x;
	if (before > 0)
		out[0] = r->factor * sqrt(window_moments_add(&r->moments,
		    log(x / before), NULL));
}

static int
rvol_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_rvol = {
	.name = "rvol",
	.summary = "realized volatility per year, as a fraction",
	.explain =
	    "rvol = stddev (population) of the last n returns ln(x / x[1]),\n"
	    "times sqrt(per_year): 0.2 is 20 % a year. per_year is how many\n"
	    "bars a year has, 252 for days of trading. Defined from bar n +\n"
	    "1 on. A value that is not above 0 gives null and is passed\n"
	    "over. Not TA-Lib's RVOL, which is relative volume.\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"per_year", 252, 0, 1e9, 0, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = rvol_size,
	.init = rvol_init,
	.update = rvol_update,
	.warmup = rvol_warmup,
};
