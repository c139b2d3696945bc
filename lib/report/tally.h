/* SPDX-License-Identifier: MIT */
/* What the statistics need to know of all closed round trips. */
#ifndef TAPE_TALLY_H
#define TAPE_TALLY_H

#include <stdint.h>

#include "report/roundtrips.h"

/* Zeroed memory is an empty one. */
struct tally {
	int64_t n, wins, losses;   /* net above zero, below zero */
	struct money profit, loss; /* sums of both, loss 0 or below */
	double mean, m2; /* of net profit; m2: sum of squared deviations */
	int64_t returns; /* round trips that have a return */
	double best, worst, return_sum;
};

/* -1: errno EOVERFLOW. */
int tally_add(struct tally *t, const struct roundtrip *trip);
/* Standard deviation of net profit, with n - 1; n > 1. */
double tally_sd(const struct tally *t);

#endif
