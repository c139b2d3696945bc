/* SPDX-License-Identifier: MIT */
/* Zero-lag exponential moving average: the EMA of 2 x - x[lag], lag = (n - 1)
 * / 2 (Ehlers and Way, 2010). */
#include "feature/average.h"
#include "feature/feature.h"
#include "feature/window.h"

struct zlema {
	struct average ema;
	struct window_ring ring; /* of lag values, 1 at least */
};

static size_t
zlema_size(const struct feature_spec *spec)
{
	uint32_t lag = (feature_period(spec, 0) - 1) / 2;
	return offsetof(struct zlema, ring) + window_ring_size(lag + 1);
}

static void
zlema_init(void *state, const struct feature_spec *spec)
{
	struct zlema *z = state;
	uint32_t lag = (feature_period(spec, 0) - 1) / 2;
	average_init_ema(&z->ema, feature_period(spec, 0));
	window_ring_init(&z->ring, lag > 0 ? lag : 1);
}

static void
zlema_update(void *state, const struct feature_input *in, double *out)
{
	struct zlema *z = state;
	double before, x = in->src;
	out[0] = NAN;
	if (!isfinite(x))
		return;
	before = window_ring_add(&z->ring, x);
	if (z->ema.n <= 2)
		before = x;
	if (isfinite(before))
		out[0] = average_add(&z->ema, x + (x - before));
}

static int
zlema_warmup(const struct feature_spec *spec)
{
	int n = (int)feature_period(spec, 0);
	return n + (n - 1) / 2;
}

const struct feature feature_zlema = {
	.name = "zlema",
	.summary = "zero-lag exponential moving average",
	.explain =
	    "zlema = ema(2 x - x[lag], n), lag = (n - 1) / 2 cut to a whole\n"
	    "number. Defined from bar n + lag on. Ehlers and Way, Zero Lag\n"
	    "(2010).\n",
	.args = {{"period", NAN, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = zlema_size,
	.init = zlema_init,
	.update = zlema_update,
	.warmup = zlema_warmup,
};
