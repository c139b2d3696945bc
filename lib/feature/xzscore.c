/* SPDX-License-Identifier: MIT */
/* Standard score of a value among the symbols of its instant. */
#include "feature/across.h"

static void
xzscore_across(const double *x, const double *sorted, size_t n, double *out)
{
	double mean = across_mean(sorted, n), squares = 0, score;
	size_t i;
	for (i = 0; i < n; i++)
		squares += (sorted[i] - mean) * (sorted[i] - mean);
	for (i = 0; i < n; i++) {
		score = (x[i] - mean) / sqrt(squares / (double)n);
		out[i] = squares > 0 && isfinite(score) ? score : NAN;
	}
}

const struct feature feature_xzscore = {
	.name = "xzscore",
	.summary = "standard score among all symbols of the instant",
	.explain =
	    "xzscore = (x - mean(x)) / sd(x) over the bars of this instant\n"
	    "at this span that have x, the close or src=FIELD; sd of the\n"
	    "population. Null when all are equal, or it is alone. Attached\n"
	    "when the instant is complete.\n",
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.across = xzscore_across,
	.warmup = across_warmup,
};
