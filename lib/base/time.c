/* SPDX-License-Identifier: MIT */
/* Instants and lengths of time as text. Days to dates and back are Howard
 * Hinnant's algorithms ("chrono-compatible low-level date algorithms"), where
 * a year begins in March so that the leap day is its last. */
#include "base/time.h"

#include "base/digits.h"

__extension__ typedef __int128 int128;

enum {
	DAY_SECONDS = 86400,
	ERA_DAYS = 146097,    /* 400 years */
	EPOCH_DAYS = 719468,  /* 0000-03-01 to 1970-01-01 */
};

struct split {
	int32_t days;     /* since 1970-01-01 */
	int32_t second;   /* of the day */
	int32_t fraction; /* nanoseconds */
};

static struct split
split(int64_t ns)
{
	int64_t s = ns / TIME_SECOND, days;
	int32_t fraction = (int32_t)(ns % TIME_SECOND), second;

	if (fraction < 0) {
		fraction += (int32_t)TIME_SECOND;
		s--;
	}
	days = s / DAY_SECONDS;
	second = (int32_t)(s % DAY_SECONDS);
	if (second < 0) {
		second += DAY_SECONDS;
		days--;
	}
	return (struct split) { (int32_t)days, second, fraction };
}

/* Any instant of an int64 is after the year 0, so unsigned will do. */
static void
date_of(int32_t days, struct civil *c)
{
	uint32_t z = (uint32_t)(days + EPOCH_DAYS);
	uint32_t era = z / ERA_DAYS, doe = z % ERA_DAYS;
	uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	uint32_t mp = (5 * doy + 2) / 153;

	c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c->year = (int)(yoe + era * 400 + (c->month <= 2));
}

/* 0 <= year <= 9999 */
static int32_t
days_of(int year, int month, int day)
{
	/* 400 more keeps January of the year 0 positive. */
	uint32_t y = (uint32_t)(year + 400 - (month <= 2));
	uint32_t era = y / 400, yoe = y % 400;
	uint32_t mp = (uint32_t)(month > 2 ? month - 3 : month + 9);
	uint32_t doy = (153 * mp + 2) / 5 + (uint32_t)day - 1;
	uint32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (int32_t)(era * ERA_DAYS + doe) - EPOCH_DAYS - ERA_DAYS;
}

static int
month_days(int year, int month)
{
	if (month == 2)
		return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
		    ? 29 : 28;
	return 30 + ((month + (month >> 3)) & 1);
}

static int
is_valid(const struct civil *c)
{
	return c->year >= 0 && c->year <= 9999 &&
	    c->month >= 1 && c->month <= 12 &&
	    c->day >= 1 && c->day <= month_days(c->year, c->month) &&
	    c->hour >= 0 && c->hour <= 23 &&
	    c->minute >= 0 && c->minute <= 59 &&
	    c->second >= 0 && c->second <= 59 &&
	    c->nanosecond >= 0 && c->nanosecond < TIME_SECOND;
}

/* offset: seconds east of UTC that c is written in. */
static int
from_civil(const struct civil *c, int offset, int64_t *ns)
{
	int64_t s;
	int128 v;

	if (!is_valid(c))
		return -1;
	s = (int64_t)days_of(c->year, c->month, c->day) * DAY_SECONDS +
	    c->hour * 3600 + c->minute * 60 + c->second - offset;
	v = (int128)s * TIME_SECOND + c->nanosecond;
	if (v > INT64_MAX || v <= TIME_NONE)
		return -1;
	*ns = (int64_t)v;
	return 0;
}

/* Two digits; 10000, out of every range, for what is not. */
static int
two(const char *s)
{
	unsigned a = (unsigned)(unsigned char)s[0] - '0';
	unsigned b = (unsigned)(unsigned char)s[1] - '0';

	return a > 9 || b > 9 ? 10000 : (int)(a * 10 + b);
}

/* At '.'; the count of digits, or -1. */
static int
parse_fraction(const char *s, const char *end, int *nanosecond)
{
	const char *p = s + 1;
	uint64_t v = 0;
	int n;

	for (; p < end && *p >= '0' && *p <= '9' && p - s <= 10; p++)
		v = v * 10 + (uint64_t)(*p - '0');
	n = (int)(p - s) - 1;
	if (n < 1 || n > 9)
		return -1;
	*nanosecond = (int)(v * digits_pow10[9 - n]);
	return n;
}

/* Z or +hh:mm, all there is. */
static int
parse_offset(const char *s, const char *end, int *offset)
{
	int h, m;

	*offset = 0;
	if (end - s == 1 && (*s == 'Z' || *s == 'z'))
		return 0;
	if (end - s != 6 || (*s != '+' && *s != '-') || s[3] != ':')
		return -1;
	h = two(s + 1);
	m = two(s + 4);
	if (h > 23 || m > 59)
		return -1;
	*offset = (h * 60 + m) * (*s == '-' ? -60 : 60);
	return 0;
}

int
time_parse(const char *s, size_t n, int64_t *ns, int *digits)
{
	const char *p = s + 19, *end = s + n;
	struct civil c = { 0 };
	int offset, count = 0;

	if (n < 20 || s[4] != '-' || s[7] != '-' || (s[10] | 0x20) != 't' ||
	    s[13] != ':' || s[16] != ':')
		return -1;
	c.year = two(s) * 100 + two(s + 2);
	c.month = two(s + 5);
	c.day = two(s + 8);
	c.hour = two(s + 11);
	c.minute = two(s + 14);
	c.second = two(s + 17);
	if (*p == '.') {
		count = parse_fraction(p, end, &c.nanosecond);
		if (count == -1)
			return -1;
		p += 1 + count;
	}
	if (parse_offset(p, end, &offset) == -1 ||
	    from_civil(&c, offset, ns) == -1)
		return -1;
	if (digits != NULL)
		*digits = count;
	return 0;
}

size_t
time_print(int64_t ns, int digits, char buf[TIME_TEXT_MAX])
{
	struct split t = split(ns);
	unsigned second = (unsigned)t.second;
	struct civil c;
	char *p = buf;

	date_of(t.days, &c);
	p = digits_pair(p, (unsigned)c.year / 100);
	p = digits_pair(p, (unsigned)c.year % 100);
	*p++ = '-';
	p = digits_pair(p, (unsigned)c.month);
	*p++ = '-';
	p = digits_pair(p, (unsigned)c.day);
	*p++ = 'T';
	p = digits_pair(p, second / 3600);
	*p++ = ':';
	p = digits_pair(p, second / 60 % 60);
	*p++ = ':';
	p = digits_pair(p, second % 60);
	if (digits > 0) {
		digits = digits < 9 ? digits : 9;
		*p++ = '.';
		p += digits;
		digits_put(p, (uint64_t)t.fraction / digits_pow10[9 - digits],
		    digits);
	}
	*p++ = 'Z';
	return (size_t)(p - buf);
}

int
time_digits(int64_t ns)
{
	int64_t rest = ns % TIME_SECOND;
	int n = 9;

	for (; n > 0 && rest % 10 == 0; n--)
		rest /= 10;
	return n;
}

void
time_civil(int64_t ns, struct civil *out)
{
	struct split t = split(ns);

	date_of(t.days, out);
	out->hour = t.second / 3600;
	out->minute = t.second / 60 % 60;
	out->second = t.second % 60;
	out->nanosecond = t.fraction;
	/* 0000-03-01 was a Wednesday. */
	out->weekday = (t.days + EPOCH_DAYS + 2) % 7 + 1;
}

int
time_from_civil(const struct civil *c, int64_t *ns)
{
	return from_civil(c, 0, ns);
}
