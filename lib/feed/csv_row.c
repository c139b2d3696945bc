/* SPDX-License-Identifier: MIT */
/* One CSV row to a bar, a trade or a quote; or the reason why not. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "feed/csv.h"

/* Digits of a number that are kept, as tape-record(5) promises. */
enum { DIGITS_IN = 15, SHOWN = 40 };

static int
refuse_cell(struct source *src, int column, const char *what, const char *hint)
{
	struct csv_state *c = src->state;
	const struct cell *cell = &c->rows.cells[column];
	struct buf shown = { 0 };
	int64_t line;
	size_t col;
	int rc;

	rows_place(&c->rows, column, &line, &col);
	if (text_add_visible(&shown, cell->s, cell->n, SHOWN) < 0
	    || buf_str(&shown) == NULL)
		rc = stage_fail_memory(src->feed->stage);
	else
		rc = source_refuse(src, line, col, "%s '%s' in column '%s'%s",
		    what, shown.data, columns_name(&c->columns, column), hint);
	buf_release(&shown);
	return rc;
}

static int
refuse_missing(struct source *src, int column)
{
	struct csv_state *c = src->state;
	int64_t line;
	size_t col;

	rows_place(&c->rows, column, &line, &col);
	return source_refuse(src, line, col, "a price is missing in column "
	    "'%s'", columns_name(&c->columns, column));
}

static int
is_missing(const struct cell *c)
{
	static const char *const words[] = { "", "null", "nan", "n/a", "na",
		"none", "-" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == c->n
		    && strncasecmp(words[i], c->s, c->n) == 0)
			return 1;
	return 0;
}

/* Thousands between commas, where nothing else can be meant: two commas, or
 * one with a point behind; every group of three digits. 1: out has it. */
static int
read_thousands(const struct cell *c, struct dec *out, int *rounded)
{
	char text[64];
	size_t n = 0, since = 0;
	int commas = 0, point = 0;

	if (c->n >= sizeof text)
		return 0;
	for (size_t i = 0; i < c->n; i++) {
		if (c->s[i] == ',') {
			if (point || (commas > 0 && since != 3) || n == 0
			    || since > 3)
				return 0;
			commas++;
			since = 0;
			continue;
		}
		if (c->s[i] == '.') {
			if (commas > 0 && since != 3)
				return 0;
			point = 1;
		}
		since += !point && c->s[i] != '-';
		text[n++] = c->s[i];
	}
	if (commas == 0 || since != 3 || (commas == 1 && !point))
		return 0;
	return dec_parse_digits(text, n, DIGITS_IN, out, rounded) == DEC_OK;
}

/* A cell that is no plain number. 0 it could be read all the same, 1 refused,
 * -1. */
static int
read_odd_value(struct source *src, struct item *out, int i,
    enum dec_status status)
{
	struct csv_state *c = src->state;
	int at = c->columns.value[i], rounded = 0, rc;
	const struct cell *cell = &c->rows.cells[at];

	if (status == DEC_OVERFLOW) {
		rc = refuse_cell(src, at, "a number too large, or with more "
		    "than 18 decimals,", "");
	} else if (is_missing(cell)) {
		if (!item_is_required(item_value(out->type, i)))
			return 0;
		rc = refuse_missing(src, at);
	} else if (read_thousands(cell, &out->v[i], &rounded)) {
		out->known |= (uint16_t)(1u << i);
		src->feed->rounded += rounded;
		return 0;
	} else {
		rc = refuse_cell(src, at, "bad number",
		    memchr(cell->s, ',', cell->n) == NULL ? "" :
		    " (fix: a point for decimals, and no commas)");
	}
	return rc < 0 ? -1 : 1;
}

static int
read_value(struct source *src, struct item *out, int i)
{
	struct csv_state *c = src->state;
	const struct cell *cell = &c->rows.cells[c->columns.value[i]];
	enum dec_status status;
	int rounded;

	status = dec_parse_digits(cell->s, cell->n, DIGITS_IN, &out->v[i],
	    &rounded);
	if (status != DEC_OK)
		return read_odd_value(src, out, i, status);
	src->feed->rounded += rounded;
	out->known |= (uint16_t)(1u << i);
	return 0;
}

