/* SPDX-License-Identifier: MIT */
/* Steps between the starts of bars of the same symbol. */
#include "feed/steps.h"

#include <stdlib.h>

#include "base/time.h"

static const int64_t standard_spans[] = {
	TIME_MINUTE, 5 * TIME_MINUTE, 15 * TIME_MINUTE, 30 * TIME_MINUTE,
	TIME_HOUR, 4 * TIME_HOUR, TIME_DAY,
};

enum { SPANS = sizeof standard_spans / sizeof *standard_spans };

int
steps_are_midnights(const struct item *items, int n)
{
	for (int i = 0; i < n; i++)
		if (items[i].time % TIME_DAY != 0)
			return 0;
	return 1;
}

/* The step from the symbol's row before, or 0; the newest may come first. */
static int64_t
step_to(const struct item *items, int i)
{
	for (int k = i - 1; k >= 0; k--)
		if (items[k].symbol == items[i].symbol)
			return llabs(items[i].time - items[k].time);
	return 0;
}

static int
divides(int64_t span, int64_t step)
{
	int64_t rest = step % span;

	return rest == 0 || (span == TIME_DAY && step >= TIME_DAY - TIME_HOUR
	    && (rest == TIME_HOUR || rest == TIME_DAY - TIME_HOUR));
}

int64_t
steps_common(const struct item *items, int n)
{
	int count[SPANS] = { 0 }, best = 0;

	for (int i = 1; i < n; i++) {
		int64_t step = step_to(items, i);

		for (int k = 0; k < SPANS; k++)
			count[k] += step == standard_spans[k];
	}
	for (int k = 1; k < SPANS; k++)
		if (count[k] > count[best])
			best = k;
	if (count[best] == 0)
		return 0;
	for (int i = 1; i < n; i++)
		if (!divides(standard_spans[best], step_to(items, i)))
			return 0;
	return standard_spans[best];
}
