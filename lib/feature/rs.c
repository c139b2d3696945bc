/* SPDX-License-Identifier: MIT */
/* Relative strength to a benchmark: how the ratio of two series changed. */
#include "feature/feature.h"
#include "feature/window.h"

static size_t
rs_size(const struct feature_spec *spec)
{
	return window_ring_size(feature_period(spec, 0));
}

static void
rs_init(void *state, const struct feature_spec *spec)
{
	window_ring_init(state, feature_period(spec, 0));
}

static void
rs_update(void *state, const struct feature_input *in, double *out)
{
	double ratio = in->src / in->with, before, change;
	out[0] = NAN;
	if (!isfinite(in->with) || !isfinite(ratio) || ratio == 0)
		return;
	before = window_ring_add(state, ratio);
	change = 100 * (ratio / before - 1);
	if (isfinite(change))
		out[0] = change;
}

static int
rs_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_rs = {
	.name = "rs",
	.summary = "relative strength to a benchmark symbol, percent",
	.explain =
	    "rs = 100 ((x / y) / (x[n] / y[n]) - 1): by how much x did\n"
	    "better than y over n bars; x the close or src=FIELD, y the same\n"
	    "field of the bar that symbol=SYMBOL has in this instant at this\n"
	    "span. Defined from bar n + 1 on; an instant without such a bar,\n"
	    "or with a value of 0, gives null and is passed over. Levy,\n"
	    "Relative strength as a criterion for investment selection, J.\n"
	    "of Finance 22 (1967).\n",
	.args = {{"period", 20, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC | FEATURE_WITH | FEATURE_PAIR,
	.size = rs_size,
	.init = rs_init,
	.update = rs_update,
	.warmup = rs_warmup,
};
