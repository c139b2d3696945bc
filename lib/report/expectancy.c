/* SPDX-License-Identifier: MIT */
/* Expectancy: mean net profit of a trade, in money (avg_trade is the same as a
 * return). The sum is exact. */
#include "report/statistic.h"

static struct statistic_value
expectancy(const struct report *r)
{
	struct money sum;

	if (r->tally.n == 0)
		return value_null("no closed trade");
	if (money_add(r->tally.profit, r->tally.loss, &sum) < 0)
		return value_null("too large to be a number");
	return value_real(money_to_double(sum) / (double)r->tally.n);
}

const struct statistic statistic_expectancy = {
    "expectancy", "Expectancy", GROUP_TRADE, UNIT_MONEY, expectancy};
