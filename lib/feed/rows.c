/* SPDX-License-Identifier: MIT */
/* libcsv is given one physical line at a time: it does not tell positions, and
 * so we know them, and it stays pull, as a merge of sources needs it. */
#include "feed/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int
start_parser(struct rows *r, char delimiter)
{
	if (csv_init(&r->parser, 0) != 0)
		return -1;
	csv_set_delim(&r->parser, (unsigned char)delimiter);
	csv_set_blk_size(&r->parser, 4096);
	r->has_parser = 1;
	return 0;
}

int
rows_init(struct rows *r, struct lines *lines, char delimiter)
{
	memset(r, 0, sizeof *r);
	r->lines = lines;
	r->text_cap = 1024;
	r->text = malloc(r->text_cap);
	r->cells = calloc(ROWS_CELLS_MAX, sizeof *r->cells);
	if (r->text == NULL || r->cells == NULL)
		return -1;
	return start_parser(r, delimiter);
}

void
rows_release(struct rows *r)
{
	if (r->has_parser)
		csv_free(&r->parser);
	free(r->text);
	free(r->cells);
	memset(r, 0, sizeof *r);
}

/* Room for the text of all cells of the row, so that on_cell cannot fail. */
static int
make_room(struct rows *r, size_t n)
{
	size_t cap = r->text_cap;
	char *text;

	while (cap < n)
		cap *= 2;
	if (cap == r->text_cap)
		return 0;
	text = malloc(cap);
	if (text == NULL)
		return -1;
	memcpy(text, r->text, r->text_len);
	for (int i = 0; i < r->n && i < ROWS_CELLS_MAX; i++)
		r->cells[i].s = text + (r->cells[i].s - r->text);
	free(r->text);
	r->text = text;
	r->text_cap = cap;
	return 0;
}

static void
on_cell(void *s, size_t n, void *arg)
{
	struct rows *r = arg;

	if (r->n < ROWS_CELLS_MAX) {
		char *to = r->text + r->text_len;

		memcpy(to, s, n);
		r->cells[r->n] = (struct cell){ to, n };
		r->text_len += n;
	}
	r->n++;
}

static void
on_row(int end, void *arg)
{
	struct rows *r = arg;

	(void)end;
	r->is_done = 1;
}

static int
fail_memory(struct rows *r)
{
	r->lines->from->what = "out of memory";
	r->lines->from->error = ENOMEM;
	return ROW_ERROR;
}

static int
parse(struct rows *r, const struct line *line)
{
	size_t n = line->n + line->end;

	if (make_room(r, r->text_len + r->parser.entry_pos + n) < 0)
		return -1;
	return csv_parse(&r->parser, line->s, n, on_cell, on_row, r) == n
	    ? 0 : -1;
}

/* Forgets what the parser holds of a row. */
static int
bad(struct rows *r, const char *what)
{
	char delimiter = (char)csv_get_delim(&r->parser);

	csv_free(&r->parser);
	r->has_parser = 0;
	r->what = what;
	return start_parser(r, delimiter) < 0 ? fail_memory(r) : ROW_BAD;
}

/* The end of the input inside a row: fine, unless a quote is open. libcsv's
 * state 2 is FIELD_BEGUN. */
static int
finish(struct rows *r)
{
	if (r->parser.quoted && r->parser.pstate == 2)
		return bad(r, "a quoted field is not closed");
	if (csv_fini(&r->parser, on_cell, on_row, r) != 0)
		return fail_memory(r);
	return r->is_done ? ROW_READ : ROW_NONE;
}

/* libcsv's state 0 is ROW_NOT_BEGUN. */
static int
is_inside(const struct rows *r)
{
	return r->parser.pstate != 0;
}

int
rows_next(struct rows *r)
{
	struct line line;
	int got;

	r->n = 0;
	r->text_len = 0;
	r->is_done = 0;
	for (;;) {
		int joined = is_inside(r);

		got = lines_next(r->lines, &line, joined);
		if (!joined)
			r->line = r->lines->line;
		if (got == LINE_ERROR)
			return ROW_ERROR;
		if (got == LINE_TOO_LONG)
			return bad(r, joined ?
			    "a quoted field is not closed within 1 MiB" :
			    "the line is longer than 1 MiB");
		if (got == LINE_NONE)
			return joined ? finish(r) : ROW_NONE;
		if (!joined && r->pass != NULL
		    && r->pass(r->pass_arg, line.s, line.n)) {
			r->passed++;
			continue;
		}
		if (parse(r, &line) < 0)
			return fail_memory(r);
		if (r->is_done)
			return ROW_READ;
	}
}

/* Walks the raw bytes again; only messages need it. */
void
rows_place(const struct rows *r, int cell, int64_t *line, size_t *column)
{
	const char *s, *p, *start;
	char delimiter = (char)csv_get_delim(
	    (struct csv_parser *)(uintptr_t)&r->parser);
	size_t n;
	int quoted = 0;

	lines_row(r->lines, &s, &n);
	*line = r->line;
	for (p = start = s; p < s + n && cell > 0; p++) {
		if (*p == '"') {
			quoted = !quoted;
		} else if (*p == delimiter && !quoted) {
			cell--;
		} else if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
			++*line;
			start = p + 1;
		}
	}
	while (p < s + n && *p == ' ')
		p++;
	*column = (size_t)(p - start) + 1;
}
