/* SPDX-License-Identifier: MIT */
/* Chaikin oscillator: the difference of a fast and a slow EMA of the
 * accumulation/distribution line. */
#include "feature/flow.h"

struct adosc {
	double sum, fast, slow; /* ad and its averages */
	double fast_alpha, slow_alpha;
	uint32_t bars, first; /* bars so far; the first to be shown */
};

static size_t
adosc_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct adosc);
}

static void
adosc_init(void *state, const struct feature_spec *spec)
{
	struct adosc *a = state;
	a->fast_alpha = 2 / (spec->arg[0] + 1);
	a->slow_alpha = 2 / (spec->arg[1] + 1);
	a->first = (uint32_t)fmax(spec->arg[0], spec->arg[1]);
}

static void
adosc_update(void *state, const struct feature_input *in, double *out)
{
	struct adosc *a = state;
	double sum = a->sum + flow_of(in);
	out[0] = NAN;
	if (!isfinite(sum))
		return;
	a->sum = sum;
	if (a->bars == 0)
		a->fast = a->slow = sum;
	a->fast += a->fast_alpha * (sum - a->fast);
	a->slow += a->slow_alpha * (sum - a->slow);
	a->bars += a->bars < a->first;
	if (a->bars == a->first)
		out[0] = a->fast - a->slow;
}

static int
adosc_warmup(const struct feature_spec *spec)
{
	return (int)fmax(spec->arg[0], spec->arg[1]);
}

const struct feature feature_adosc = {
	.name = "adosc",
	.summary = "Chaikin accumulation/distribution oscillator",
	.explain =
	    "adosc = e(ad, fast) - e(ad, slow), e' = e + (ad - e) 2 / (n +\n"
	    "1), both begun with the first ad (as TA-Lib; not with a mean).\n"
	    "Shown from bar max(fast, slow) on. Chaikin.\n",
	.args = {{"fast", 3, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"slow", 10, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE | FEATURE_VOLUME,
	.size = adosc_size,
	.init = adosc_init,
	.update = adosc_update,
	.warmup = adosc_warmup,
};
