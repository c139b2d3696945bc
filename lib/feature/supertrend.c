/* SPDX-License-Identifier: MIT */
/* Supertrend: a trailing line of k average true ranges that turns when the
 * close passes it (Seban). */
#include "feature/range.h"

struct supertrend {
	struct range_atr atr;
	double k, upper, lower, close;
	int64_t direction; /* 0: not begun */
};

static void
supertrend_lines(struct supertrend *t, double middle, double reach)
{
	double upper = middle + reach, lower = middle - reach;
	if (t->direction == 0 || upper < t->upper || t->close > t->upper)
		t->upper = upper;
	if (t->direction == 0 || lower > t->lower || t->close < t->lower)
		t->lower = lower;
}

static size_t
supertrend_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct supertrend);
}

static void
supertrend_init(void *state, const struct feature_spec *spec)
{
	struct supertrend *t = state;
	range_atr_init(&t->atr, feature_period(spec, 0));
	t->k = spec->arg[1];
}

static void
supertrend_update(void *state, const struct feature_input *in, double *out)
{
	struct supertrend *t = state;
	double atr;
	out[0] = out[1] = NAN;
	if (!range_is_known(in))
		return;
	atr = range_atr_add(&t->atr, in);
	if (!isfinite(atr))
		return;
	supertrend_lines(t, (in->high + in->low) / 2, t->k * atr);
	if (t->direction == 0)
		t->direction = 1;
	else if (t->direction > 0 && in->close < t->lower)
		t->direction = -1;
	else if (t->direction < 0 && in->close > t->upper)
		t->direction = 1;
	t->close = in->close;
	out[0] = t->direction > 0 ? t->lower : t->upper;
	out[1] = (double)t->direction;
}

static int
supertrend_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_supertrend = {
	.name = "supertrend",
	.summary = "Supertrend line and direction",
	.explain =
	    "b = (high + low) / 2 +- k atr(n). The upper line only falls\n"
	    "and the lower only rises, until the close before has passed\n"
	    "it. direction is 1 while the close holds the lower line, which\n"
	    "is then the value, and -1 while it holds below the upper.\n"
	    "Begins with 1. Defined from bar n + 1 on. Seban.\n",
	.args = {{"period", 10, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"k", 3, 0, 1000, 0, 0}},
	.outputs = {"", "_direction"},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = supertrend_size,
	.init = supertrend_init,
	.update = supertrend_update,
	.warmup = supertrend_warmup,
};
