/* SPDX-License-Identifier: MIT */
/* Reads times by their shape, without the C library's locale or zone. */
#include "feed/when.h"

#include <string.h>

#include "base/time.h"
#include "base/zone.h"
#include "feed/fixed.h"

/* The date at s: the bytes it takes, or 0; -1: its order is not known. */
static int
date(struct when *w, const char *s, size_t n, int64_t *midnight)
{
	struct civil c;
	size_t len;
	int is_unsure;

	if (n >= 10 && *s != '\0' && memcmp(w->date, s, 10) == 0) {
		*midnight = w->midnight;
		return 10;
	}
	len = date_read(s, n, w->order, &c, &is_unsure);
	if (is_unsure)
		return -1;
	if (len == 0 || time_from_civil(&c, midnight) < 0)
		return 0;
	if (len == 10) {
		memcpy(w->date, s, 10);
		w->midnight = *midnight;
	}
	return (int)len;
}

/* .f, at most 9 digits that count: the bytes it takes. */
static size_t
fraction(const char *s, size_t n, int64_t *ns)
{
	size_t i = 1;
	int64_t unit = TIME_SECOND / 10;

	*ns = 0;
	if (n < 2 || *s != '.' || !is_digit(s[1]))
		return 0;
	for (; i < n && is_digit(s[i]); i++) {
		if (unit == 0 && s[i] != '0')
			return 0;
		*ns += (s[i] - '0') * unit;
		unit /= 10;
	}
	return i;
}

/* HH:MM[:SS[.f]], HHMM[SS[.f]] or HHMMSSmmm: the bytes it takes, or 0. */
static size_t
read_clock(const char *s, size_t n, int64_t *ns)
{
	int colon = n >= 3 && s[2] == ':';
	size_t at = 2 + (size_t)colon, step = at, more;
	int64_t part;
	int h, m, sec = 0;

	if (n < at + 2 || (h = digits(s, 2)) < 0 || (m = digits(s + at, 2)) < 0)
		return 0;
	at += 2;
	*ns = 0;
	if (n >= at + step && (!colon || s[at] == ':') &&
	    (sec = digits(s + at + step - 2, 2)) >= 0) {
		at += step;
		if (!colon && n == at + 3 && digits(s + at, 3) >= 0) {
			*ns = digits(s + at, 3) * (TIME_SECOND / 1000);
			at += 3;
		} else {
			more = fraction(s + at, n - at, &part);
			at += more;
			*ns = part;
		}
	} else {
		sec = 0;
	}
	if (h > 23 || m > 59 || sec > 59)
		return 0;
	*ns += (h * 60 + m) * TIME_MINUTE + sec * TIME_SECOND;
	return at;
}

/* Z, +HH:MM, +HHMM or +HH, after GMT or UTC too: the offset east, or -1. */
static int
offset(const char *s, size_t n, int64_t *east)
{
	int h, m = 0;

	*east = 0;
	if (n >= 3 && (memcmp(s, "GMT", 3) == 0 || memcmp(s, "UTC", 3) == 0)) {
		s += 3;
		n -= 3;
		if (n == 0)
			return 0;
	}
	if (n == 1)
		return *s == 'Z' || *s == 'z' ? 0 : -1;
	if ((*s != '+' && *s != '-') || n < 3 || (h = digits(s + 1, 2)) < 0)
		return -1;
	if (n == 6 && s[3] == ':')
		m = digits(s + 4, 2);
	else if (n == 5)
		m = digits(s + 3, 2);
	else if (n != 3)
		return -1;
	if (h > 23 || m < 0 || m > 59)
		return -1;
	*east = (h * 60 + m) * TIME_MINUTE;
	if (*s == '-')
		*east = -*east;
	return 0;
}

