/* SPDX-License-Identifier: MIT */
/* Lengths of time such as 5m and 1d. */
#include "base/digits.h"
#include "base/time.h"

static const struct unit {
	char name[4];
	int64_t ns;
} units[] = {
	/* The larger first, as span_print tries them. */
	{ "d", TIME_DAY }, { "h", TIME_HOUR }, { "m", TIME_MINUTE },
	{ "s", TIME_SECOND }, { "ms", 1000000 }, { "us", 1000 }, { "ns", 1 },
	{ "w", 7 * TIME_DAY }, /* only read */
};

enum { UNITS = sizeof(units) / sizeof(units[0]), PRINTED = UNITS - 1 };

int
span_parse(const char *s, size_t n, int64_t *ns)
{
	int64_t v = 0;
	size_t i = 0;

	for (; i < n && s[i] >= '0' && s[i] <= '9'; i++)
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, s[i] - '0', &v))
			return -1;
	if (v == 0 || *s == '0')
		return -1;
	for (int u = 0; u < UNITS; u++) {
		if (strlen(units[u].name) != n - i ||
		    memcmp(units[u].name, s + i, n - i) != 0)
			continue;
		if (__builtin_mul_overflow(v, units[u].ns, &v))
			return -1;
		*ns = v;
		return 0;
	}
	return -1;
}

size_t
span_print(int64_t ns, char buf[SPAN_TEXT_MAX])
{
	uint64_t v = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
	int u = 0, count;
	size_t len;
	char *p = buf;

	if (v == 0) {
		memcpy(buf, "0s", 2);
		return 2;
	}
	while (u < PRINTED - 1 && v % (uint64_t)units[u].ns != 0)
		u++;
	v /= (uint64_t)units[u].ns;
	if (ns < 0)
		*p++ = '-';
	count = digits_count(v);
	digits_put(p + count, v, count);
	p += count;
	len = strlen(units[u].name);
	memcpy(p, units[u].name, len);
	return (size_t)(p - buf) + len;
}
