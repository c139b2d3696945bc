/* SPDX-License-Identifier: MIT */
/* Omega ratio at zero: sum of daily gains / sum of daily losses. C. Keating and
 * W. F. Shadwick, Journal of Performance Measurement 6 (2002). */
#include "report/statistic.h"

static struct statistic_value
omega(const struct report *r)
{
	const char *why = statistic_no_returns(r, 2);
	double gain = 0, loss = 0;

	if (why != NULL)
		return value_null(why);
	for (size_t i = 0; i < r->returns.n; i++) {
		if (r->returns.r[i] > 0)
			gain += r->returns.r[i];
		else
			loss -= r->returns.r[i];
	}
	if (loss <= 0)
		return value_null("no daily return is below zero");
	return value_real(gain / loss);
}

const struct statistic statistic_omega = {
    "omega", "Omega ratio", GROUP_RATIO, UNIT_RATIO, omega};
