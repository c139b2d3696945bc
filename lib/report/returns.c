/* SPDX-License-Identifier: MIT */
/* Moments and quantiles of returns, in two passes.
 * G1, G2: Joanes and Gill, The Statistician 47 (1998), as in pandas. Quantile:
 * type 7 of Hyndman and Fan, The American Statistician 50 (1996), as in numpy
 * and R. */
#include "report/returns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
moments(struct returns *s)
{
	double n = (double)s->n, d;

	for (size_t i = 0; i < s->n; i++)
		s->mean += s->r[i] / n;
	for (size_t i = 0; i < s->n; i++) {
		d = s->r[i] - s->mean;
		s->m2 += d * d / n;
		s->m3 += d * d * d / n;
		s->m4 += d * d * d * d / n;
	}
	if (s->n > 1)
		s->sd = sqrt(s->m2 * n / (n - 1));
	/* What rounding leaves of equal returns is no deviation. */
	if (s->sd < 1e-15 + 1e-12 * fabs(s->mean))
		s->sd = 0;
}

int
returns_set(struct returns *s, const double *r, size_t n)
{
	returns_release(s);
	if (n == 0)
		return 0;
	s->r = malloc(n * sizeof(*s->r));
	s->sorted = malloc(n * sizeof(*s->sorted));
	if (s->r == NULL || s->sorted == NULL) {
		returns_release(s);
		return -1;
	}
	s->n = n;
	memcpy(s->r, r, n * sizeof(*r));
	memcpy(s->sorted, r, n * sizeof(*r));
	qsort(s->sorted, n, sizeof(*s->sorted), compare);
	moments(s);
	return 0;
}

void
returns_release(struct returns *s)
{
	free(s->r);
	free(s->sorted);
	*s = (struct returns){0};
}

double
returns_downside(const struct returns *s)
{
	double sum = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->r[i] < 0)
			sum += s->r[i] * s->r[i];
	return s->n == 0 ? 0 : sqrt(sum / (double)s->n);
}

double
returns_quantile(const struct returns *s, double q)
{
	double at = q * (double)(s->n - 1);
	size_t i = (size_t)at;

	if (i + 1 >= s->n)
		return s->sorted[s->n - 1];
	return s->sorted[i] +
	       (at - (double)i) * (s->sorted[i + 1] - s->sorted[i]);
}

double
returns_skew(const struct returns *s)
{
	double n = (double)s->n;

	return sqrt(n * (n - 1)) / (n - 2) * s->m3 / pow(s->m2, 1.5);
}

double
returns_kurtosis(const struct returns *s)
{
	double n = (double)s->n, g2 = s->m4 / (s->m2 * s->m2) - 3;

	return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6);
}
