/* SPDX-License-Identifier: MIT */
/* Hull moving average: wma(2 wma(x, n/2) - wma(x, n), sqrt n) (Hull, 2005). */
#include "feature/feature.h"
#include "feature/window.h"

/* Three windows in a row: half, full, root. */
static uint32_t
hma_half(const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	return n > 1 ? n / 2 : 1;
}

static uint32_t
hma_root(const struct feature_spec *spec)
{
	return (uint32_t)sqrt(spec->arg[0]);
}

static size_t
hma_size(const struct feature_spec *spec)
{
	return window_weighted_size(hma_half(spec)) +
	    window_weighted_size(feature_period(spec, 0)) +
	    window_weighted_size(hma_root(spec));
}

static void
hma_init(void *state, const struct feature_spec *spec)
{
	struct window_weighted *half = state, *full;
	window_weighted_init(half, hma_half(spec));
	full = window_after(half, window_weighted_size(half->n));
	window_weighted_init(full, feature_period(spec, 0));
	window_weighted_init(window_after(full, window_weighted_size(full->n)),
	    hma_root(spec));
}

static void
hma_update(void *state, const struct feature_input *in, double *out)
{
	struct window_weighted *half = state, *full, *root;
	double h, f;
	out[0] = NAN;
	if (!isfinite(in->src))
		return;
	full = window_after(half, window_weighted_size(half->n));
	root = window_after(full, window_weighted_size(full->n));
	h = window_weighted_add(half, in->src);
	f = window_weighted_add(full, in->src);
	if (isfinite(2 * h - f))
		out[0] = window_weighted_add(root, 2 * h - f);
}

static int
hma_warmup(const struct feature_spec *spec)
{
	return (int)(feature_period(spec, 0) + hma_root(spec)) - 1;
}

const struct feature feature_hma = {
	.name = "hma",
	.summary = "Hull moving average",
	.explain =
	    "hma = wma(2 wma(x, n/2) - wma(x, n), sqrt(n)), n/2 and sqrt(n)\n"
	    "cut to whole numbers, as the author does (others round them).\n"
	    "Defined from bar n + sqrt(n) - 1 on. Hull (2005).\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = hma_size,
	.init = hma_init,
	.update = hma_update,
	.warmup = hma_warmup,
};
