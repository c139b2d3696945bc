/* SPDX-License-Identifier: MIT */
/* Which bars a calendar expects. Bars of whole days are asked for by their
 * local day, shorter ones by whether they overlap a session. */
#include "base/calendar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"

/* A calendar that is closed for longer expects nothing any more. */
enum { CLOSED_DAYS_MAX = 400 };

struct calendar {
	enum { CAL_24X7, CAL_WEEKDAYS, CAL_NYSE, CAL_FILE } kind;
	struct zone *zone; /* owned; NULL: that of who asks */
	struct calendar_file file;
};

static const char *const names[] = { "24x7", "weekdays", "nyse" };

static int
open_zone(struct calendar *c, const char *name, struct problem *p)
{
	c->zone = zone_new(name);
	if (c->zone != NULL)
		return 0;
	return problem_set(p, errno == ENOMEM ? 1 : 2,
	    "no time zone '%.64s': %s", name, strerror(errno));
}

static int
fill(struct calendar *c, const char *name, struct problem *p)
{
	for (int i = 0; i < 3; i++) {
		if (strcmp(name, names[i]) != 0 &&
		    !(i == CAL_NYSE && strcmp(name, "nasdaq") == 0))
			continue;
		c->kind = i == 0 ? CAL_24X7 : i == 1 ? CAL_WEEKDAYS : CAL_NYSE;
		return i == CAL_NYSE ? open_zone(c, "America/New_York", p) : 0;
	}
	c->kind = CAL_FILE;
	if (calendar_file_read(&c->file, name, p) != 0)
		return -1;
	return c->file.zone[0] == '\0' ? 0 : open_zone(c, c->file.zone, p);
}

struct calendar *
calendar_new(const char *name, struct problem *p)
{
	struct calendar *c = calloc(1, sizeof *c);

	if (c == NULL) {
		problem_set(p, 1, "out of memory");
		return NULL;
	}
	if (fill(c, name, p) == 0)
		return c;
	calendar_free(c);
	return NULL;
}

void
calendar_free(struct calendar *c)
{
	if (c == NULL)
		return;
	zone_free(c->zone);
	calendar_file_release(&c->file);
	free(c);
}

const struct zone *
calendar_zone(const struct calendar *c)
{
	return c->zone;
}

int
calendar_has_hours(const struct calendar *c)
{
	return c->kind == CAL_24X7 || c->kind == CAL_NYSE ||
	    (c->kind == CAL_FILE && c->file.has_hours);
}

int
calendar_day(const struct calendar *c, int64_t day, struct session *out)
{
	*out = (struct session){ 1, 0, 86400 };
	switch (c->kind) {
	case CAL_24X7:
		return 0;
	case CAL_WEEKDAYS:
		out->is_open = ((day + 3) % 7 + 7) % 7 < 5;
		return 0;
	case CAL_NYSE:
		return nyse_day(day, out);
	case CAL_FILE:
		return calendar_file_day(&c->file, day, out);
	}
	return -1;
}

int64_t
calendar_day_of(const struct zone *zone, int64_t ns)
{
	int64_t east = zone == NULL ? 0 : zone_offset(zone, ns);
	int64_t seconds = ns / TIME_SECOND - (ns % TIME_SECOND < 0) + east;
	int64_t day = TIME_DAY / TIME_SECOND;

	return seconds / day - (seconds % day < 0);
}

int64_t
calendar_midnight(const struct zone *zone, int64_t day)
{
	int64_t ns;

	if (__builtin_mul_overflow(day, TIME_DAY, &ns))
		ns = day < 0 ? INT64_MIN : INT64_MAX;
	return zone == NULL ? ns : zone_to_utc(zone, ns);
}

static int64_t
local_of(const struct zone *zone, int64_t ns)
{
	return ns + (zone == NULL ? 0 : zone_offset(zone, ns) * TIME_SECOND);
}

static int64_t
floor_mod(int64_t a, int64_t b)
{
	return (a % b + b) % b;
}

/* ---- bars of whole days ---- */

/* Whether any of the days from `day` on that a bar spans is open. */
static int
expects_days(const struct calendar *c, int64_t day, int64_t count)
{
	struct session s;

	for (int64_t i = 0; i < count; i++) {
		if (calendar_day(c, day + i, &s) != 0)
			return -1;
		if (s.is_open)
			return 1;
	}
	return 0;
}

