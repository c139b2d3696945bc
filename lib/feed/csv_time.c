/* SPDX-License-Identifier: MIT */
/* When a row is of: dates, clocks, their zone, and how long its bar is. */
#include <string.h>

#include "base/zone.h"
#include "feed/csv.h"
#include "feed/shape.h"

static int
fail_zone(struct source *src)
{
	struct csv_state *c = src->state;

	return source_fail(src, EXIT_USAGE, c->rows.line, "the times in column "
	    "'%s' do not tell their zone (fix: --tz UTC, or --tz "
	    "America/New_York)", columns_name(&c->columns, c->columns.time));
}

/* The zone that the format has for clocks like this: 1 it is known now, 0
 * there is none, -1. */
static int
take_zone(struct source *src, const struct cell *clock)
{
	struct csv_state *c = src->state;
	const struct feed_format *f = src->format;

	if (f->zone == NULL || c->zone != NULL || (f->zone_shape != NULL
	    && !shape_fits(f->zone_shape, strlen(f->zone_shape), clock)))
		return 0;
	c->zone = zone_new(f->zone);
	if (c->zone == NULL)
		return source_fail(src, EXIT_SYSTEM, 0, "no time zone '%s' in "
		    "the system's zoneinfo", f->zone);
	c->when.zone = c->zone;
	src->zone = f->zone;
	src->is_zone_by_format = 1;
	source_guess(src, "clocks are of %s, by the format", f->zone);
	for (int i = 0; i < c->ahead_n; i++)
		c->ahead[i].time = zone_to_utc(c->zone, c->ahead[i].time);
	c->midnights = 0;
	return 1;
}

/* A clock without a zone. 1: read it again, now that there is one. */
static int
settle_zone(struct source *src, int64_t local)
{
	struct csv_state *c = src->state;
	int got;

	if (c->is_looking && local % TIME_DAY == 0) {
		c->midnights++;
		return 0;
	}
	got = take_zone(src, &c->rows.cells[c->columns.time]);
	return got == 0 ? fail_zone(src) : got;
}

static enum when_kind
parse_time(struct csv_state *c, int64_t *out)
{
	const struct cell *cells = c->rows.cells, *t = &cells[c->columns.time];
	int per = c->columns.per;

	/* The clock of a day's bar is zeros. */
	if (c->columns.clock < 0 || (per >= 0 && cells[per].n == 1
	    && (*cells[per].s == 'D' || *cells[per].s == 'd')))
		return when_parse(&c->when, t->s, t->n, out);
	return when_parse_two(&c->when, t->s, t->n, cells[c->columns.clock].s,
	    cells[c->columns.clock].n, out);
}

/* The day is that of the file's name. */
static int
read_ms(struct source *src, struct item *out)
{
	struct csv_state *c = src->state;
	const struct cell *cell = &c->rows.cells[c->columns.ms];
	int64_t ms = 0;
	int rc;

	for (size_t i = 0; i < cell->n && cell->n <= 8; i++)
		ms = cell->s[i] < '0' || cell->s[i] > '9' ? TIME_DAY
		    : ms * 10 + (cell->s[i] - '0');
	if (cell->n == 0 || cell->n > 8 || ms >= TIME_DAY / 1000000) {
		rc = csv_refuse_cell(src, c->columns.ms, "bad time of day", "");
		return rc < 0 ? -1 : 1;
	}
	c->has_clock = 1;
	if (c->when.zone == NULL && take_zone(src, cell) < 0)
		return -1;
	out->time = zone_to_utc(c->when.zone, c->day + ms * 1000000);
	return 0;
}

int
csv_read_time(struct source *src, struct item *out)
{
	struct csv_state *c = src->state;
	enum when_kind kind;
	int rc;

	if (c->columns.ms >= 0)
		return read_ms(src, out);
	kind = parse_time(c, &out->time);
	c->has_clock = kind != WHEN_DATE;
	if (kind == WHEN_DATE || kind == WHEN_INSTANT)
		return 0;
	if (kind == WHEN_UNSURE) {
		if (csv_find_order(src, &c->rows.cells[c->columns.time]) < 0)
			return -1;
		return csv_read_time(src, out);
	}
	if (kind == WHEN_LOCAL) {
		rc = settle_zone(src, out->time);
		return rc > 0 ? csv_read_time(src, out) : rc;
	}
	rc = csv_refuse_cell(src, c->columns.time, kind == WHEN_BAD ? "bad time"
	    : "a time outside 1677 to 2262", "");
	return rc < 0 ? -1 : 1;
}

/* D, W (a week), or minutes: the same for the whole source. */
int
csv_read_per(struct source *src)
{
	struct csv_state *c = src->state;
	const struct cell *cell = &c->rows.cells[c->columns.per];
	int64_t minutes = 0;
	int rc;

	for (size_t i = 0; i < cell->n && i < 6; i++)
		minutes = cell->s[i] < '0' || cell->s[i] > '9' ? INT64_MIN / 16
		    : minutes * 10 + (cell->s[i] - '0');
	if (cell->n == 1 && (*cell->s == 'D' || *cell->s == 'd'))
		minutes = 24 * 60;
	if (cell->n == 1 && (*cell->s == 'W' || *cell->s == 'w'))
		minutes = 7 * 24 * 60;
	if (minutes <= 0) {
		rc = csv_refuse_cell(src, c->columns.per, "bad length of bars",
		    "");
		return rc < 0 ? -1 : 1;
	}
	if (c->per != 0 && c->per != minutes * TIME_MINUTE) {
		rc = csv_refuse_cell(src, c->columns.per, "another length of bars "
		    "than the rows before,", "");
		return rc < 0 ? -1 : 1;
	}
	c->per = minutes * TIME_MINUTE;
	return 0;
}
