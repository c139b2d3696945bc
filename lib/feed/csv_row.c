/* SPDX-License-Identifier: MIT */
/* One CSV row to a bar, a trade or a quote; or the reason why not. */
#include <string.h>

#include "base/text.h"
#include "feed/csv.h"

enum { SHOWN = 40 };

int
csv_refuse_cell(struct source *src, int column, const char *what,
    const char *hint)
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

static const char *
hint(const struct cell *cell, enum number_kind kind)
{
	struct dec d;
	int rounded;

	if (kind == NUMBER_UNSURE)
		return " (fix: --decimal comma, or --decimal point where "
		    "commas are thousands)";
	if (memchr(cell->s, ',', cell->n) == NULL)
		return "";
	return number_read(cell->s, cell->n, DECIMAL_COMMA, &d, &rounded)
	    == NUMBER_OK ? " (fix: --decimal comma)"
	    : " (fix: a point for decimals, and no commas)";
}

/* A cell that is no plain number: 0 all is well, 1 refused, -1. */
static int
refuse_value(struct source *src, const struct item *out, int i,
    enum number_kind kind)
{
	struct csv_state *c = src->state;
	int at = c->columns.value[i], rc;

	if (kind == NUMBER_MISSING
	    && !item_is_required(item_value(out->type, i)))
		return 0;
	if (kind == NUMBER_MISSING)
		rc = refuse_missing(src, at);
	else if (kind == NUMBER_LARGE)
		rc = csv_refuse_cell(src, at, "a number too large, or with more "
		    "than 18 decimals,", "");
	else
		rc = csv_refuse_cell(src, at, "bad number",
		    hint(&c->rows.cells[at], kind));
	return rc < 0 ? -1 : 1;
}

/* Prices as integers of 10^-scale, where the format has them. */
static int
is_scaled(const struct feed_format *f, const struct cell *cell, enum meaning m)
{
	return f->scale > 0 && m >= IS_OPEN && m <= IS_CLOSE
	    && memchr(cell->s, '.', cell->n) == NULL;
}

static int
read_value(struct source *src, struct item *out, int i)
{
	struct csv_state *c = src->state;
	const struct cell *cell = &c->rows.cells[c->columns.value[i]];
	enum meaning m = item_value(out->type, i);
	enum number_kind kind;
	int rounded;

	kind = number_read(cell->s, cell->n, c->decimal, &out->v[i], &rounded);
	if (kind != NUMBER_OK)
		return refuse_value(src, out, i, kind);
	src->feed->rounded += rounded;
	if (src->format->is_minus_one_none && m >= IS_VOLUME
	    && out->v[i].m == -1 && out->v[i].scale == 0)
		return 0;
	if (is_scaled(src->format, cell, m) && dec_mul(out->v[i],
	    (struct dec){ 1, src->format->scale }, DEC_SCALE_MAX,
	    DEC_HALF_EVEN, &out->v[i]) < 0)
		return refuse_value(src, out, i, NUMBER_LARGE);
	out->known |= (uint16_t)(1u << i);
	return 0;
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
	if (c->groups.n > 0)
		out->symbol = (uint32_t)c->groups.all[c->groups.at - 1].symbol;
	if (c->columns.symbol < 0)
		return 0;
	cell = &c->rows.cells[c->columns.symbol];
	if (id < 0 || symbols->names[id].len != cell->n
	    || memcmp(symbols->names[id].text, cell->s, cell->n) != 0) {
		if (!text_is_symbol(cell->s, cell->n)) {
			rc = csv_refuse_cell(src, c->columns.symbol, "bad symbol",
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
	if (c->columns.per >= 0 && (rc = csv_read_per(src)) != 0)
		return rc;
	if ((rc = csv_read_time(src, out)) != 0 || (rc = read_symbol(src, out)) != 0)
		return rc;
	for (int i = 0; i < ITEM_VALUES; i++)
		if (c->columns.value[i] >= 0
		    && (rc = read_value(src, out, i)) != 0)
			return rc;
	return 0;
}

/* A row that was refused is so for all its records. */
static void
skip_groups(struct source *src)
{
	struct csv_state *c = src->state;

	c->groups.at = c->groups.n;
}

/* A file that took the place of one that is followed has a header again. */
static int
is_header_again(const struct source *src)
{
	const struct csv_state *c = src->state;
	int at = c->columns.time;
	const char *name = at < 0 ? "" : columns_name(&c->columns, at);

	return src->feed->is_following && at >= 0 && at < c->rows.n
	    && strlen(name) == c->rows.cells[at].n
	    && memcmp(name, c->rows.cells[at].s, c->rows.cells[at].n) == 0;
}

/* The next row of the file: as rows_next. */
static int
next_row(struct source *src)
{
	struct csv_state *c = src->state;
	int got = c->is_first ? ROW_READ : rows_next(&c->rows);

	while (got == ROW_READ && is_header_again(src))
		got = rows_next(&c->rows);
	c->is_first = 0;
	if (got == ROW_ERROR)
		return source_fail_bytes(src);
	if (got == ROW_NONE) {
		src->feed->rows += c->rows.passed;
		c->rows.passed = 0;
		return got;
	}
	src->line = c->rows.line;
	src->feed->rows += 1 + c->rows.passed;
	c->rows.passed = 0;
	c->groups.at = 0;
	return got;
}

/* The next record of the row at hand, or of the next row: 1, 0 the end, 2
 * there is none in it, -1. */
static int
next_record(struct source *src)
{
	struct csv_state *c = src->state;
	int got;

	if (c->groups.n > 0 && groups_next(&c->groups, &c->columns))
		return groups_is_empty(&c->columns, &c->rows) ? 2 : 1;
	got = next_row(src);
	if (got == ROW_BAD)
		return source_refuse(src, c->rows.line, 0, "%s", c->rows.what)
		    < 0 ? -1 : 2;
	return got == ROW_READ && c->groups.n > 0 ? 2 : got;
}

int
csv_read(struct source *src, struct item *out)
{
	int got, rc;

	while ((got = next_record(src)) > 0) {
		if (got == 2)
			continue;
		rc = read_fields(src, out);
		if (rc <= 0)
			return rc < 0 ? -1 : 1;
		skip_groups(src);
	}
	return got;
}
