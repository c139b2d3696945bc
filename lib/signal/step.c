/* SPDX-License-Identifier: MIT */
/* floor, ceil and round to a step. */
#include "signal/code.h"

static const double STEP_NEAR = 1e-9;

/* n steps. A step such as 0.01 is no double, but its inverse often is: then
 * dividing gives the double nearest to the decimal multiple. */
static double
multiple(double n, double step)
{
	double inverse = 1 / step;
	return inverse == rint(inverse) ? n / inverse : n * step;
}

static double
to_step(double x, double step, double (*towards)(double))
{
	if (!(step > 0))
		return NAN;
	double n = rint(x / step), near = multiple(n, step);
	if (fabs(x - near) <= STEP_NEAR)
		return near;
	return multiple(towards(x / step), step);
}

double
step_floor(double x, double step)
{
	return to_step(x, step, floor);
}

double
step_ceil(double x, double step)
{
	return to_step(x, step, ceil);
}

double
step_round(double x, double step)
{
	return to_step(x, step, rint);
}
