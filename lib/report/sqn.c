/* SPDX-License-Identifier: MIT */
/* System quality number: sqrt(n) * mean(p) / sd(p); p net profits of trades, sd
 * with n - 1. V. K. Tharp, Definitive Guide to Position Sizing (2008). */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
sqn(const struct report *r)
{
	double sd;

	if (r->tally.n < 2)
		return value_null("fewer than two closed trades");
	sd = tally_sd(&r->tally);
	if (sd <= 1e-12 * fabs(r->tally.mean))
		return value_null("all trades have the same profit");
	return value_real(sqrt((double)r->tally.n) * r->tally.mean / sd);
}

const struct statistic statistic_sqn = {
    "sqn", "SQN", GROUP_TRADE, UNIT_RATIO, sqn};
