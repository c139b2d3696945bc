/* SPDX-License-Identifier: MIT */
/* A value less the mean of the symbols of its instant. */
#include "feature/across.h"

static void
xdemean_across(const double *x, const double *sorted, size_t n, double *out)
{
	double mean = across_mean(sorted, n);
	size_t i;
	for (i = 0; i < n; i++)
		out[i] = x[i] - mean;
}

const struct feature feature_xdemean = {
	.name = "xdemean",
	.summary = "value less the mean of all symbols of the instant",
	.explain =
	    "xdemean = x - mean(x) over the bars of this instant at this\n"
	    "span that have x, the close or src=FIELD. 0 when it is alone.\n"
	    "Defined from the first bar on; attached when the instant is\n"
	    "complete.\n",
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.across = xdemean_across,
	.warmup = across_warmup,
};
