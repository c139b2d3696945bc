/* SPDX-License-Identifier: MIT */
/* Annual volatility: sd(r) * sqrt(P); r daily returns, sd with n - 1, P periods
 * per year. */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
volatility(const struct report *r)
{
	const char *why = statistic_no_returns(r, 2);

	if (why != NULL)
		return value_null(why);
	return value_real(r->returns.sd * sqrt(r->periods));
}

const struct statistic statistic_volatility = {
    "volatility", "Volatility a year", GROUP_RISK, UNIT_PERCENT, volatility};
