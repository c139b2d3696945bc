/* SPDX-License-Identifier: MIT */
/* The reader of CSV sources: header, rows, records. */
#include "feed/csv.h"

#include <stdlib.h>
#include <string.h>

#include "feed/put.h"

enum { PEEK = 4096 };

/* The one of , ; tab | that the first line has most of. */
static int
find_delimiter(struct source *src, char *out)
{
	static const char delimiters[] = ",;\t|";
	int count[4] = { 0 }, best = 0;
	const char *s, *p;
	size_t n;

	if (lines_peek(&src->lines, PEEK, &s, &n) < 0)
		return source_fail_bytes(src);
	while (n > 0 && (*s == '\n' || *s == '\r')) {
		s++;
		n--;
	}
	for (; n > 0 && *s != '\n' && *s != '\r'; s++, n--)
		if (*s != '\0' && (p = strchr(delimiters, *s)) != NULL)
			count[p - delimiters]++;
	for (int i = 1; i < 4; i++)
		if (count[i] > count[best])
			best = i;
	*out = delimiters[best];
	return 0;
}

static int
read_columns(struct source *src)
{
	struct csv_state *c = src->state;
	struct buf why = { 0 };

	c->is_first = src->format != NULL ? src->format->has_no_header
	    : columns_is_data(&c->rows);
	src->format = c->is_first
	    ? columns_by_row(&c->columns, &c->rows, src->format, &why)
	    : columns_by_header(&c->columns, &c->rows, src->format, &why);
	if (src->format == NULL)
		source_fail(src, EXIT_INPUT, c->rows.line, "%s", buf_str(&why));
	buf_release(&why);
	return src->format == NULL ? -1 : 0;
}

static int
read_header(struct source *src)
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
	if (read_columns(src) < 0)
		return -1;
	stage_info(src->feed->stage, "%s: format %s, by its %s", src->name,
	    src->format->name, src->feed->format != NULL ? "option" : "header");
	return 1;
}

/* --symbol or a prefix, else the column, else the file's name. */
static int
find_symbol(struct source *src)
{
	struct csv_state *c = src->state;

	c->column_symbol = -1;
	c->symbol = -1;
	if (c->columns.symbol >= 0 && src->symbol == NULL)
		return 0;
	c->symbol = source_symbol(src);
	return c->symbol < 0 ? -1 : 0;
}

static int
csv_open(struct source *src)
{
	struct csv_state *c = calloc(1, sizeof *c);
	char delimiter = ',';
	int got;

	src->state = c;
	if (c == NULL)
		return stage_fail_memory(src->feed->stage);
	if (find_delimiter(src, &delimiter) < 0)
		return -1;
	if (rows_init(&c->rows, &src->lines, delimiter) < 0)
		return stage_fail_memory(src->feed->stage);
	c->when.zone = src->feed->zone;
	got = read_header(src);
	if (got <= 0)
		return got;
	src->digits = c->columns.type == REC_BAR ? 0 : 9;
	if (find_symbol(src) < 0)
		return -1;
	return csv_find_span(src);
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