static int
fail_zone(struct source *src)
{
	struct csv_state *c = src->state;

	return source_fail(src, EXIT_USAGE, c->rows.line, "the times in column "
	    "'%s' do not tell their zone (fix: --tz UTC, or --tz "
	    "America/New_York)", columns_name(&c->columns, c->columns.time));
}

static int
read_time(struct source *src, struct item *out)
{
	struct csv_state *c = src->state;
	const struct cell *cells = c->rows.cells, *t = &cells[c->columns.time];
	enum when_kind kind;
	int rc;

	if (c->columns.clock < 0)
		kind = when_parse(&c->when, t->s, t->n, &out->time);
	else
		kind = when_parse_two(&c->when, t->s, t->n,
		    cells[c->columns.clock].s, cells[c->columns.clock].n,
		    &out->time);
	c->has_clock = kind != WHEN_DATE;
	if (kind == WHEN_LOCAL)
		return fail_zone(src);
	if (kind != WHEN_BAD && kind != WHEN_RANGE)
		return 0;
	rc = refuse_cell(src, c->columns.time, kind == WHEN_BAD ? "bad time"
	    : "a time outside 1677 to 2262", "");
	return rc < 0 ? -1 : 1;
}

/* With a symbol given, the column must still be of one symbol. */
static int
check_one_symbol(struct source *src, int64_t id)
{
	struct csv_state *c = src->state;

	if (c->column_symbol >= 0 && id != c->column_symbol)
		return source_fail(src, EXIT_USAGE, c->rows.line,
		    "there are several symbols in column '%s', which cannot "
		    "all be '%s'", columns_name(&c->columns, c->columns.symbol),
		    table_text(&src->feed->symbols, (size_t)c->symbol));
	return 0;
}

static int
read_symbol(struct source *src, struct item *out)
{
	struct csv_state *c = src->state;
	struct table *symbols = &src->feed->symbols;
	const struct cell *cell;
	int64_t id = c->column_symbol;
	int rc;

	out->symbol = (uint32_t)c->symbol;
	if (c->columns.symbol < 0)
		return 0;
	cell = &c->rows.cells[c->columns.symbol];
	if (id < 0 || symbols->names[id].len != cell->n
	    || memcmp(symbols->names[id].text, cell->s, cell->n) != 0) {
		if (!text_is_symbol(cell->s, cell->n)) {
			rc = refuse_cell(src, c->columns.symbol, "bad symbol",
			    "");
			return rc < 0 ? -1 : 1;
		}
		id = table_intern(symbols, cell->s, cell->n, NULL);
		if (id < 0)
			return stage_fail_memory(src->feed->stage);
	}
	if (c->symbol >= 0 && check_one_symbol(src, id) < 0)
		return -1;
	c->column_symbol = id;
	if (c->symbol < 0)
		out->symbol = (uint32_t)id;
	return 0;
}

/* The fields of the row just read: 0, 1 refused, -1. */
static int
read_fields(struct source *src, struct item *out)
{
	struct csv_state *c = src->state;
	int rc;

	out->type = c->columns.type;
	out->has = c->columns.has;
	out->known = 0;
	out->line = c->rows.line;
	if (c->rows.n != c->columns.n) {
		rc = source_refuse(src, c->rows.line, 0, "%d field%s, not %d",
		    c->rows.n, c->rows.n == 1 ? "" : "s", c->columns.n);
		return rc < 0 ? -1 : 1;
	}
	if ((rc = read_time(src, out)) != 0 || (rc = read_symbol(src, out)) != 0)
		return rc;
	for (int i = 0; i < ITEM_VALUES; i++)
		if (c->columns.value[i] >= 0
		    && (rc = read_value(src, out, i)) != 0)
			return rc;
	return 0;
}

int
csv_read(struct source *src, struct item *out)
{
	struct csv_state *c = src->state;
	int got, rc;

	for (;;) {
		got = c->is_first ? ROW_READ : rows_next(&c->rows);
		c->is_first = 0;
		if (got == ROW_NONE)
			return 0;
		if (got == ROW_ERROR)
			return source_fail_bytes(src);
		src->line = c->rows.line;
		src->feed->rows++;
		if (got == ROW_BAD) {
			if (source_refuse(src, c->rows.line, 0, "%s",
			    c->rows.what) < 0)
				return -1;
			continue;
		}
		rc = read_fields(src, out);
		if (rc <= 0)
			return rc < 0 ? -1 : 1;
	}
}
