/* SPDX-License-Identifier: MIT */
/* Exposure: bars after which a position was held / bars. */
#include "report/statistic.h"

static struct statistic_value
exposure(const struct report *r)
{
	if (r->accounts == 0)
		return value_null("no account record");
	return value_real((double)r->exposed / (double)r->accounts);
}

const struct statistic statistic_exposure = {
    "exposure", "Exposure time", GROUP_PERIOD, UNIT_PERCENT, exposure};
