/* SPDX-License-Identifier: MIT */
/* Calmar ratio over the whole run: CAGR / |maximum drawdown|.
 * T. W. Young, Futures 20 (1991), who took the last 36 months. */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
calmar(const struct report *r)
{
	struct statistic_value cagr = statistic_cagr.value(r);
	struct statistic_value worst = statistic_max_drawdown.value(r);

	if (cagr.kind == VALUE_NULL)
		return cagr;
	if (worst.kind == VALUE_NULL)
		return worst;
	if (worst.real >= 0)
		return value_null("no drawdown");
	return value_real(cagr.real / fabs(worst.real));
}

const struct statistic statistic_calmar = {
    "calmar", "Calmar ratio", GROUP_RATIO, UNIT_RATIO, calmar};
