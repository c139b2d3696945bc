/* SPDX-License-Identifier: MIT */
/* The reader of CSV sources: header, rows, records. */
#include "feed/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "feed/delimiter.h"
#include "feed/name.h"
#include "feed/put.h"

enum { PEEK = 4096, PEEK_LINES = 16384 };

static int
find_delimiter(struct source *src)
{
	struct csv_state *c = src->state;
	const char *s;
	size_t n;

	c->delimiter = ',';
	if (lines_peek(&src->lines, PEEK, &s, &n) < 0)
		return source_fail_bytes(src);
	if (delimiter_is_plain(s, n, &c->delimiter))
		return 0;
	/* More lines are waited for only where the first one leaves doubt. */
	if (lines_peek_all(&src->lines, PEEK_LINES, &s, &n) < 0)
		return source_fail_bytes(src);
	c->delimiter = delimiter_find(s, n);
	return 0;
}

/* Rows that begin with data: a format that says so, or by the looks. */
static int
is_headless(const struct source *src)
{
	const struct csv_state *c = src->state;
	const struct feed_format *f = src->feed->format;

	if (src->feed->map != NULL)
		return 0; /* seen when the time's column is known */
	if (f != NULL && f->has_no_header)
		return 1;
	return (f == NULL || f->shapes[0] != NULL)
	    && columns_is_data(&c->rows, 0);
}

static int
read_columns(struct source *src)
{
	struct csv_state *c = src->state;
	const struct feed_format *forced = src->format;
	struct buf why = { 0 };

	c->is_first = is_headless(src);
	if (src->feed->map != NULL)
		src->format = columns_by_map(&c->columns, &c->rows,
		    src->feed->map, &why) < 0 ? NULL
		    : forced != NULL ? forced : feed_format_find("plain");
	else
		src->format = c->is_first
		    ? columns_by_row(&c->columns, &c->rows, forced, &why)
		    : columns_by_header(&c->columns, &c->rows, forced, &why);
	if (src->format != NULL && src->feed->map != NULL)
		c->is_first = columns_map_is_of_numbers(src->feed->map)
		    && columns_is_data(&c->rows, c->columns.time);
	if (src->format == NULL)
		source_fail(src, src->feed->map != NULL ? EXIT_USAGE
		    : EXIT_INPUT, c->rows.line, "%s", buf_str(&why));
	buf_release(&why);
	if (src->format == NULL)
		return -1;
	source_guess(src, "format %s, by its %s", src->format->name,
	    src->feed->map != NULL ? "map" : forced != NULL ? "option"
	    : c->is_first ? "columns" : "header");
	return 0;
}

/* A line above the header: the address that a file is from, or a title. */
static int
is_preamble(const struct rows *r)
{
	return r->n == 1 && r->cells[0].n > 8
	    && (memmem(r->cells[0].s, r->cells[0].n, "://", 3) != NULL
	    || memmem(r->cells[0].s, r->cells[0].n, "www.", 4) != NULL);
}

/* The next row: 1, 0 there is none, -1. */
static int
next_row(struct source *src)
{
	struct csv_state *c = src->state;

	switch (rows_next(&c->rows)) {
	case ROW_NONE:
		return 0;
	case ROW_ERROR:
		return source_fail_bytes(src);
	case ROW_BAD:
		return source_fail(src, EXIT_INPUT, c->rows.line, "%s",
		    c->rows.what);
	}
	c->header_rows++;
	return 1;
}

static int
groups_may_begin(const struct source *src)
{
	const struct csv_state *c = src->state;

	return src->format == NULL ? groups_begin(&c->rows)
	    : src->format == feed_format_find("yfinance");
}

static int
read_groups(struct source *src)
{
	struct csv_state *c = src->state;

	if (groups_read(src, &c->rows, &c->columns, &c->groups) < 0)
		return -1;
	c->header_rows += 2;
	src->format = feed_format_find("yfinance");
	source_guess(src, "format yfinance, by its header of three rows");
	return 0;
}

