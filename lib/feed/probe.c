/* SPDX-License-Identifier: MIT */
/* Reads the beginning of a source as a run would, and tells what it is. */
#include "feed/probe.h"

#include <string.h>

#include "base/text.h"
#include "feed/csv.h"
#include "feed/run.h"

enum { SHOWN_RECORDS = 3, LOOK_RECORDS = 1000, NAME_SHOWN = 40 };

static int
write_why(struct stage *s, struct source *src)
{
	const char *why = src->why.len == 0 ? "" : buf_str(&src->why);

	for (const char *key = "guess"; why != NULL && *why != '\0';
	    key = "") {
		size_t n = strcspn(why, ";");

		if (stage_printf(s, "%-9s %.*s\n", key, (int)n, why) < 0)
			return -1;
		why += n;
		why += strspn(why, "; ");
	}
	return 0;
}

/* The name that the file has for a value. */
static int
write_column(struct stage *s, const struct columns *c, const char *what, int at)
{
	struct buf shown = { 0 };
	const char *name = at < 0 ? "" : columns_name(c, at);
	int rc;

	if (at < 0)
		return 0;
	if (text_add_visible(&shown, name, strlen(name), NAME_SHOWN) < 0
	    || buf_str(&shown) == NULL)
		rc = stage_fail_memory(s);
	else
		rc = stage_printf(s, " %s='%s'", what, shown.data);
	buf_release(&shown);
	return rc;
}

static int
write_columns(struct stage *s, const struct source *src)
{
	const struct csv_state *state = src->state;
	const struct columns *c;
	int rc;

	if (state == NULL || src->format == NULL
	    || src->format->reader != &csv_reader || state->columns.n == 0)
		return 0;
	c = &state->columns;
	rc = stage_printf(s, "%-9s", "columns");
	rc |= write_column(s, c, "time", c->time);
	rc |= write_column(s, c, "clock", c->clock);
	rc |= write_column(s, c, "ms_of_day", c->ms);
	rc |= write_column(s, c, "per", c->per);
	rc |= write_column(s, c, "symbol", c->symbol);
	for (int i = 0; i < item_count(c->type); i++)
		rc |= write_column(s, c, meaning_name(item_value(c->type, i)),
		    c->value[i]);
	return rc | stage_printf(s, ", of %d\n", c->n);
}

static int
write_record(struct stage *s, struct source *src, int i)
{
	struct record *r = source_get(src);
	struct buf line = { 0 };
	int rc;

	if (r == NULL)
		return -1;
	if (record_print(r, &line) < 0)
		rc = stage_fail_memory(s);
	else
		rc = stage_printf(s, "%-9s ", i == 0 ? "records" : "")
		    | stage_write(s, line.data, line.len);
	buf_release(&line);
	return rc;
}

static int
write_records(struct stage *s, struct source *src)
{
	struct feed *feed = src->feed;
	int got = 1;

	for (int i = 0; i < LOOK_RECORDS && (got = source_next(src)) > 0; i++) {
		if (i < SHOWN_RECORDS && write_record(s, src, i) < 0)
			return -1;
		feed->seq++;
	}
	return got < 0 ? -1 : 0;
}

static int
write_warnings(struct stage *s, struct source *src, const struct buf *warnings)
{
	struct feed *feed = src->feed;
	int rc = 0;

	if (warnings->len > 0)
		rc = stage_write(s, warnings->data, warnings->len);
	if (feed->refused > 0)
		rc |= stage_printf(s, "%-9s %lld of the first %lld rows cannot "
		    "be read\n", "warning", (long long)feed->refused,
		    (long long)feed->rows);
	if (feed->rounded > 0)
		rc |= stage_printf(s, "%-9s %lld numbers have more than 15 "
		    "digits and are rounded\n", "warning",
		    (long long)feed->rounded);
	if (src->is_zone_by_format)
		rc |= stage_printf(s, "%-9s clocks do not tell their zone: %s "
		    "is taken, --tz says another\n", "warning", src->zone);
	if (feed->seq == 1)
		rc |= stage_printf(s, "%-9s there is no record\n", "warning");
	return rc;
}

static int
probe_one(struct stage *s, const char *operand)
{
	struct tfeed *t = s->state;
	struct source *src = &t->sources[t->count];
	struct buf warnings = { 0 };
	int rc;

	t->feed.seq = 1;
	t->feed.rows = t->feed.refused = t->feed.rounded = 0;
	t->feed.warnings = &warnings;
	rc = source_open(src, &t->feed, operand, t->count++);
	if (stage_printf(s, "%-9s %s\n", "source", src->name) < 0
	    || write_why(s, src) < 0 || write_columns(s, src) < 0)
		rc = -1;
	if (t->digits == 0)
		run_set_digits(&t->feed, src->digits < 0 ? 0 : src->digits);
	if (rc == 0)
		rc = write_records(s, src);
	if (write_warnings(s, src, &warnings) < 0)
		rc = -1;
	t->feed.warnings = NULL;
	buf_release(&warnings);
	return rc;
}

int
probe_run(struct stage *s)
{
	const struct tfeed *t = s->state;

	for (int i = 0; i < t->operands.n; i++)
		if (probe_one(s, t->operands.items[i]) < 0)
			return -1;
	return 0;
}
