/* SPDX-License-Identifier: MIT */
/* Chande momentum oscillator: 100 (U - D) / (U + D) of the last n changes
 * (Chande and Kroll, The New Technical Trader, 1994). */
#include "feature/average.h"
#include "feature/feature.h"
#include "feature/window.h"

struct cmo {
	double last;
	uint32_t has_last, is_wilder;
	struct average rises, falls; /* Wilder's form */
	struct window_sum up; /* that of falls follows */
};

static size_t
cmo_size(const struct feature_spec *spec)
{
	return offsetof(struct cmo, up) +
	    2 * window_sum_size(feature_period(spec, 0));
}

static void
cmo_init(void *state, const struct feature_spec *spec)
{
	struct cmo *c = state;
	uint32_t n = feature_period(spec, 0);
	c->is_wilder = spec->seed_talib != 0;
	average_init_wilder(&c->rises, n);
	average_init_wilder(&c->falls, n);
	window_sum_init(&c->up, n);
	window_sum_init(window_after(&c->up, window_sum_size(n)), n);
}

static void
cmo_update(void *state, const struct feature_input *in, double *out)
{
	struct cmo *c = state;
	struct window_sum *w =
	    window_after(&c->up, window_sum_size(c->up.n));
	double change = in->src - c->last, up, down;
	out[0] = NAN;
	if (!isfinite(change))
		return;
	c->last = in->src;
	if (!c->has_last) {
		c->has_last = 1;
		return;
	}
	up = change > 0 ? change : 0;
	down = change < 0 ? -change : 0;
	if (c->is_wilder) {
		up = average_add(&c->rises, up);
		down = average_add(&c->falls, down);
	} else {
		up = window_sum_add(&c->up, up);
		down = window_sum_add(w, down);
		if (!window_sum_is_full(w))
			return;
	}
	if (up + down > 0)
		out[0] = 100 * ((up - down) / (up + down));
}

static int
cmo_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_cmo = {
	.name = "cmo",
	.summary = "Chande momentum oscillator, -100 to 100",
	.explain =
	    "cmo = 100 (U - D) / (U + D), U the sum of the rises and D of\n"
	    "the falls of the last n changes. Defined from bar n + 1 on;\n"
	    "null when nothing moved. With seed=talib U and D are Wilder\n"
	    "averages, as in TA-Lib and LEAN, which makes it 2 rsi - 100.\n"
	    "Chande and Kroll (1994).\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.has_talib = 1,
	.size = cmo_size,
	.init = cmo_init,
	.update = cmo_update,
	.warmup = cmo_warmup,
};
