/* SPDX-License-Identifier: MIT */
/* The highest high of the day so far. */
#include "feature/feature.h"

struct session_high {
	int64_t session;
	double high;
};

static size_t
session_high_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct session_high);
}

static void
session_high_init(void *state, const struct feature_spec *spec)
{
	struct session_high *s = state;
	(void)spec;
	s->session = INT64_MIN;
}

static void
session_high_update(void *state, const struct feature_input *in, double *out)
{
	struct session_high *s = state;
	out[0] = NAN;
	if (!isfinite(in->high))
		return;
	if (s->session != in->session || in->high > s->high)
		s->high = in->high;
	s->session = in->session;
	out[0] = s->high;
}

static int
session_high_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 1;
}

const struct feature feature_session_high = {
	.name = "session_high",
	.summary = "highest high of the day so far",
	.explain =
	    "session_high = the highest high of the bars of the day so far, this\n"
	    "one included. A day is that of the bar's start in meta's time\n"
	    "zone (UTC without one). Defined from the first bar on.\n",
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_SESSION,
	.size = session_high_size,
	.init = session_high_init,
	.update = session_high_update,
	.warmup = session_high_warmup,
};
