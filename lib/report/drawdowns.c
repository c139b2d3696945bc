/* SPDX-License-Identifier: MIT */
/* Drawdowns over all account records, E_0 included: the deepest, the mean of
 * their depths, and the longest from peak to recovery (or to the end). */
#include <math.h>

#include "base/time.h"
#include "report/statistic.h"

static const char *
undefined(const struct report *r)
{
	if (r->accounts == 0)
		return "no account record";
	return r->drawdown.is_undefined ? "the equity began at zero or below"
					: NULL;
}

static struct statistic_value
max_drawdown(const struct report *r)
{
	const char *why = undefined(r);

	return why != NULL ? value_null(why) : value_real(r->drawdown.worst);
}

static struct statistic_value
avg_drawdown(const struct report *r)
{
	const char *why = undefined(r);
	double mean;

	if (why != NULL)
		return value_null(why);
	mean = drawdown_mean(&r->drawdown);
	return isnan(mean) ? value_null("no drawdown") : value_real(mean);
}

static struct statistic_value
max_drawdown_days(const struct report *r)
{
	const char *why = undefined(r);

	if (why != NULL)
		return value_null(why);
	return value_real(
	    (double)drawdown_longest(&r->drawdown) / (double)TIME_DAY);
}

const struct statistic statistic_max_drawdown = {
    "max_drawdown", "Max. drawdown", GROUP_RISK, UNIT_PERCENT, max_drawdown};
const struct statistic statistic_avg_drawdown = {
    "avg_drawdown", "Avg. drawdown", GROUP_RISK, UNIT_PERCENT, avg_drawdown};
const struct statistic statistic_max_drawdown_days = {"max_drawdown_days",
    "Longest drawdown", GROUP_RISK, UNIT_DAYS, max_drawdown_days};
