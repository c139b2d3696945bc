/* SPDX-License-Identifier: MIT */
/* Probabilistic Sharpe ratio against zero, the chance that the true ratio is
 * above it: Phi(SR sqrt(n - 1) / sqrt(1 - g3 SR + (g4 - 1) / 4 SR^2)), SR a
 * day, g4 the raw kurtosis (3: normal). D. H. Bailey and M. Lopez de Prado,
 * Journal of Risk 15 (2012). */
#include <math.h>

#include "report/statistic.h"

static struct statistic_value
psr(const struct report *r)
{
	const char *why = statistic_no_deviation(r, 4);
	double sr, g3, g4, spread;

	if (why != NULL)
		return value_null(why);
	sr = r->returns.mean / r->returns.sd;
	g3 = returns_skew(&r->returns);
	g4 = returns_kurtosis(&r->returns) + 3;
	spread = 1 - g3 * sr + (g4 - 1) / 4 * sr * sr;
	if (spread <= 0)
		return value_null("the spread of the ratio is not defined");
	sr *= sqrt((double)(r->returns.n - 1) / spread);
	return value_real(erfc(-sr / sqrt(2)) / 2);
}

const struct statistic statistic_psr = {
    "psr", "Probabilistic Sharpe", GROUP_RATIO, UNIT_PERCENT, psr};
