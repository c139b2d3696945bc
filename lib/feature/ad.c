/* SPDX-License-Identifier: MIT */
/* Accumulation and distribution: the running sum of money flow (Chaikin). */
#include "feature/flow.h"

struct ad {
	double sum;
};

static size_t
ad_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct ad);
}

static void
ad_init(void *state, const struct feature_spec *spec)
{
	(void)state;
	(void)spec;
}

static void
ad_update(void *state, const struct feature_input *in, double *out)
{
	struct ad *a = state;
	double sum = a->sum + flow_of(in);
	out[0] = isfinite(sum) ? (a->sum = sum) : NAN;
}

static int
ad_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 1;
}

const struct feature feature_ad = {
	.name = "ad",
	.summary = "accumulation/distribution line",
	.explain =
	    "ad = ad[1] + volume ((close - low) - (high - close)) / (high -\n"
	    "low), from 0; a bar whose high is its low adds nothing.\n"
	    "Defined from bar 1 on. Chaikin.\n",
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE | FEATURE_VOLUME,
	.size = ad_size,
	.init = ad_init,
	.update = ad_update,
	.warmup = ad_warmup,
};
