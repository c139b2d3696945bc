/* SPDX-License-Identifier: MIT */
/* POSIX TZ texts: POSIX.1-2017 8.3 with the extensions of RFC 8536 3.3.1
 * (hours up to 167, negative times). */
#include "base/tzrule.h"

#include <stddef.h>

#include "base/time.h"

static const char *
read_int(const char *p, int max, int *out)
{
	int v = 0;

	if (*p < '0' || *p > '9')
		return NULL;
	for (; *p >= '0' && *p <= '9'; p++) {
		v = v * 10 + (*p - '0');
		if (v > max)
			return NULL;
	}
	*out = v;
	return p;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static const char *
read_time(const char *p, int max_hours, int32_t *out)
{
	int part[3] = { 0 }, neg = *p == '-';

	if (*p == '+' || *p == '-')
		p++;
	for (int i = 0; i < 3; i++) {
		p = read_int(p, i == 0 ? max_hours : 59, &part[i]);
		if (p == NULL)
			return NULL;
		if (i == 2 || *p != ':')
			break;
		p++;
	}
	*out = (part[0] * 60 + part[1]) * 60 + part[2];
	if (neg)
		*out = -*out;
	return p;
}

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Steps over EST or <+0330>. */
static const char *
skip_name(const char *p)
{
	const char *from = p;

	if (*p == '<') {
		while (*p != '\0' && *p != '>')
			p++;
		return *p == '>' ? p + 1 : NULL;
	}
	while (is_letter(*p))
		p++;
	return p - from >= 3 ? p : NULL;
}

static const char *
read_month_day(const char *p, struct tzday *d)
{
	p = read_int(p, 12, &d->month);
	if (p == NULL || d->month < 1 || *p++ != '.')
		return NULL;
	p = read_int(p, 5, &d->week);
	if (p == NULL || d->week < 1 || *p++ != '.')
		return NULL;
	return read_int(p, 6, &d->day);
}

/* ,Mm.w.d[/time] and its like. */
static const char *
read_day(const char *p, struct tzday *d)
{
	if (*p++ != ',')
		return NULL;
	d->time = 7200;
	if (*p == 'M') {
		d->kind = TZ_MONTH;
		p = read_month_day(p + 1, d);
	} else if (*p == 'J') {
		d->kind = TZ_JULIAN;
		p = read_int(p + 1, 365, &d->day);
		if (p == NULL || d->day < 1)
			return NULL;
	} else {
		d->kind = TZ_ZERO;
		p = read_int(p, 365, &d->day);
	}
	if (p != NULL && *p == '/')
		p = read_time(p + 1, 167, &d->time);
	return p;
}

/* The text counts offsets west of UTC. */
int
tzrule_parse(const char *s, struct tzrule *out)
{
	struct tzrule r = { 0 };
	const char *p = skip_name(s);
	int32_t west;

	if (p == NULL || (p = read_time(p, 24, &west)) == NULL)
		return -1;
	r.std = -west;
	r.dst = r.std + 3600;
	if (*p != '\0') {
		r.has_dst = 1;
		p = skip_name(p);
		if (p == NULL)
			return -1;
		if (*p != ',') {
			p = read_time(p, 24, &west);
			r.dst = -west;
		}
		if (p == NULL || (p = read_day(p, &r.begin)) == NULL ||
		    (p = read_day(p, &r.end)) == NULL || *p != '\0')
			return -1;
	}
	*out = r;
	return 0;
}

static int
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970 to the first of the month, 1..13; not bound to the years of
 * an int64 in nanoseconds, as the last of these may end in the next. */
static int64_t
first_of(int year, int month)
{
	static const int16_t before[13] = {
		0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365,
	};
	int y = year - 1;
	/* 477 leap days were before 1970. */
	int leaps = y / 4 - y / 100 + y / 400 - 477;

	return INT64_C(365) * (year - 1970) + leaps + before[month - 1] +
	    (month > 2 && is_leap(year));
}

/* The w-th weekday d of the month, 5 being the last, in days since 1970;
 * weekdays count from Sunday, 0, and 1970 began on a 4. */
static int64_t
month_day(const struct tzday *d, int year)
{
	int64_t first = first_of(year, d->month);
	int weekday = (int)((first % 7 + 11) % 7);
	int64_t day = first + (d->day - weekday + 7) % 7 + 7 * (d->week - 1);

	return day < first_of(year, d->month + 1) ? day : day - 7;
}

/* Local seconds since 1970 when the change happens in the year. */
static int64_t
change_at(const struct tzday *d, int year)
{
	int64_t day = first_of(year, 1) + d->day;

	if (d->kind == TZ_MONTH)
		day = month_day(d, year);
	else if (d->kind == TZ_JULIAN) /* 29 February is never counted */
		day += (is_leap(year) && d->day >= 60) - 1;
	return day * 86400 + d->time;
}

/* The local year; at the ends of time the offset is left out. */
static int
year_of(const struct tzrule *r, int64_t t)
{
	struct civil c;
	int64_t ns;

	if (__builtin_mul_overflow(t + r->std, TIME_SECOND, &ns))
		ns = t < 0 ? INT64_MIN : INT64_MAX;
	time_civil(ns, &c);
	return c.year;
}

int32_t
tzrule_offset(const struct tzrule *r, int64_t t)
{
	int64_t begin, end;
	int year, is_dst;

	if (!r->has_dst)
		return r->std;
	year = year_of(r, t);
	begin = change_at(&r->begin, year) - r->std;
	end = change_at(&r->end, year) - r->dst;
	is_dst = begin < end ? t >= begin && t < end : t >= begin || t < end;
	return is_dst ? r->dst : r->std;
}
