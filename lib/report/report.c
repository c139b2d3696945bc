/* SPDX-License-Identifier: MIT */
/* Gathers a run: nothing here grows with the number of records, only with days,
 * symbols and open lots. */
#include "report/report.h"

#include <errno.h>
#include <stdlib.h>

#include "base/time.h"

int
report_account(
    struct report *r, const struct report_account *a, double *drawdown)
{
	double equity = money_to_double(a->equity);

	if (equity_add(&r->equity, equity, a->time) < 0)
		return -1;
	*drawdown = drawdown_add(&r->drawdown, equity, a->time);
	if (r->accounts == 0) {
		r->start = r->end = a->time;
		r->equity_start = r->equity_peak = a->equity;
	}
	if (a->time > r->end)
		r->end = a->time;
	if (a->digits > r->digits)
		r->digits = a->digits;
	if (money_cmp(a->equity, r->equity_peak) > 0)
		r->equity_peak = a->equity;
	r->equity_final = a->equity;
	r->accounts++;
	r->exposed += a->is_exposed || r->market.held > 0;
	r->mean_equity += (equity - r->mean_equity) / (double)r->accounts;
	return 0;
}

static int
add_costs(struct report *r, const struct fill *f)
{
	struct money value;

	if (money_product(f->price, f->qty, &value) < 0 ||
	    money_mul(value, f->multiplier, &value) < 0)
		return -1;
	if (money_sign(value) < 0)
		value = money_neg(value);
	if (money_add(r->traded, value, &r->traded) < 0)
		return -1;
	return money_add(r->fees, f->fee, &r->fees);
}

int
report_fill(struct report *r, const struct fill *f, struct roundtrip *out)
{
	int closed;

	if (add_costs(r, f) < 0) {
		errno = EOVERFLOW;
		return -1;
	}
	closed = roundtrips_fill(&r->trips, f, out);
	if (closed > 0 && tally_add(&r->tally, out) < 0)
		return -1;
	return closed;
}

int
report_finish(struct report *r)
{
	double *returns;
	int64_t n;
	int rc = 0;

	r->periods = equity_periods(&r->equity);
	if (r->equity.n == 0)
		return 0;
	returns = malloc(r->equity.n * sizeof(*returns));
	if (returns == NULL)
		return -1;
	n = equity_returns(&r->equity, returns);
	if (n < 0)
		r->no_returns = "the equity fell to zero or below";
	else
		rc = returns_set(&r->returns, returns, (size_t)n);
	free(returns);
	return rc;
}

void
report_release(struct report *r)
{
	equity_release(&r->equity);
	roundtrips_release(&r->trips);
	market_release(&r->market);
	returns_release(&r->returns);
	*r = (struct report){0};
}

double
report_days(const struct report *r)
{
	return (double)((int128)r->end - r->start) / (double)TIME_DAY;
}
