/* SPDX-License-Identifier: MIT */
/* Open, high, low and close of the day before. */
#include "feature/feature.h"

enum { OPEN, HIGH, LOW, CLOSE, PRICES };

struct prev_day {
	int64_t session;
	double today[PRICES], before[PRICES]; /* NAN: no such day */
};

static size_t
prev_day_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct prev_day);
}

static void
prev_day_init(void *state, const struct feature_spec *spec)
{
	struct prev_day *p = state;
	int i;
	(void)spec;
	p->session = INT64_MIN;
	for (i = 0; i < PRICES; i++)
		p->today[i] = p->before[i] = NAN;
}

static void
prev_day_begin(struct prev_day *p, const struct feature_input *in)
{
	int i;
	for (i = 0; i < PRICES; i++)
		p->before[i] = p->today[i];
	p->session = in->session;
	p->today[OPEN] = in->open;
	p->today[HIGH] = in->high;
	p->today[LOW] = in->low;
}

static void
prev_day_update(void *state, const struct feature_input *in, double *out)
{
	struct prev_day *p = state;
	int i, is_known = isfinite(in->open) && isfinite(in->high) &&
	    isfinite(in->low) && isfinite(in->close);
	if (is_known && p->session != in->session)
		prev_day_begin(p, in);
	if (is_known) {
		p->today[HIGH] = fmax(p->today[HIGH], in->high);
		p->today[LOW] = fmin(p->today[LOW], in->low);
		p->today[CLOSE] = in->close;
	}
	for (i = 0; i < PRICES; i++)
		out[i] = is_known ? p->before[i] : NAN;
}

static int
prev_day_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 0;
}

const struct feature feature_prev_day = {
	.name = "prev_day",
	.summary = "open, high, low and close of the day before",
	.explain =
	    "The first open, highest high, lowest low and last close of the\n"
	    "last day before this bar's that has bars. A day is that of a\n"
	    "bar's start in meta's time zone (UTC without one). Defined\n"
	    "from the first bar of the second day on.\n",
	.outputs = {"_open", "_high", "_low", "_close"},
	.inputs = FEATURE_OPEN | FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE |
	    FEATURE_SESSION,
	.size = prev_day_size,
	.init = prev_day_init,
	.update = prev_day_update,
	.warmup = prev_day_warmup,
};
