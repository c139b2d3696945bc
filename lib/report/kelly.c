/* SPDX-License-Identifier: MIT */
/* Kelly fraction: W - (1 - W) / (mean win / mean loss), W the win rate, means
 * in money. J. L. Kelly, Bell System Technical Journal 35 (1956). */
#include "report/statistic.h"

static struct statistic_value
kelly(const struct report *r)
{
	const struct tally *t = &r->tally;
	double rate, win, loss;

	if (t->n == 0)
		return value_null("no closed trade");
	if (t->wins == 0)
		return value_null("no winning trade");
	if (t->losses == 0)
		return value_null("no losing trade");
	rate = (double)t->wins / (double)t->n;
	win = money_to_double(t->profit) / (double)t->wins;
	loss = -money_to_double(t->loss) / (double)t->losses;
	return value_real(rate - (1 - rate) / (win / loss));
}

const struct statistic statistic_kelly = {
    "kelly", "Kelly fraction", GROUP_TRADE, UNIT_PERCENT, kelly};
