/* SPDX-License-Identifier: MIT */
/* Historical value at risk: the 5 % quantile of daily returns; and the expected
 * shortfall beyond it, mean(r where r <= VaR). Both are returns: negative. */
#include "report/statistic.h"

static struct statistic_value
var_95(const struct report *r)
{
	const char *why = statistic_no_returns(r, 2);

	if (why != NULL)
		return value_null(why);
	return value_real(returns_quantile(&r->returns, 0.05));
}

static struct statistic_value
cvar_95(const struct report *r)
{
	const char *why = statistic_no_returns(r, 2);
	double var, sum = 0;
	size_t n = 0;

	if (why != NULL)
		return value_null(why);
	var = returns_quantile(&r->returns, 0.05);
	/* The lowest return is always there, whatever rounding did to var. */
	do
		sum += r->returns.sorted[n++];
	while (n < r->returns.n && r->returns.sorted[n] <= var);
	return value_real(sum / (double)n);
}

const struct statistic statistic_var_95 = {
    "var_95", "VaR 95 % a day", GROUP_RISK, UNIT_PERCENT, var_95};
const struct statistic statistic_cvar_95 = {
    "cvar_95", "CVaR 95 % a day", GROUP_RISK, UNIT_PERCENT, cvar_95};
