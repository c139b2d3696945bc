/* SPDX-License-Identifier: MIT */
/* Least squares line through the last n values. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
linreg_size(const struct feature_spec *spec)
{
	return window_ring_size(feature_period(spec, 0));
}

static void
linreg_init(void *state, const struct feature_spec *spec)
{
	window_ring_init(state, feature_period(spec, 0));
}

static void
linreg_update(void *state, const struct feature_input *in, double *out)
{
	struct window_ring *w = state;
	double n = w->n, mean = 0, xy = 0, yy = 0, d, xx;
	uint32_t i;
	out[0] = out[1] = out[2] = out[3] = NAN;
	if (!isfinite(in->src))
		return;
	window_ring_add(w, in->src);
	if (!window_ring_is_full(w))
		return;
	for (i = 0; i < w->n; i++)
		mean += (window_ring_at(w, i) - mean) / (i + 1);
	for (i = 0; i < w->n; i++) {
		d = window_ring_at(w, i) - mean;
		xy += (i - (n - 1) / 2) * d;
		yy += d * d;
	}
	xx = n * (n * n - 1) / 12;
	out[1] = xy / xx;
	out[0] = mean + out[1] * (n - 1) / 2;
	out[2] = mean - out[1] * (n - 1) / 2;
	if (yy > 0)
		out[3] = fmin(1, xy / xx * xy / yy);
}

static int
linreg_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0);
}

const struct feature feature_linreg = {
	.name = "linreg",
	.summary = "least squares line: its end, slope, intercept, r2",
	.explain =
	    "The line a + b i through the last n values, i = 0 for the\n"
	    "oldest: slope = b a bar, intercept = a, value = a + b (n - 1)\n"
	    "(the end of the line, where TA-Lib's LINEARREG is), r2 = the\n"
	    "share of the variance that it explains. Defined from bar n on;\n"
	    "r2 is null when all values are equal.\n",
	.args = {{"period", 14, 2, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"", "_slope", "_intercept", "_r2"},
	.inputs = FEATURE_SRC,
	.size = linreg_size,
	.init = linreg_init,
	.update = linreg_update,
	.warmup = linreg_warmup,
};
