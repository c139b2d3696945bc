/* SPDX-License-Identifier: MIT */
/* Failures as values. */
#include "base/problem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
problem_set(struct problem *p, int status, const char *fmt, ...)
{
	va_list ap;

	p->status = status;
	va_start(ap, fmt);
	vsnprintf(p->text, sizeof p->text, fmt, ap);
	va_end(ap);
	return -1;
}

int
problem_errno(struct problem *p, const char *what, const char *name)
{
	return problem_set(p, 1, "%s '%s': %s", what, name, strerror(errno));
}
