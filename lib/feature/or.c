/* SPDX-License-Identifier: MIT */
/* Opening range: high and low of the first minutes of a day. */
#include "base/time.h"
#include "feature/feature.h"

struct opening_range {
	int64_t length; /* ns */
	int64_t session, begin;
	double high, low;
};

static size_t
or_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct opening_range);
}

static void
or_init(void *state, const struct feature_spec *spec)
{
	struct opening_range *o = state;
	o->session = INT64_MIN;
	o->length = (int64_t)spec->arg[0] * TIME_MINUTE;
}

static void
or_update(void *state, const struct feature_input *in, double *out)
{
	struct opening_range *o = state;
	int64_t age;
	out[0] = out[1] = NAN;
	if (!isfinite(in->high) || !isfinite(in->low))
		return;
	if (o->session != in->session) {
		o->session = in->session;
		o->begin = in->time;
		o->high = in->high;
		o->low = in->low;
	}
	/* within a day, so neither overflows */
	age = in->time - o->begin;
	if (age < o->length) {
		o->high = fmax(o->high, in->high);
		o->low = fmin(o->low, in->low);
	}
	if (in->span < o->length - age)
		return;
	out[0] = o->high;
	out[1] = o->low;
}

static int
or_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 0;
}

const struct feature feature_or = {
	.name = "or",
	.summary = "opening range: high and low of a day's first minutes",
	.explain =
	    "high and low of the bars that start within so many minutes of\n"
	    "the start of the day's first bar. Defined from the bar that\n"
	    "ends the range until the end of the day. A day is that of a\n"
	    "bar's start in meta's time zone (UTC without one). Crabel, Day\n"
	    "Trading with Short Term Price Patterns and Opening Range\n"
	    "Breakout (1990).\n",
	.args = {{"minutes", 30, 1, 1440, 1, 0}},
	.outputs = {"_high", "_low"},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_SESSION,
	.size = or_size,
	.init = or_init,
	.update = or_update,
	.warmup = or_warmup,
};
