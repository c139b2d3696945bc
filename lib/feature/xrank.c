/* SPDX-License-Identifier: MIT */
/* Rank of a value among the symbols of its instant. */
#include "feature/across.h"

/* How many of the sorted values are below x, or not above it. */
static size_t
count_below(const double *sorted, size_t n, double x, int or_equal)
{
	size_t lo = 0, mid;
	while (n > lo) {
		mid = lo + (n - lo) / 2;
		if (sorted[mid] < x || (or_equal && sorted[mid] == x))
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

static void
xrank_across(const double *x, const double *sorted, size_t n, double *out)
{
	double below, equal;
	size_t i;
	for (i = 0; i < n; i++) {
		below = (double)count_below(sorted, n, x[i], 0);
		equal = (double)count_below(sorted, n, x[i], 1) - below - 1;
		out[i] = n > 1 ? (below + equal / 2) / (double)(n - 1) : NAN;
	}
}

const struct feature feature_xrank = {
	.name = "xrank",
	.summary = "rank among all symbols of the instant, 0 to 1",
	.explain =
	    "xrank = (others below + half of the others equal) / (m - 1)\n"
	    "over the m bars of this instant at this span that have x, the\n"
	    "close or src=FIELD: 0 the lowest, 1 the highest. Null when it\n"
	    "is alone. Attached when the instant is complete.\n",
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.across = xrank_across,
	.warmup = across_warmup,
};
