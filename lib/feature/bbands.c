/* SPDX-License-Identifier: MIT */
/* Bollinger bands: the mean of the last n values and k population standard
 * deviations on either side (Bollinger on Bollinger Bands, 2001). */
#include "feature/feature.h"
#include "feature/window.h"

struct bbands {
	double k;
	struct window_sum mean; /* the sma's bits; the moments follow it */
};

static size_t
bbands_size(const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	return offsetof(struct bbands, mean) + window_sum_size(n) +
	    window_moments_size(n);
}

static struct window_moments *
bbands_moments(struct bbands *b)
{
	return window_after(&b->mean, window_sum_size(b->mean.n));
}

static void
bbands_init(void *state, const struct feature_spec *spec)
{
	struct bbands *b = state;
	b->k = spec->arg[1];
	window_sum_init(&b->mean, feature_period(spec, 0));
	window_moments_init(bbands_moments(b), feature_period(spec, 0));
}

static void
bbands_update(void *state, const struct feature_input *in, double *out)
{
	struct bbands *b = state;
	double mid, reach;
	out[0] = out[1] = out[2] = out[3] = out[4] = NAN;
	if (!isfinite(in->src))
		return;
	mid = window_mean_add(&b->mean, in->src);
	reach = b->k * sqrt(window_moments_add(bbands_moments(b), in->src,
	    NULL));
	out[0] = mid + reach;
	out[1] = mid;
	out[2] = mid - reach;
	if (mid != 0)
		out[3] = 100 * (2 * reach) / mid;
	if (reach > 0)
		out[4] = (in->src - out[2]) / (2 * reach);
}

static int
bbands_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_bbands = {
	.name = "bbands",
	.summary = "Bollinger bands, their width in percent, and %b",
	.explain =
	    "middle = sma; upper, lower = middle +- k * stddev\n"
	    "(population); width = 100 (upper - lower) / middle; pctb = (x\n"
	    "- lower) / (upper - lower): 0 at the lower band, 1 at the\n"
	    "upper. Defined from bar n on. All values equal: the bands\n"
	    "meet, width is 0 and pctb null. Bollinger on Bollinger Bands\n"
	    "(2001).\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"k", 2, 0, 1000, 0, 0}},
	.outputs = {"_upper", "_middle", "_lower", "_width", "_pctb"},
	.inputs = FEATURE_SRC,
	.size = bbands_size,
	.init = bbands_init,
	.update = bbands_update,
	.warmup = bbands_warmup,
};