static int
next_days(const struct calendar *c, const struct calendar_bars *b,
    int64_t start, int64_t *next)
{
	int64_t count = b->span / TIME_DAY;
	int64_t day = calendar_day_of(b->zone, start), due = day;
	int is_due;

	for (int i = 0; i < CLOSED_DAYS_MAX; i++) {
		due += count;
		is_due = expects_days(c, due, count);
		if (is_due < 0)
			return -1;
		if (is_due) {
			/* at the hour of the one before, on the wall */
			*next = calendar_midnight(b->zone, due) +
			    local_of(b->zone, start) - day * TIME_DAY;
			return 0;
		}
	}
	return -1;
}

/* ---- shorter bars ---- */

static const struct zone *
zone_for(const struct calendar *c, const struct calendar_bars *b)
{
	return c->zone != NULL ? c->zone : b->zone;
}

/* Whether a bar overlaps the session of the local day `day`. */
static int
overlaps(const struct calendar *c, int64_t day, int64_t local, int64_t span)
{
	struct session s;

	if (calendar_day(c, day, &s) != 0)
		return -1;
	return s.is_open && local < day * TIME_DAY + s.close * TIME_SECOND &&
	    local + span > day * TIME_DAY + s.open * TIME_SECOND;
}

static int
next_short(const struct calendar *c, const struct calendar_bars *b,
    int64_t start, int64_t *next)
{
	const struct zone *zone = zone_for(c, b);
	int64_t step = start + b->span, local = local_of(zone, step);
	int64_t day = calendar_day_of(zone, step), phase, first;
	struct session s;
	int is_due = overlaps(c, day, local, b->span);

	if (is_due != 0) {
		*next = step;
		return is_due < 0 ? -1 : 0;
	}
	/* the first bar of the next session, in the same steps of the clock */
	phase = floor_mod(floor_mod(local_of(zone, start), TIME_DAY), b->span);
	for (int64_t i = 0; i < CLOSED_DAYS_MAX; i++, day++) {
		if (calendar_day(c, day, &s) != 0)
			return -1;
		if (!s.is_open)
			continue;
		first = s.open * TIME_SECOND;
		first -= floor_mod(first - phase, b->span);
		first += day * TIME_DAY;
		if (first < local)
			continue;
		*next = zone == NULL ? first : zone_to_utc(zone, first);
		return *next > start ? 0 : -1;
	}
	return -1;
}

int
calendar_expects(const struct calendar *c, const struct calendar_bars *b,
    int64_t start)
{
	const struct zone *zone = zone_for(c, b);

	if (start < INT64_MIN + CLOSED_DAYS_MAX * TIME_DAY ||
	    start > INT64_MAX - CLOSED_DAYS_MAX * TIME_DAY - b->span)
		return -1;
	if (b->span % TIME_DAY == 0)
		return expects_days(c, calendar_day_of(b->zone, start),
		    b->span / TIME_DAY);
	if (!calendar_has_hours(c))
		return -1;
	return overlaps(c, calendar_day_of(zone, start),
	    local_of(zone, start), b->span);
}

int
calendar_next(const struct calendar *c, const struct calendar_bars *b,
    int64_t start, int64_t *next)
{
	int64_t end;

	if (__builtin_add_overflow(start, b->span, &end) ||
	    start < INT64_MIN + CLOSED_DAYS_MAX * TIME_DAY ||
	    end > INT64_MAX - CLOSED_DAYS_MAX * TIME_DAY)
		return -1;
	if (b->span % TIME_DAY == 0)
		return next_days(c, b, start, next);
	if (!calendar_has_hours(c))
		return -1;
	if (c->kind == CAL_24X7) {
		*next = end;
		return 0;
	}
	return next_short(c, b, start, next);
}

int64_t
calendar_count(const struct calendar *c, const struct calendar_bars *b,
    int64_t due, int64_t until)
{
	int64_t n = 0;

	if (b->span % TIME_DAY == 0)
		until = calendar_midnight(b->zone,
		    calendar_day_of(b->zone, until));
	else if (c->kind == CAL_24X7)
		return until <= due ? 0
		    : (until - due) / b->span + ((until - due) % b->span != 0);
	for (; due < until; n++)
		if (calendar_next(c, b, due, &due) != 0)
			return n + 1;
	return n;
}
