/* SPDX-License-Identifier: MIT */
/* Time: int64 nanoseconds since 1970-01-01 UTC (1677 to 2262), RFC 3339 text,
 * and lengths of time such as 5m and 1d. */
#ifndef TAPE_TIME_H
#define TAPE_TIME_H

#include <stddef.h>
#include <stdint.h>

#define TIME_SECOND INT64_C(1000000000)
#define TIME_MINUTE (60 * TIME_SECOND)
#define TIME_HOUR (60 * TIME_MINUTE)
#define TIME_DAY (24 * TIME_HOUR)
#define TIME_NONE INT64_MIN /* no time known */

enum { TIME_TEXT_MAX = 32, SPAN_TEXT_MAX = 24 };

struct civil {
	int year, month, day; /* 1..12, 1..31 */
	int hour, minute, second;
	int nanosecond;
	int weekday; /* 1 Monday .. 7 Sunday, ISO 8601 */
};

/* RFC 3339 with Z or a numeric offset, 0 to 9 fraction digits; all n bytes.
 * *digits (may be NULL) gets the count of fraction digits. -1: not a time,
 * an impossible date, or outside int64. No zone is an error. */
int time_parse(const char *s, size_t n, int64_t *ns, int *digits);
/* Writes YYYY-MM-DDThh:mm:ss[.fraction]Z with `digits` (0..9) fraction
 * digits, truncating; no terminator; returns the length. */
size_t time_print(int64_t ns, int digits, char buf[TIME_TEXT_MAX]);
/* How many fraction digits ns needs, 0..9. */
int time_digits(int64_t ns);

void time_civil(int64_t ns, struct civil *out);
/* -1: a field out of range or the time outside int64. */
int time_from_civil(const struct civil *c, int64_t *ns);

/* A length: a positive integer and one of ns us ms s m h d w ("15m", "1d"). */
int span_parse(const char *s, size_t n, int64_t *ns);
/* In the largest unit of s m h d that divides it (ns below a second's unit:
 * ms us ns); no terminator; returns the length. */
size_t span_print(int64_t ns, char buf[SPAN_TEXT_MAX]);

#endif
