/* SPDX-License-Identifier: MIT */
/* Equity at the first account record (E_0), at the last and at its highest, and
 * the return from first to last, E_end / E_0 - 1. */
#include "report/statistic.h"

static struct statistic_value
level(const struct report *r, struct money m)
{
	return r->accounts == 0 ? value_null("no account record")
				: value_money(m);
}

static struct statistic_value
equity_start(const struct report *r)
{
	return level(r, r->equity_start);
}

static struct statistic_value
equity_final(const struct report *r)
{
	return level(r, r->equity_final);
}

static struct statistic_value
equity_peak(const struct report *r)
{
	return level(r, r->equity_peak);
}

static struct statistic_value
total_return(const struct report *r)
{
	struct money gain;

	if (r->accounts == 0)
		return value_null("no account record");
	if (money_sign(r->equity_start) <= 0)
		return value_null("the equity began at zero or below");
	if (money_sub(r->equity_final, r->equity_start, &gain) < 0)
		return value_null("too large to be a number");
	return value_real(
	    money_to_double(gain) / money_to_double(r->equity_start));
}

const struct statistic statistic_equity_start = {
    "equity_start", "Equity at start", GROUP_RESULT, UNIT_MONEY, equity_start};
const struct statistic statistic_equity_final = {
    "equity_final", "Equity at end", GROUP_RESULT, UNIT_MONEY, equity_final};
const struct statistic statistic_equity_peak = {
    "equity_peak", "Equity peak", GROUP_RESULT, UNIT_MONEY, equity_peak};
const struct statistic statistic_return = {
    "return", "Return", GROUP_RESULT, UNIT_PERCENT, total_return};
