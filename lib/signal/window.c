/* SPDX-License-Identifier: MIT */
/* The highest of a moving window, as a monotonic queue (Lemire, "Streaming
 * maximum-minimum filter", 2006). */
#include "signal/code.h"

enum { HEAD, COUNT, RUN, QUEUE };

static union word *
entry(union word *w, int32_t n, int64_t i)
{
	int64_t at = w[HEAD].i + i;
	return w + QUEUE + 2 * (at < n ? at : at - n);
}

double
window_highest(union word *w, int32_t n, double x, int64_t bar)
{
	if (isnan(x)) {
		w[COUNT].i = w[RUN].i = 0;
		return NAN;
	}
	if (w[COUNT].i > 0 && entry(w, n, 0)[1].i <= bar - n) {
		w[HEAD].i = w[HEAD].i + 1 < n ? w[HEAD].i + 1 : 0;
		w[COUNT].i--;
	}
	while (w[COUNT].i > 0 && entry(w, n, w[COUNT].i - 1)->x <= x)
		w[COUNT].i--;
	union word *last = entry(w, n, w[COUNT].i++);
	last[0].x = x;
	last[1].i = bar;
	return ++w[RUN].i >= n ? entry(w, n, 0)->x : NAN;
}
