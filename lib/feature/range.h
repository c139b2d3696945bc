/* SPDX-License-Identifier: MIT */
/* What several features make of a bar's high, low and close. */
#ifndef TAPE_RANGE_H
#define TAPE_RANGE_H

#include <math.h>

#include "feature/average.h"
#include "feature/feature.h"

static inline int
range_is_known(const struct feature_input *in)
{
	return isfinite(in->high) && isfinite(in->low) && isfinite(in->close);
}

static inline double
range_typical(const struct feature_input *in)
{
	return (in->high + in->low + in->close) / 3;
}

/* Wilder's true range: the bar's range widened to the close before it. */
static inline double
range_true(const struct feature_input *in, double before)
{
	double range = in->high - in->low;
	double up = fabs(in->high - before), down = fabs(in->low - before);
	if (up > range)
		range = up;
	return down > range ? down : range;
}

/* Average true range: Wilder's average of the true range, which the first bar
 * does not have. */
struct range_atr {
	struct average average;
	double close; /* of the bar before */
	uint64_t has_close;
};

static inline void
range_atr_init(struct range_atr *a, uint32_t n)
{
	average_init_wilder(&a->average, n);
}

/* Takes a bar whose high, low and close are known; NAN until n + 1 bars are
 * there. */
static inline double
range_atr_add(struct range_atr *a, const struct feature_input *in)
{
	double before = a->close;
	a->close = in->close;
	if (!a->has_close) {
		a->has_close = 1;
		return NAN;
	}
	return average_add(&a->average, range_true(in, before));
}

#endif
