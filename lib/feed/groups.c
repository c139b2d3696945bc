/* SPDX-License-Identifier: MIT */
/* One row becomes as many bars as there are tickers. */
#include "feed/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int
is_word(const struct cell *cell, const char *word)
{
	struct buf b = { 0 };
	int is = columns_plain_name(&b, cell->s, cell->n) == 0
	    && b.len == strlen(word) && memcmp(b.data, word, b.len) == 0;

	buf_release(&b);
	return is;
}

static enum meaning
any_meaning(const struct cell *cell)
{
	struct buf b = { 0 };
	enum meaning m = IS_NOTHING;

	if (columns_plain_name(&b, cell->s, cell->n) == 0 && b.len > 0)
		m = meaning_of(b.data, b.len);
	buf_release(&b);
	return m;
}

static enum meaning
meaning_of_cell(const struct cell *cell)
{
	enum meaning m = any_meaning(cell);

	return m >= IS_OPEN && m <= IS_ADJ_CLOSE ? m : IS_NOTHING;
}

int
groups_begin(const struct rows *row)
{
	if (row->n < 2 || row->n > ROWS_CELLS_MAX)
		return 0;
	if (is_word(&row->cells[0], "price"))
		return meaning_of_cell(&row->cells[1]) != IS_NOTHING;
	for (int i = 1; i < row->n; i++)
		if (any_meaning(&row->cells[i]) != IS_NOTHING)
			return 0;
	return is_word(&row->cells[0], "ticker");
}

static int
fail_header(struct source *src, const struct rows *rows)
{
	return source_fail(src, EXIT_INPUT, rows->line, "this is not the "
	    "header of three rows that the one of prices begins (wants "
	    "Price,..., Ticker,... and Date,...)");
}

static struct group *
find_group(struct groups *g, int64_t symbol)
{
	struct group *new;

	for (int i = 0; i < g->n; i++)
		if (g->all[i].symbol == symbol)
			return &g->all[i];
	new = &g->all[g->n++];
	new->symbol = symbol;
	for (int i = 0; i < ITEM_VALUES; i++)
		new->value[i] = -1;
	return new;
}

/* A column is a price of a ticker. */
static int
take_column(struct source *src, struct groups *g, enum meaning m,
    const struct cell *ticker, int at)
{
	struct group *to;
	int64_t id;

	if (m == IS_NOTHING)
		return 0;
	if (!text_is_symbol(ticker->s, ticker->n))
		return source_fail(src, EXIT_INPUT, 0, "column %d has no "
		    "ticker that is a symbol", at + 1);
	id = table_intern(&src->feed->symbols, ticker->s, ticker->n, NULL);
	if (id < 0)
		return stage_fail_memory(src->feed->stage);
	to = find_group(g, id);
	if (to->value[m - IS_OPEN] >= 0)
		return source_fail(src, EXIT_INPUT, 0, "two columns for '%s' "
		    "of %s", meaning_name(m),
		    table_text(&src->feed->symbols, (size_t)id));
	to->value[m - IS_OPEN] = at;
	to->has |= (uint16_t)(1u << (m - IS_OPEN));
	return 0;
}

/* The first two rows: one of prices, one of tickers. */
static int
read_two(struct source *src, struct rows *rows, enum meaning *what,
    struct groups *g)
{
	int prices_first = is_word(&rows->cells[0], "price"), n = rows->n;
	struct buf kept = { 0 };
	struct cell cells[ROWS_CELLS_MAX];
	int rc = 0;

	for (int i = 0; i < n; i++) {
		rc |= buf_add(&kept, rows->cells[i].s, rows->cells[i].n);
		cells[i].n = rows->cells[i].n;
	}
	for (size_t i = 0, at = 0; i < (size_t)n; at += cells[i].n, i++)
		cells[i].s = kept.data + at;
	if (rc != 0)
		rc = stage_fail_memory(src->feed->stage);
	else if (rows_next(rows) != ROW_READ || rows->n != n
	    || !is_word(&rows->cells[0], prices_first ? "ticker" : "price"))
		rc = fail_header(src, rows);
	for (int i = 1; i < n && rc == 0; i++) {
		what[i] = meaning_of_cell(prices_first ? &cells[i]
		    : &rows->cells[i]);
		rc = take_column(src, g, what[i], prices_first
		    ? &rows->cells[i] : &cells[i], i);
	}
	buf_release(&kept);
	return rc;
}

static int
check_groups(struct source *src, struct groups *g)
{
	const unsigned prices = 15; /* open, high, low, close */

	if (g->n == 0)
		return source_fail(src, EXIT_INPUT, 1, "no column 'open' in "
		    "the header (see tfeed --formats)");
	for (int i = 0; i < g->n; i++)
		if ((g->all[i].has & prices) != prices)
			return source_fail(src, EXIT_INPUT, 1, "not all of "
			    "open, high, low and close are there for %s",
			    table_text(&src->feed->symbols,
			    (size_t)g->all[i].symbol));
	if (src->symbol != NULL && g->n > 1)
		return source_fail(src, EXIT_USAGE, 1, "there are several "
		    "tickers, which cannot all be '%s'", src->symbol);
	if (src->symbol != NULL
	    && (g->all[0].symbol = source_symbol(src)) < 0)
		return -1;
	return 0;
}

/* Columns are called by what they mean. */
static int
name_columns(struct columns *c, const enum meaning *what)
{
	int rc = buf_add(&c->names, "Date", 5);

	for (int i = 1; i < c->n; i++) {
		const char *name = meaning_name(what[i]);

		rc |= buf_add(&c->names, name, strlen(name) + 1);
	}
	return rc;
}

int
groups_read(struct source *src, struct rows *rows, struct columns *c,
    struct groups *g)
{
	enum meaning what[ROWS_CELLS_MAX] = { IS_NOTHING };

	if (!groups_begin(rows))
		return fail_header(src, rows);
	memset(c, 0, sizeof *c);
	c->n = rows->n;
	c->clock = c->ms = c->per = c->symbol = -1;
	c->type = REC_BAR;
	g->all = calloc((size_t)rows->n, sizeof *g->all);
	if (g->all == NULL)
		return stage_fail_memory(src->feed->stage);
	if (read_two(src, rows, what, g) < 0 || check_groups(src, g) < 0)
		return -1;
	if (rows_next(rows) != ROW_READ || rows->n != c->n
	    || !(is_word(&rows->cells[0], "date")
	    || is_word(&rows->cells[0], "datetime")))
		return fail_header(src, rows);
	g->at = g->n;
	return name_columns(c, what) < 0 ? stage_fail_memory(src->feed->stage)
	    : 0;
}

int
groups_next(struct groups *g, struct columns *c)
{
	if (g->at >= g->n)
		return 0;
	memcpy(c->value, g->all[g->at].value, sizeof c->value);
	c->has = g->all[g->at].has;
	g->at++;
	return 1;
}

int
groups_is_empty(const struct columns *c, const struct rows *row)
{
	for (int i = 0; i < ITEM_VALUES; i++)
		if (c->value[i] >= 0 && c->value[i] < row->n
		    && row->cells[c->value[i]].n > 0)
			return 0;
	return 1;
}

void
groups_release(struct groups *g)
{
	free(g->all);
	memset(g, 0, sizeof *g);
}
