/* SPDX-License-Identifier: MIT */
/* The list of statistics and the values that they return. */
#include "report/statistic.h"

#include <math.h>
#include <string.h>

#define STATISTIC(name) &statistic_##name,
const struct statistic *const statistics[] = {
#include "report/list.def"
    NULL,
};
#undef STATISTIC

const struct statistic *
statistic_find(const char *key, size_t n)
{
	for (const struct statistic *const *s = statistics; *s != NULL; s++)
		if (strlen((*s)->key) == n && memcmp((*s)->key, key, n) == 0)
			return *s;
	return NULL;
}

struct statistic_value
value_real(double x)
{
	if (!isfinite(x))
		return value_null("too large to be a number");
	return (struct statistic_value){.kind = VALUE_REAL, .real = x};
}

struct statistic_value
value_int(int64_t i)
{
	return (struct statistic_value){.kind = VALUE_INT, .i = i};
}

struct statistic_value
value_money(struct money m)
{
	return (struct statistic_value){.kind = VALUE_MONEY, .money = m};
}

struct statistic_value
value_time(int64_t ns, int digits)
{
	return (struct statistic_value){
	    .kind = VALUE_TIME, .i = ns, .digits = digits};
}

struct statistic_value
value_null(const char *why)
{
	return (struct statistic_value){.kind = VALUE_NULL, .why = why};
}

const char *
statistic_no_returns(const struct report *r, size_t need)
{
	static const char *const fewer[] = {"no daily return",
	    "fewer than two daily returns", "fewer than three daily returns",
	    "fewer than four daily returns"};

	if (r->no_returns != NULL)
		return r->no_returns;
	return r->returns.n < need ? fewer[need - 1] : NULL;
}

const char *
statistic_no_deviation(const struct report *r, size_t need)
{
	const char *why = statistic_no_returns(r, need);

	if (why == NULL && r->returns.sd <= 0)
		why = "all daily returns are equal";
	return why;
}
