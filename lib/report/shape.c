/* SPDX-License-Identifier: MIT */
/* Skewness and excess kurtosis (0: normal) of daily returns, adjusted for their
 * number, as spreadsheets and pandas have them. */
#include "report/statistic.h"

static struct statistic_value
skew(const struct report *r)
{
	const char *why = statistic_no_deviation(r, 3);

	return why != NULL ? value_null(why)
			   : value_real(returns_skew(&r->returns));
}

static struct statistic_value
kurtosis(const struct report *r)
{
	const char *why = statistic_no_deviation(r, 4);

	return why != NULL ? value_null(why)
			   : value_real(returns_kurtosis(&r->returns));
}

const struct statistic statistic_skew = {
    "skew", "Skewness", GROUP_RISK, UNIT_RATIO, skew};
const struct statistic statistic_kurtosis = {
    "kurtosis", "Excess kurtosis", GROUP_RISK, UNIT_RATIO, kurtosis};
