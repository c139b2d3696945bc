/* SPDX-License-Identifier: MIT */
/* On-balance volume (Granville, 1963). */
#include "feature/feature.h"

struct obv {
	double close, sum;
	uint32_t has_close, counts_first;
};

static size_t
obv_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct obv);
}

static void
obv_init(void *state, const struct feature_spec *spec)
{
	struct obv *o = state;
	o->counts_first = spec->seed_talib != 0;
}

static void
obv_update(void *state, const struct feature_input *in, double *out)
{
	struct obv *o = state;
	out[0] = NAN;
	if (!isfinite(in->close) || !isfinite(o->sum + in->volume))
		return;
	if (!o->has_close)
		o->sum = o->counts_first ? in->volume : 0;
	else if (in->close > o->close)
		o->sum += in->volume;
	else if (in->close < o->close)
		o->sum -= in->volume;
	o->close = in->close;
	o->has_close = 1;
	out[0] = o->sum;
}

static int
obv_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 1;
}

const struct feature feature_obv = {
	.name = "obv",
	.summary = "on-balance volume",
	.explain =
	    "obv = obv[1] + volume if the close rose, - volume if it fell,\n"
	    "else obv[1]. Begins with 0 on bar 1; with seed=talib with that\n"
	    "bar's volume, as TA-Lib and LEAN. Granville, New Key to Stock\n"
	    "Market Profits (1963).\n",
	.outputs = {""},
	.inputs = FEATURE_CLOSE | FEATURE_VOLUME,
	.has_talib = 1,
	.size = obv_size,
	.init = obv_init,
	.update = obv_update,
	.warmup = obv_warmup,
};