/* The day that a file's name begins with, of a file or a zip's member. */
static int
find_day(struct source *src)
{
	struct csv_state *c = src->state;
	const char *name = bytes_member(&src->bytes);
	char digits[8] = "";

	if (!src->format->has_day_in_name)
		return 0;
	if (name == NULL)
		name = src->operand;
	name = strrchr(name, '/') != NULL ? strrchr(name, '/') + 1 : name;
	memcpy(digits, name, strnlen(name, 8));
	if (when_parse(&c->when, digits, 8, &c->day) != WHEN_DATE)
		return source_fail(src, EXIT_USAGE, 0, "the day of its times "
		    "is not known: the name does not begin with YYYYMMDD");
	return 0;
}

static int
read_header(struct source *src)
{
	struct csv_state *c = src->state;
	int got;

	do
		if ((got = next_row(src)) <= 0)
			return got;
	while (is_preamble(&c->rows));
	if (src->feed->map == NULL && groups_may_begin(src))
		got = read_groups(src);
	else
		got = read_columns(src);
	if (got < 0 || find_day(src) < 0)
		return -1;
	c->header_rows -= c->is_first;
	return 1;
}

/* --symbol or a prefix, else the column, else the file's name. */
static int
find_symbol(struct source *src)
{
	struct csv_state *c = src->state;

	c->column_symbol = -1;
	c->symbol = -1;
	if (c->groups.n > 0 || (c->columns.symbol >= 0 && src->symbol == NULL))
		return 0;
	c->symbol = source_symbol(src);
	return c->symbol < 0 ? -1 : 0;
}

/* What the command line says, else what the format has. That a file looks
 * like one of a format is no reason to take its order of dates for granted. */
static void
settle_styles(struct source *src)
{
	struct csv_state *c = src->state;
	const struct feed *feed = src->feed;
	int is_sure = !c->is_first || feed->format != NULL;

	c->when.zone = feed->zone;
	c->when.order = feed->order != DATE_ASK
	    ? (enum date_order)feed->order
	    : is_sure ? src->format->order : DATE_ASK;
	c->decimal = feed->decimal != DECIMAL_AUTO
	    ? (enum decimal)feed->decimal : src->format->decimal;
	if (c->delimiter != ',')
		source_guess(src, "fields are separated by %s",
		    c->delimiter == '\t' ? "tabs" : c->delimiter == ';'
		    ? "semicolons" : "bars");
	if (src->bytes.utf16 != NULL)
		source_guess(src, "UTF-16, by its first bytes");
}

static int
csv_open(struct source *src)
{
	struct csv_state *c = calloc(1, sizeof *c);
	int got;

	src->state = c;
	if (c == NULL)
		return stage_fail_memory(src->feed->stage);
	/* A file that grows is looked at as it is, then read from its start. */
	if (src->bytes.is_regular)
		src->bytes.is_following = 0;
	if (find_delimiter(src) < 0)
		return -1;
	if (rows_init(&c->rows, &src->lines, c->delimiter) < 0)
		return stage_fail_memory(src->feed->stage);
	got = read_header(src);
	if (got <= 0)
		return got;
	settle_styles(src);
	src->digits = c->columns.type == REC_BAR ? 0 : 9;
	/* What is looked at ahead of a pipe is not read again. */
	if (!src->bytes.is_regular || src->bytes.path == NULL)
		csv_pass_early(src);
	if (find_symbol(src) < 0 || csv_look_ahead(src) < 0)
		return -1;
	csv_pass_early(src);
	stage_info(src->feed->stage, "%s: %s", src->name, buf_str(&src->why));
	return 0;
}

static int
csv_next(struct source *src)
{
	struct csv_state *c = src->state;
	int rc;

	if (c->columns.n == 0)
		return 0; /* no header: an empty file */
	do {
		rc = csv_take(src, &c->item);
		if (rc <= 0)
			return rc;
		if (csv_check_order(src) < 0)
			return -1;
		rc = source_at(src, c->item.time, c->span, c->item.line);
	} while (rc > 0);
	return rc < 0 ? -1 : 1;
}

static struct record *
csv_get(struct source *src)
{
	struct csv_state *c = src->state;

	return item_put(src->feed, &c->item, c->span);
}

static void
csv_close(struct source *src)
{
	struct csv_state *c = src->state;

	if (c == NULL)
		return;
	rows_release(&c->rows);
	columns_release(&c->columns);
	groups_release(&c->groups);
	zone_free(c->zone);
	free(c->ahead);
	free(c);
	src->state = NULL;
}

const struct source_reader csv_reader = {
	.open = csv_open,
	.next = csv_next,
	.get = csv_get,
	.close = csv_close,
};