/* The clock and what follows it, on the date before it. */
static enum when_kind
clock_on(struct when *w, int64_t midnight, const char *s, size_t n, int64_t *ns)
{
	int64_t of_day, east;
	size_t len = read_clock(s, n, &of_day);

	if (len == 0)
		return WHEN_BAD;
	if (__builtin_add_overflow(midnight, of_day, ns))
		return WHEN_RANGE;
	s += len;
	n -= len;
	if (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	if (n > 0) {
		if (offset(s, n, &east) < 0)
			return WHEN_BAD;
		return __builtin_sub_overflow(*ns, east, ns) ? WHEN_RANGE
		    : WHEN_INSTANT;
	}
	if (w->midnight_is_date && of_day == 0)
		return WHEN_DATE;
	if (w->zone == NULL)
		return WHEN_LOCAL;
	*ns = zone_to_utc(w->zone, *ns);
	return WHEN_INSTANT;
}

/* A count since 1970, perhaps with a fraction. */
static enum when_kind
count(const char *s, size_t n, int64_t *ns)
{
	int neg = n > 0 && *s == '-';
	size_t i = (size_t)neg, len;
	int64_t v = 0, unit, part = 0;

	if (i == n)
		return WHEN_BAD;
	for (; i < n && is_digit(s[i]); i++)
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, s[i] - '0', &v))
			return WHEN_RANGE;
	unit = v < 100000000000 ? TIME_SECOND : v < 100000000000000 ? 1000000
	    : v < 100000000000000000 ? 1000 : 1;
	if (i < n) {
		len = fraction(s + i, n - i, &part);
		if (len == 0 || i + len != n || i == (size_t)neg)
			return WHEN_BAD;
		if (part % (TIME_SECOND / unit) != 0)
			return WHEN_BAD; /* finer than a nanosecond */
		part /= TIME_SECOND / unit;
	}
	if (__builtin_mul_overflow(v, unit, &v) ||
	    __builtin_add_overflow(v, part, &v))
		return WHEN_RANGE;
	*ns = neg ? -v : v;
	return WHEN_INSTANT;
}

/* Eight digits are a date where they can be one: as seconds they would lie
 * before 1974. */
static int
is_count(const char *s, size_t n)
{
	size_t i = 0, k;

	if (n > 0 && *s == '-')
		return 1;
	while (i < n && is_digit(s[i]))
		i++;
	k = i;
	if (k == 8 && (n == 8 || s[8] == ' ' || s[8] == 'T')) {
		int y = digits(s, 4), m = digits(s + 4, 2), d = digits(s + 6, 2);

		return n == 8 && (y < 1678 || y > 2261 || m < 1 || m > 12 ||
		    d < 1 || d > 31);
	}
	return k == n || (k > 4 && s[k] == '.');
}

enum when_kind
when_parse(struct when *w, const char *s, size_t n, int64_t *ns)
{
	int64_t midnight;
	size_t at;
	int len;

	if (n == 0)
		return WHEN_BAD;
	if (is_count(s, n))
		return count(s, n, ns);
	len = date(w, s, n, &midnight);
	if (len <= 0)
		return len < 0 ? WHEN_UNSURE : WHEN_BAD;
	at = (size_t)len;
	if (at == n) {
		*ns = midnight;
		return WHEN_DATE;
	}
	if (s[at] != 'T' && s[at] != ' ' && s[at] != 't')
		return WHEN_BAD;
	return clock_on(w, midnight, s + at + 1, n - at - 1, ns);
}

enum when_kind
when_parse_two(struct when *w, const char *d, size_t nd, const char *clock,
    size_t nc, int64_t *ns)
{
	int64_t midnight;
	int len = nd == 0 ? 0 : date(w, d, nd, &midnight);

	if (len < 0)
		return WHEN_UNSURE;
	if ((size_t)len != nd || nd == 0)
		return WHEN_BAD;
	if (nc == 0) {
		*ns = midnight;
		return WHEN_DATE;
	}
	return clock_on(w, midnight, clock, nc, ns);
}
