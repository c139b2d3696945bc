/* SPDX-License-Identifier: MIT */
/* Ulcer index: sqrt(sum(d^2) / (n - 1)), d the drawdown after each of the n
 * daily returns. P. G. Martin and B. B. McCann, The Investor's Guide to
 * Fidelity Funds (1989). */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
ulcer(const struct report *r)
{
	const char *why = statistic_no_returns(r, 2);
	double level = 1, peak = 1, sum = 0, dd;

	if (why != NULL)
		return value_null(why);
	for (size_t i = 0; i < r->returns.n; i++) {
		level *= 1 + r->returns.r[i];
		peak = level > peak ? level : peak;
		dd = level / peak - 1;
		sum += dd * dd;
	}
	return value_real(sqrt(sum / (double)(r->returns.n - 1)));
}

const struct statistic statistic_ulcer = {
    "ulcer", "Ulcer index", GROUP_RISK, UNIT_PERCENT, ulcer};
