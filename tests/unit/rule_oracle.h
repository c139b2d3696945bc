/* SPDX-License-Identifier: MIT */
/* What a rule's expression means, said slowly: each operator by its definition
 * over whole columns, nothing remembered. NaN is null. */
#ifndef TAPE_RULE_ORACLE_H
#define TAPE_RULE_ORACLE_H

#include <math.h>
#include <string.h>

#include "signal/rule.h"

enum { ORACLE_BARS = 48, ORACLE_COLUMNS = 4 };

struct oracle {
	const struct rules *r;
	/* columns a, b, c are numbers, d is a truth value */
	double data[ORACLE_COLUMNS][ORACLE_BARS];
};

static double oracle_value(const struct oracle *o, int32_t i, int t);

static double
oracle_and(double a, double b)
{
	if (a == 0 || b == 0)
		return 0;
	return isnan(a) || isnan(b) ? (double)NAN : 1.0;
}

static double
oracle_not(double a)
{
	return isnan(a) ? (double)NAN : a == 0 ? 1.0 : 0.0;
}

static double
oracle_less(double a, double b)
{
	return isnan(a) || isnan(b) ? (double)NAN : a < b ? 1.0 : 0.0;
}

static double
oracle_finite(double x)
{
	return isfinite(x) ? x : (double)NAN;
}

static double
oracle_extreme(const struct oracle *o, const struct node *n, int t)
{
	double best = oracle_value(o, n->kid[0], t);
	for (int k = 0; k < n->n; k++) {
		double x = oracle_value(o, n->kid[0], t - k);
		if (isnan(x))
			return NAN;
		if (n->op == N_HIGHEST ? x > best : x < best)
			best = x;
	}
	return best;
}

static double
oracle_steps(const struct oracle *o, const struct node *n, int t)
{
	double all = 1;
	for (int k = 0; k < n->n; k++) {
		double x = oracle_value(o, n->kid[0], t - k);
		double before = oracle_value(o, n->kid[0], t - k - 1);
		all =
		    oracle_and(all, n->op == N_RISES ? oracle_less(before, x)
						     : oracle_less(x, before));
	}
	return all;
}

static double
oracle_cross(const struct oracle *o, const struct node *n, int t)
{
	int32_t up = n->op == N_ABOVE ? n->kid[0] : n->kid[1];
	int32_t low = n->op == N_ABOVE ? n->kid[1] : n->kid[0];
	double now =
	    oracle_less(oracle_value(o, low, t), oracle_value(o, up, t));
	double before = oracle_not(oracle_less(
	    oracle_value(o, low, t - 1), oracle_value(o, up, t - 1)));
	return oracle_and(now, before);
}

static double
oracle_since(const struct oracle *o, const struct node *n, int t)
{
	for (int k = t; k >= 0; k--)
		if (oracle_value(o, n->kid[0], k) == 1)
			return t - k;
	return NAN;
}

/* A multiple of step by counting from below: x lies in [k*step, (k+1)*step). */
static double
oracle_step(int op, double x, double step)
{
	if (isnan(x) || isnan(step) || step <= 0)
		return NAN;
	double k = floor(x / step);
	double low = k * step, high = (k + 1) * step;
	double part = x / step - k;
	int goes_up = part > 0.5 || (part == 0.5 && fmod(k, 2) != 0);
	if (fabs(x - low) <= 1e-9)
		return low;
	if (fabs(x - high) <= 1e-9 || op == N_CEIL)
		return high;
	return op == N_ROUND && goes_up ? high : low;
}

static double
oracle_two(int op, double a, double b)
{
	int null = isnan(a) || isnan(b);
	switch (op) {
	case N_OR:
		return oracle_not(oracle_and(oracle_not(a), oracle_not(b)));
	case N_AND:
		return oracle_and(a, b);
	case N_LT:
		return oracle_less(a, b);
	case N_LE:
		return oracle_not(oracle_less(b, a));
	case N_GT:
		return oracle_less(b, a);
	case N_GE:
		return oracle_not(oracle_less(a, b));
	case N_EQ:
		return null ? (double)NAN : a == b ? 1.0 : 0.0;
	case N_NE:
		return null ? (double)NAN : a == b ? 0.0 : 1.0;
	case N_ADD:
		return oracle_finite(a + b);
	case N_SUB:
		return oracle_finite(a - b);
	case N_MUL:
		return oracle_finite(a * b);
	case N_DIV:
		return oracle_finite(a / b);
	case N_MIN:
		return null ? (double)NAN : fmin(a, b);
	case N_MAX:
		return null ? (double)NAN : fmax(a, b);
	default:
		return oracle_step(op, a, b);
	}
}

static double
oracle_value(const struct oracle *o, int32_t i, int t)
{
	const struct node *n = &o->r->nodes[i];
	int32_t a = n->kid[0], b = n->kid[1], c = n->kid[2];
	if (t < 0)
		return NAN;
	switch (n->op) {
	case N_NUMBER:
		return n->number;
	case N_TRUE:
		return 1;
	case N_NAME:
		return o->data[n->text[0] - 'a'][t];
	case N_NOT:
		return oracle_not(oracle_value(o, a, t));
	case N_NEG:
		return -oracle_value(o, a, t);
	case N_ABS:
		return fabs(oracle_value(o, a, t));
	case N_BACK:
		return oracle_value(o, a, t - n->n);
	case N_CHANGE:
		return oracle_finite(
		    oracle_value(o, a, t) - oracle_value(o, a, t - n->n));
	case N_ABOVE:
	case N_BELOW:
		return oracle_cross(o, n, t);
	case N_BETWEEN:
		return oracle_and(oracle_two(N_LE, oracle_value(o, b, t),
				      oracle_value(o, a, t)),
		    oracle_two(
			N_LE, oracle_value(o, a, t), oracle_value(o, c, t)));
	case N_RISES:
	case N_FALLS:
		return oracle_steps(o, n, t);
	case N_HIGHEST:
	case N_LOWEST:
		return oracle_extreme(o, n, t);
	case N_SINCE:
		return oracle_since(o, n, t);
	default:
		return oracle_two(
		    n->op, oracle_value(o, a, t), oracle_value(o, b, t));
	}
}

#endif
