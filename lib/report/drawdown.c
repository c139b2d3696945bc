/* SPDX-License-Identifier: MIT */
/* drawdown = equity / highest equity so far - 1. One drawdown lasts from a peak
 * to the first value that is at or above it again. */
#include "report/drawdown.h"

#include <math.h>

static void
recover(struct drawdown *d, double equity, int64_t time)
{
	if (d->depth < 0) {
		d->depth_sum += d->depth;
		d->ended++;
		if (time - d->peak_time > d->longest)
			d->longest = time - d->peak_time;
	}
	d->depth = 0;
	d->peak = equity;
	d->peak_time = time;
}

double
drawdown_add(struct drawdown *d, double equity, int64_t time)
{
	double dd;

	d->last_time = time;
	if (!d->is_started && equity <= 0) {
		d->is_undefined = 1;
		return NAN;
	}
	if (!d->is_started || equity >= d->peak) {
		d->is_started = 1;
		recover(d, equity, time);
		return 0;
	}
	dd = (equity - d->peak) / d->peak;
	if (dd < d->depth)
		d->depth = dd;
	if (dd < d->worst)
		d->worst = dd;
	return dd;
}

double
drawdown_mean(const struct drawdown *d)
{
	int64_t n = d->ended + (d->depth < 0);

	return n == 0 ? (double)NAN : (d->depth_sum + d->depth) / (double)n;
}

int64_t
drawdown_longest(const struct drawdown *d)
{
	int64_t now = d->depth < 0 ? d->last_time - d->peak_time : 0;

	return now > d->longest ? now : d->longest;
}
