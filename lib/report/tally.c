/* SPDX-License-Identifier: MIT */
/* Sums of money are exact; mean and deviation of profit are Welford's
 * (Technometrics 4, 1962). */
#include "report/tally.h"

#include <errno.h>
#include <math.h>

static int
add_profit(struct tally *t, struct money net)
{
	int sign = money_sign(net);
	struct money *sum = sign > 0 ? &t->profit : &t->loss;

	t->wins += sign > 0;
	t->losses += sign < 0;
	if (money_add(*sum, net, sum) < 0) {
		errno = EOVERFLOW;
		return -1;
	}
	return 0;
}

static void
add_return(struct tally *t, double r)
{
	if (isnan(r))
		return;
	if (t->returns == 0 || r > t->best)
		t->best = r;
	if (t->returns == 0 || r < t->worst)
		t->worst = r;
	t->return_sum += r;
	t->returns++;
}

int
tally_add(struct tally *t, const struct roundtrip *trip)
{
	double x = money_to_double(trip->net), d = x - t->mean;

	if (add_profit(t, trip->net) < 0)
		return -1;
	t->n++;
	t->mean += d / (double)t->n;
	t->m2 += d * (x - t->mean);
	add_return(t, roundtrip_return(trip));
	return 0;
}

double
tally_sd(const struct tally *t)
{
	return sqrt(t->m2 / (double)(t->n - 1));
}
