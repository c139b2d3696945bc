/* SPDX-License-Identifier: MIT */
/* Sortino ratio: mean(r) / sqrt(mean(min(r, 0)^2)) * sqrt(P), over all returns.
 * F. A. Sortino and L. N. Price, The Journal of Investing 3 (1994). */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
sortino(const struct report *r)
{
	const char *why = statistic_no_returns(r, 2);
	double downside;

	if (why != NULL)
		return value_null(why);
	downside = returns_downside(&r->returns);
	if (downside <= 0)
		return value_null("no daily return is below zero");
	return value_real(r->returns.mean / downside * sqrt(r->periods));
}

const struct statistic statistic_sortino = {
    "sortino", "Sortino ratio", GROUP_RATIO, UNIT_RATIO, sortino};
