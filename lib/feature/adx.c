/* SPDX-License-Identifier: MIT */
/* Average directional index and the directional indicators (Wilder, New
 * Concepts in Technical Trading Systems, 1978). */
#include "feature/range.h"

struct adx {
	uint32_t n, seed; /* values that a running sum begins with */
	uint32_t len, has_before;
	double high, low, close; /* of the bar before */
	double range, plus, minus; /* running sums */
	struct average adx;
};

static void
adx_sums(struct adx *a, double range, double plus, double minus)
{
	if (a->len >= a->seed) {
		a->range -= a->range / a->n;
		a->plus -= a->plus / a->n;
		a->minus -= a->minus / a->n;
	}
	a->range += range;
	a->plus += plus;
	a->minus += minus;
	a->len += a->len < a->n;
}

static size_t
adx_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct adx);
}

static void
adx_init(void *state, const struct feature_spec *spec)
{
	struct adx *a = state;
	a->n = feature_period(spec, 0);
	a->seed = a->n - (spec->seed_talib ? 1 : 0);
	average_init_wilder(&a->adx, a->n);
}

static void
adx_update(void *state, const struct feature_input *in, double *out)
{
	struct adx *a = state;
	double up = in->high - a->high, down = a->low - in->low;
	double before = a->close;
	out[0] = out[1] = out[2] = NAN;
	if (!range_is_known(in))
		return;
	a->high = in->high;
	a->low = in->low;
	a->close = in->close;
	if (!a->has_before) {
		a->has_before = 1;
		return;
	}
	adx_sums(a, range_true(in, before), up > down && up > 0 ? up : 0,
	    down > up && down > 0 ? down : 0);
	if (a->len < a->n || !(a->range > 0))
		return;
	out[1] = 100 * (a->plus / a->range);
	out[2] = 100 * (a->minus / a->range);
	if (out[1] + out[2] > 0)
		out[0] = average_add(&a->adx,
		    100 * (fabs(out[1] - out[2]) / (out[1] + out[2])));
}

static int
adx_warmup(const struct feature_spec *spec)
{
	return 2 * (int)feature_period(spec, 0);
}

const struct feature feature_adx = {
	.name = "adx",
	.summary = "average directional index, +DI, -DI (Wilder)",
	.explain =
	    "+dm = rise of the high if above 0 and above the fall of the\n"
	    "low, else 0; -dm the mirror image. plus_di = 100 s(+dm) /\n"
	    "s(true range), minus_di the same of -dm, s Wilder's running\n"
	    "sum s - s/n + x, begun with the sum of the first n. adx =\n"
	    "Wilder's average of dx = 100 |plus - minus| / (plus + minus),\n"
	    "begun with the mean of the first n dx. The DIs are defined\n"
	    "from bar n + 1 on, adx from bar 2n on. With seed=talib the\n"
	    "sums begin with n - 1 values, as TA-Lib's. No range: null. No\n"
	    "movement either way: adx is null and passes over the bar.\n",
	.args = {{"period", 14, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {"", "_plus_di", "_minus_di"},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.has_talib = 1,
	.size = adx_size,
	.init = adx_init,
	.update = adx_update,
	.warmup = adx_warmup,
};
