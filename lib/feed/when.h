/* SPDX-License-Identifier: MIT */
/* Times as files write them: dates, dates with a clock, with or without a
 * zone, and counts since 1970. */
#ifndef TAPE_FEED_WHEN_H
#define TAPE_FEED_WHEN_H

#include <stddef.h>
#include <stdint.h>

#include "feed/date.h"

struct zone;

enum when_kind {
	WHEN_BAD, /* no time */
	WHEN_RANGE, /* a time, outside 1677 to 2262 */
	WHEN_DATE, /* a date alone: midnight UTC, an exchange day */
	WHEN_UNSURE, /* 3/4/2024, and no order was said */
	WHEN_LOCAL, /* a clock without a zone, and no zone was said */
	WHEN_INSTANT,
};

/* Zeroed memory is ready for use. */
struct when {
	const struct zone *zone; /* of clocks that say none; NULL: WHEN_LOCAL */
	enum date_order order;
	int midnight_is_date; /* 00:00 without a zone is a date alone */
	char date[10]; /* the last one; rows repeat it */
	int64_t midnight;
};

/* A date (see date.h); with [T ]HH:MM[:SS[.f]], HHMMSS or HHMMSSmmm and Z,
 * +HH:MM, +HHMM or GMT+HHMM behind it; or a count since 1970, whose unit is told
 * by its size: below 1e11 seconds, below 1e14 ms, below 1e17 us, else ns. */
enum when_kind when_parse(struct when *w, const char *s, size_t n, int64_t *ns);
/* A date and a clock from two columns. */
enum when_kind when_parse_two(struct when *w, const char *date, size_t nd,
    const char *clock, size_t nc, int64_t *ns);

#endif
