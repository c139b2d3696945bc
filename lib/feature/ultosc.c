/* SPDX-License-Identifier: MIT */
/* Ultimate oscillator: buying pressure over true range at three lengths
 * (Williams, 1985). */
#include "feature/range.h"
#include "feature/window.h"

struct ultosc {
	double close; /* of the bar before */
	uint32_t has_close, unused;
	uint32_t n[3], unused2;
	/* for each length a window_sum of pressure and one of true range */
};

static size_t
ultosc_size(const struct feature_spec *spec)
{
	size_t size = sizeof(struct ultosc);
	int i;
	for (i = 0; i < 3; i++)
		size += 2 * window_sum_size(feature_period(spec, i));
	return size;
}

static void
ultosc_init(void *state, const struct feature_spec *spec)
{
	struct ultosc *u = state;
	struct window_sum *w = window_after(u, sizeof(*u));
	int i, k;
	for (i = 0; i < 3; i++) {
		u->n[i] = feature_period(spec, i);
		for (k = 0; k < 2; k++) {
			window_sum_init(w, u->n[i]);
			w = window_after(w, window_sum_size(u->n[i]));
		}
	}
}

static void
ultosc_update(void *state, const struct feature_input *in, double *out)
{
	static const double weights[] = {4, 2, 1};
	struct ultosc *u = state;
	struct window_sum *w = window_after(u, sizeof(*u));
	double before = u->close, sum = 0, range, pressure, p, r;
	int i;
	out[0] = NAN;
	if (!range_is_known(in))
		return;
	u->close = in->close;
	if (!u->has_close) {
		u->has_close = 1;
		return;
	}
	range = range_true(in, before);
	pressure = in->close - (in->low < before ? in->low : before);
	for (i = 0; i < 3; i++) {
		p = window_sum_add(w, pressure);
		w = window_after(w, window_sum_size(u->n[i]));
		r = window_sum_add(w, range);
		sum += window_sum_is_full(w) && r > 0 ? weights[i] * (p / r)
		                                      : NAN;
		w = window_after(w, window_sum_size(u->n[i]));
	}
	if (isfinite(sum))
		out[0] = 100 * (sum / 7);
}

static int
ultosc_warmup(const struct feature_spec *spec)
{
	return (int)fmax(spec->arg[0], fmax(spec->arg[1], spec->arg[2])) + 1;
}

const struct feature feature_ultosc = {
	.name = "ultosc",
	.summary = "ultimate oscillator, 0 to 100",
	.explain =
	    "ultosc = 100 (4 a + 2 b + c) / 7; a, b, c = sum(close - low')\n"
	    "/ sum(true range) over the last short, middle and long bars,\n"
	    "low' the smaller of low and close[1]. Defined from bar long +\n"
	    "1 on; null when a true range is 0 over a whole length.\n"
	    "Williams, Stocks & Commodities 3:4 (1985).\n",
	.args = {{"short", 7, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"middle", 14, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"long", 28, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = ultosc_size,
	.init = ultosc_init,
	.update = ultosc_update,
	.warmup = ultosc_warmup,
};
