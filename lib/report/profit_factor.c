/* SPDX-License-Identifier: MIT */
/* Profit factor: sum of the net profit of the trades that won / sum of the net
 * loss of those that lost, in money. */
#include "report/statistic.h"

static struct statistic_value
profit_factor(const struct report *r)
{
	if (r->tally.n == 0)
		return value_null("no closed trade");
	if (r->tally.losses == 0)
		return value_null("no losing trade");
	return value_real(
	    money_to_double(r->tally.profit) / -money_to_double(r->tally.loss));
}

const struct statistic statistic_profit_factor = {
    "profit_factor", "Profit factor", GROUP_TRADE, UNIT_RATIO, profit_factor};
