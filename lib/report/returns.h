/* SPDX-License-Identifier: MIT */
/* A list of period returns and its moments. */
#ifndef TAPE_RETURNS_H
#define TAPE_RETURNS_H

#include <stddef.h>

/* Zeroed memory is an empty one. */
struct returns {
	double *r;      /* owned: returns in order of time */
	double *sorted; /* owned: the same, rising */
	size_t n;
	double mean;
	double sd; /* with n - 1; 0 when n < 2, or when all r are equal */
	double m2, m3, m4; /* central moments, with n */
};

/* Sets the series up from n returns (n may be 0), which it copies; what it held
 * before is released. -1: no memory. */
int returns_set(struct returns *s, const double *r, size_t n);
void returns_release(struct returns *s);

/* Root of the mean of squared returns below zero, over all n. */
double returns_downside(const struct returns *s);
/* The q-quantile (0..1), linear between the two nearest; n > 0. */
double returns_quantile(const struct returns *s, double q);
/* Adjusted Fisher-Pearson skewness G1; n > 2, sd > 0. */
double returns_skew(const struct returns *s);
/* Adjusted excess kurtosis G2 (0: normal); n > 3, sd > 0. */
double returns_kurtosis(const struct returns *s);

#endif
