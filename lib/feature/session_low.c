/* SPDX-License-Identifier: MIT */
/* The lowest low of the day so far. */
#include "feature/feature.h"

struct session_low {
	int64_t session;
	double low;
};

static size_t
session_low_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct session_low);
}

static void
session_low_init(void *state, const struct feature_spec *spec)
{
	struct session_low *s = state;
	(void)spec;
	s->session = INT64_MIN;
}

static void
session_low_update(void *state, const struct feature_input *in, double *out)
{
	struct session_low *s = state;
	out[0] = NAN;
	if (!isfinite(in->low))
		return;
	if (s->session != in->session || in->low < s->low)
		s->low = in->low;
	s->session = in->session;
	out[0] = s->low;
}

static int
session_low_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 1;
}

const struct feature feature_session_low = {
	.name = "session_low",
	.summary = "lowest low of the day so far",
	.explain =
	    "session_low = the lowest low of the bars of the day so far, this\n"
	    "one included. A day is that of the bar's start in meta's time\n"
	    "zone (UTC without one). Defined from the first bar on.\n",
	.outputs = {""},
	.inputs = FEATURE_LOW | FEATURE_SESSION,
	.size = session_low_size,
	.init = session_low_init,
	.update = session_low_update,
	.warmup = session_low_warmup,
};
