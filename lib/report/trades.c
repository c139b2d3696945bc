/* SPDX-License-Identifier: MIT */
/* Closed round trips: their number, the share of them with a net profit, and
 * the best, worst and mean net return on what was paid at entry. */
#include "report/statistic.h"

static const char no_trade[] = "no closed trade";

static struct statistic_value
trades(const struct report *r)
{
	return value_int(r->tally.n);
}

static struct statistic_value
win_rate(const struct report *r)
{
	if (r->tally.n == 0)
		return value_null(no_trade);
	return value_real((double)r->tally.wins / (double)r->tally.n);
}

static struct statistic_value
best(const struct report *r)
{
	return r->tally.returns == 0 ? value_null(no_trade)
				     : value_real(r->tally.best);
}

static struct statistic_value
worst(const struct report *r)
{
	return r->tally.returns == 0 ? value_null(no_trade)
				     : value_real(r->tally.worst);
}

static struct statistic_value
average(const struct report *r)
{
	if (r->tally.returns == 0)
		return value_null(no_trade);
	return value_real(r->tally.return_sum / (double)r->tally.returns);
}

const struct statistic statistic_trades = {
    "trades", "Trades", GROUP_TRADE, UNIT_COUNT, trades};
const struct statistic statistic_win_rate = {
    "win_rate", "Win rate", GROUP_TRADE, UNIT_PERCENT, win_rate};
const struct statistic statistic_best_trade = {
    "best_trade", "Best trade", GROUP_TRADE, UNIT_PERCENT, best};
const struct statistic statistic_worst_trade = {
    "worst_trade", "Worst trade", GROUP_TRADE, UNIT_PERCENT, worst};
const struct statistic statistic_avg_trade = {
    "avg_trade", "Avg. trade", GROUP_TRADE, UNIT_PERCENT, average};
