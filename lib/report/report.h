/* SPDX-License-Identifier: MIT */
/* A run as the statistics see it: what is kept while its records pass by. */
#ifndef TAPE_REPORT_H
#define TAPE_REPORT_H

#include <stdint.h>

#include "base/money.h"
#include "report/drawdown.h"
#include "report/equity.h"
#include "report/market.h"
#include "report/roundtrips.h"
#include "report/returns.h"
#include "report/tally.h"

/* Zeroed memory is an empty one. */
struct report {
	int64_t accounts, exposed; /* instants marked; those with a position */
	int64_t start, end;        /* of the accounts, ns */
	int digits;                /* of the stream's times */
	struct money equity_start, equity_final, equity_peak;
	double mean_equity;
	struct money fees, traded; /* sums over fills; traded: |price * qty| */
	struct equity equity;
	struct drawdown drawdown;
	struct roundtrips trips;
	struct tally tally;
	struct market market;
	/* what report_finish works out */
	struct returns returns; /* of days; empty when they are not defined */
	const char *no_returns; /* why, or NULL */
	int periods;            /* a year */
};

struct report_account {
	int64_t time;
	int digits;
	struct money equity;
	int is_exposed; /* its gross exposure is not zero */
};

/* Takes the account after an instant and gives its drawdown (NAN: undefined).
 * -1: no memory. */
int report_account(
    struct report *r, const struct report_account *a, double *drawdown);
/* As roundtrips_fill, which it feeds. */
int report_fill(struct report *r, const struct fill *f, struct roundtrip *out);
/* Call once, after the last record. -1: no memory. */
int report_finish(struct report *r);
void report_release(struct report *r);

/* From the first to the last account. */
double report_days(const struct report *r);

#endif
