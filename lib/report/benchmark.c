/* SPDX-License-Identifier: MIT */
/* Alpha, beta and information ratio compare with a benchmark. */
#include "report/statistic.h"

static struct statistic_value
undefined(const struct report *r)
{
	(void)r;
	return value_null("no benchmark");
}

const struct statistic statistic_alpha = {
    "alpha", "Alpha a year", GROUP_BENCHMARK, UNIT_PERCENT, undefined};
const struct statistic statistic_beta = {
    "beta", "Beta", GROUP_BENCHMARK, UNIT_RATIO, undefined};
const struct statistic statistic_information_ratio = {"information_ratio",
    "Information ratio", GROUP_BENCHMARK, UNIT_RATIO, undefined};
