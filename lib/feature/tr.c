/* SPDX-License-Identifier: MIT */
/* True range: the range of the bar widened to the close before it (Wilder,
 * 1978). */
#include "feature/range.h"

struct tr {
	double close; /* of the bar before */
	uint64_t has_close;
};

static size_t
tr_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct tr);
}

static void
tr_init(void *state, const struct feature_spec *spec)
{
	(void)state;
	(void)spec;
}

static void
tr_update(void *state, const struct feature_input *in, double *out)
{
	struct tr *t = state;
	out[0] = NAN;
	if (!range_is_known(in))
		return;
	if (t->has_close)
		out[0] = range_true(in, t->close);
	t->close = in->close;
	t->has_close = 1;
}

static int
tr_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 2;
}

const struct feature feature_tr = {
	.name = "tr",
	.summary = "true range",
	.explain =
	    "tr = the largest of high - low, |high - close[1]| and |low -\n"
	    "close[1]|. Defined from bar 2 on: the first bar has no close\n"
	    "before it. Wilder, New Concepts in Technical Trading Systems\n"
	    "(1978).\n",
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW | FEATURE_CLOSE,
	.size = tr_size,
	.init = tr_init,
	.update = tr_update,
	.warmup = tr_warmup,
};
