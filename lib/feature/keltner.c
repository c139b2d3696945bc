/* SPDX-License-Identifier: MIT */
/* Keltner channel: an EMA of the close and k average true ranges on either
 * side (Keltner, 1960; in the form of Raschke). */
#include "feature/range.h"

struct keltner {
	struct average ema;
	struct range_atr atr;
	double k;
};

static size_t
keltner_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct keltner);
}

static void
keltner_init(void *state, const struct feature_spec *spec)
{
	struct keltner *k = state;
	average_init_ema(&k->ema, feature_period(spec, 0));
	range_atr_init(&k->atr, feature_period(spec, 1));
	k->k = spec->arg[2];
}

static void
keltner_update(void *state, const struct feature_input *in, double *out)
{
	struct keltner *k = state;
	double reach;
	out[0] = out[1] = out[2] = NAN;
	if (!range_is_known(in))
		return;
	out[1] = average_add(&k->ema, in->close);
	reach = k->k * range_atr_add(&k->atr, in);
	out[0] = out[1] + reach;
	out[2] = out[1] - reach;
}

static int
keltner_warmup(const struct feature_spec *spec)
{
	return (int)fmax(spec->arg[0], spec->arg[1] + 1);
}

const struct feature feature_keltner = {
	.name = "keltner",
	.summary = "Keltner channel: EMA of the close, ATR, factor",
	.explain =
	    "middle = ema(close, n); upper, lower = middle +- k atr(m).\n"
	    "Seeds as those of ema and atr. Defined from bar max(n, m + 1)\n"
	    "on. Keltner (1960), in Raschke's form.\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"atr", 10, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"k", 2, 0, 1000, 0, 0}},
	.outputs = {"_upper", "_middle", "_lower"},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = keltner_size,
	.init = keltner_init,
	.update = keltner_update,
	.warmup = keltner_warmup,
};
