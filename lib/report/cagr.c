/* SPDX-License-Identifier: MIT */
/* Compound annual growth rate: (E_end / E_0)^(1 / years) - 1, years of 365.25
 * days between the first and the last account record. */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
cagr(const struct report *r)
{
	double years = report_days(r) / 365.25;

	if (r->accounts < 2 || years <= 0)
		return value_null("no time passed");
	if (money_sign(r->equity_start) <= 0)
		return value_null("the equity began at zero or below");
	if (money_sign(r->equity_final) < 0)
		return value_null("the equity ended below zero");
	return value_real(pow(money_to_double(r->equity_final) /
				  money_to_double(r->equity_start),
			      1 / years) -
			  1);
}

const struct statistic statistic_cagr = {
    "cagr", "CAGR", GROUP_RESULT, UNIT_PERCENT, cagr};
