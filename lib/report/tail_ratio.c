/* SPDX-License-Identifier: MIT */
/* Tail ratio: |95 % quantile / 5 % quantile| of daily returns. */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
tail_ratio(const struct report *r)
{
	const char *why = statistic_no_returns(r, 2);
	double low;

	if (why != NULL)
		return value_null(why);
	low = returns_quantile(&r->returns, 0.05);
	if (fabs(low) <= 0)
		return value_null("the 5 % quantile of daily returns is zero");
	return value_real(fabs(returns_quantile(&r->returns, 0.95) / low));
}

const struct statistic statistic_tail_ratio = {
    "tail_ratio", "Tail ratio", GROUP_RATIO, UNIT_RATIO, tail_ratio};
