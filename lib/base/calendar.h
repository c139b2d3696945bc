/* SPDX-License-Identifier: MIT */
/* Calendars: on which days, and within which hours, bars are expected. */
#ifndef TAPE_CALENDAR_H
#define TAPE_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/zone.h"

/* A day's session, in seconds of its local day. */
struct session {
	int is_open;
	int32_t open, close; /* 0 and 86400 where a calendar has no hours */
};

struct calendar;

/* "24x7", "weekdays", "nyse", "nasdaq" (the same), or a file, whose lines are
 *
 *     # a comment
 *     zone America/New_York           of its hours; without: none
 *     days mon tue wed thu fri        open every week; without: these
 *     hours 09:30 16:00               without: days only
 *     closed 2020-12-25
 *     open 2020-12-24 [09:30 13:00]   a day of other hours, or out of turn
 *
 * New, or NULL with the reason; released by calendar_free. */
struct calendar *calendar_new(const char *name, struct problem *p);
void calendar_free(struct calendar *c);

/* The zone of its hours; NULL: it has none, and takes what it is asked in. */
const struct zone *calendar_zone(const struct calendar *c);
/* Whether it knows hours, so that bars of less than a day are expected. */
int calendar_has_hours(const struct calendar *c);
/* Day is counted from 1970-01-01. -1: a day that the calendar knows nothing
 * of (nyse: before 1990 or after 2035). */
int calendar_day(const struct calendar *c, int64_t day, struct session *out);

/* Which bars are asked about: their length, and the zone of days for those of
 * whole days (NULL: UTC). */
struct calendar_bars {
	int64_t span;
	const struct zone *zone;
};

/* Whether a bar that starts at `start` is expected: 1, 0, or -1: unknown. */
int calendar_expects(const struct calendar *c, const struct calendar_bars *b,
    int64_t start);
/* The start of the next bar that is expected after the one at `start`, in its
 * steps. -1: unknown. */
int calendar_next(const struct calendar *c, const struct calendar_bars *b,
    int64_t start, int64_t *next);

/* How many bars it expects from `due` on, one that it expects, that are to
 * start before `until`, a bar that came: days are compared by date. */
int64_t calendar_count(const struct calendar *c,
    const struct calendar_bars *b, int64_t due, int64_t until);

/* The local day of an instant, counted from 1970-01-01; zone NULL: UTC. */
int64_t calendar_day_of(const struct zone *zone, int64_t ns);
/* When that day begins. */
int64_t calendar_midnight(const struct zone *zone, int64_t day);

/* nyse.c: the New York Stock Exchange, 1990 to 2035. */
int nyse_day(int64_t day, struct session *out);

/* calendar_file.c */
struct calendar_days {
	int64_t day;
	struct session session;
};
struct calendar_file {
	char zone[65];
	unsigned days; /* bit n: weekday n, 0 Monday */
	int has_hours;
	int32_t open, close;
	struct calendar_days *at; /* owned; rising by day */
	size_t count, cap;
};
int calendar_file_read(struct calendar_file *f, const char *name,
    struct problem *p);
void calendar_file_release(struct calendar_file *f);
int calendar_file_day(const struct calendar_file *f, int64_t day,
    struct session *out);

#endif
