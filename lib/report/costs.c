/* SPDX-License-Identifier: MIT */
/* Fees of all fills, and turnover: value of all fills, bought and sold, / mean
 * equity, over the whole run. */
#include "report/statistic.h"

static struct statistic_value
fees(const struct report *r)
{
	return value_money(r->fees);
}

static struct statistic_value
turnover(const struct report *r)
{
	if (r->accounts == 0)
		return value_null("no account record");
	if (!(r->mean_equity > 0))
		return value_null("the mean equity is zero or below");
	return value_real(money_to_double(r->traded) / r->mean_equity);
}

const struct statistic statistic_fees = {
    "fees", "Fees", GROUP_RESULT, UNIT_MONEY, fees};
const struct statistic statistic_turnover = {
    "turnover", "Turnover", GROUP_RESULT, UNIT_RATIO, turnover};
