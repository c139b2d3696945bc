/* SPDX-License-Identifier: MIT */
/* A statistic: one number of the report. One file a statistic (or a tight
 * group), one line each in list.def; nothing else to touch. */
#ifndef TAPE_STATISTIC_H
#define TAPE_STATISTIC_H

#include <stddef.h>
#include <stdint.h>

#include "base/money.h"
#include "report/report.h"

/* How the human table shows it; JSON has fractions and plain numbers. */
enum statistic_unit {
	UNIT_TIME,
	UNIT_COUNT,
	UNIT_DAYS,
	UNIT_PERCENT,
	UNIT_RATIO,
	UNIT_MONEY,
};

/* The blocks of the human table, in its order. */
enum statistic_group {
	GROUP_PERIOD,
	GROUP_RESULT,
	GROUP_RISK,
	GROUP_RATIO,
	GROUP_TRADE,
	GROUP_BENCHMARK, /* only with a benchmark */
	GROUPS
};

struct statistic_value {
	enum {
		VALUE_NULL, /* undefined, see why */
		VALUE_REAL,
		VALUE_INT,
		VALUE_MONEY,
		VALUE_TIME,
	} kind;
	double real; /* finite */
	int64_t i;   /* VALUE_INT; VALUE_TIME: ns */
	int digits;  /* VALUE_TIME */
	struct money money;
	const char *why; /* a constant, no full stop */
};

struct statistic {
	const char *key;   /* in JSON */
	const char *label; /* in the table */
	enum statistic_group group;
	enum statistic_unit unit;
	struct statistic_value (*value)(const struct report *r);
};

/* In the order of the JSON keys; NULL at the end. */
extern const struct statistic *const statistics[];
const struct statistic *statistic_find(const char *key, size_t n);

/* What a value() returns. A real that is not finite becomes null. */
struct statistic_value value_real(double x);
struct statistic_value value_int(int64_t i);
struct statistic_value value_money(struct money m);
struct statistic_value value_time(int64_t ns, int digits);
struct statistic_value value_null(const char *why);

/* Why statistics of at least `need` returns are undefined, or NULL: they are
 * defined. */
const char *statistic_no_returns(const struct report *r, size_t need);
/* The same, and the returns have to differ from each other. */
const char *statistic_no_deviation(const struct report *r, size_t need);

#define STATISTIC(name) extern const struct statistic statistic_##name;
#include "report/list.def"
#undef STATISTIC

#endif
