/* SPDX-License-Identifier: MIT */
/* Sharpe ratio: mean(r) / sd(r) * sqrt(P), sd with n - 1, no risk-free rate.
 * W. F. Sharpe, The Journal of Portfolio Management 21 (1994). */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
sharpe(const struct report *r)
{
	const char *why = statistic_no_deviation(r, 2);

	if (why != NULL)
		return value_null(why);
	return value_real(r->returns.mean / r->returns.sd * sqrt(r->periods));
}

const struct statistic statistic_sharpe = {
    "sharpe", "Sharpe ratio", GROUP_RATIO, UNIT_RATIO, sharpe};
