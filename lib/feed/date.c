/* SPDX-License-Identifier: MIT */
/* Dates by their shape. */
#include "feed/date.h"

#include <string.h>
#include <strings.h>

#include "feed/fixed.h"

/* At most `most` digits: the bytes they take, or 0. */
static size_t
number(const char *s, size_t n, size_t most, int *v)
{
	size_t i = 0;

	*v = 0;
	for (; i < n && i < most && is_digit(s[i]); i++)
		*v = *v * 10 + (s[i] - '0');
	return i;
}

/* Two or four digits. */
static size_t
year(const char *s, size_t n, int *v)
{
	size_t len = number(s, n, 4, v);

	if (len == 2)
		*v += *v < 69 ? 2000 : 1900;
	return len == 2 || len == 4 ? len : 0;
}

/* Jan or January, in any case: the bytes it takes, or 0. */
static size_t
month_name(const char *s, size_t n, int *month)
{
	static const char *const names[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };

	for (int i = 0; n >= 3 && i < 12; i++) {
		size_t len = strlen(names[i]);

		if (strncasecmp(s, names[i], 3) != 0)
			continue;
		*month = i + 1;
		return n >= len && strncasecmp(s, names[i], len) == 0 ? len : 3;
	}
	return 0;
}

static int
is_separator(char c)
{
	return c == '-' || c == '/' || c == '.';
}

static size_t
year_first(const char *s, size_t n, struct civil *c)
{
	if (n >= 10 && is_separator(s[4]) && s[7] == s[4]) {
		c->year = digits(s, 4);
		c->month = digits(s + 5, 2);
		c->day = digits(s + 8, 2);
		return c->year < 0 || c->month < 0 || c->day < 0 ? 0 : 10;
	}
	if (n < 8 || (c->year = digits(s, 4)) < 0)
		return 0;
	c->month = digits(s + 4, 2);
	c->day = digits(s + 6, 2);
	return c->month < 0 || c->day < 0 ? 0 : 8;
}

struct parts {
	int a, b, year;
	char separator;
};

/* 3/4/2024 and the like: the bytes it takes, or 0. */
static size_t
year_last(const char *s, size_t n, struct parts *p)
{
	size_t at = number(s, n, 2, &p->a), len;

	if (at == 0 || at == n || !is_separator(s[at]))
		return 0;
	p->separator = s[at++];
	len = number(s + at, n - at, 2, &p->b);
	at += len;
	if (len == 0 || at == n || s[at] != p->separator)
		return 0;
	at++;
	len = year(s + at, n - at, &p->year);
	return len == 0 ? 0 : at + len;
}

/* 31-Dec-10, 31 Dec 2010, Dec 31, 2010. */
static size_t
named_month(const char *s, size_t n, struct civil *c)
{
	size_t at = number(s, n, 2, &c->day), len;
	int day_first = at > 0;

	if (day_first && (at == n || (s[at] != '-' && s[at] != ' ')))
		return 0;
	at += day_first ? 1 : 0;
	len = month_name(s + at, n - at, &c->month);
	at += len;
	if (len == 0 || at == n || (s[at] != '-' && s[at] != ' '))
		return 0;
	at++;
	if (!day_first) {
		len = number(s + at, n - at, 2, &c->day);
		at += len;
		if (len == 0 || n - at < 2 || s[at] != ',')
			return 0;
		at += s[at + 1] == ' ' ? 2 : 1;
	}
	len = year(s + at, n - at, &c->year);
	return len == 0 ? 0 : at + len;
}

size_t
date_read(const char *s, size_t n, enum date_order order, struct civil *c,
    int *is_unsure)
{
	struct parts p;
	size_t len;

	memset(c, 0, sizeof *c);
	*is_unsure = 0;
	if ((len = year_first(s, n, c)) > 0)
		return len;
	memset(c, 0, sizeof *c);
	if ((len = year_last(s, n, &p)) == 0)
		return named_month(s, n, c);
	if (p.separator == '.')
		order = DATE_DMY;
	*is_unsure = order == DATE_ASK;
	c->year = p.year;
	c->day = order == DATE_MDY ? p.b : p.a;
	c->month = order == DATE_MDY ? p.a : p.b;
	return len;
}

int
date_wants_order(const char *s, size_t n)
{
	struct parts p;
	struct civil c;

	return year_first(s, n, &c) == 0 && year_last(s, n, &p) > 0
	    && p.separator != '.';
}

enum date_order
date_evidence(const char *s, size_t n)
{
	struct parts p;

	if (!date_wants_order(s, n) || year_last(s, n, &p) == 0)
		return DATE_ASK;
	if (p.a > 12 && p.b <= 12)
		return DATE_DMY;
	return p.b > 12 && p.a <= 12 ? DATE_MDY : DATE_ASK;
}
