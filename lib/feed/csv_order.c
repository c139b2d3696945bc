/* SPDX-License-Identifier: MIT */
/* Whether 3/4/2024 is in March or in April: a value above 12 tells, else it is
 * asked. */
#include <string.h>

#include "feed/csv.h"

enum { LOOK = 256 * 1024 };

/* The cell of a column in a line, without its quotes. */
static void
cut_cell(const char *s, const char *end, const struct csv_state *c,
    struct cell *out)
{
	int at = 0, quoted = 0;

	for (; s < end && at < c->columns.time; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == c->delimiter && !quoted)
			at++;
	}
	while (s < end && (*s == ' ' || *s == '"'))
		s++;
	out->s = s;
	while (s < end && *s != c->delimiter && *s != '"')
		s++;
	out->n = (size_t)(s - out->s);
}

/* Dates of the lines ahead, as far as they are read. */
static void
weigh(const struct csv_state *c, const char *s, size_t n, int seen[3])
{
	const char *end = s + n, *lf;
	struct cell cell;

	while (s < end) {
		lf = memchr(s, '\n', (size_t)(end - s));
		if (lf == NULL)
			lf = end;
		cut_cell(s, lf, c, &cell);
		seen[date_evidence(cell.s, cell.n)]++;
		s = lf + (lf < end);
	}
}

static const char *
order_name(enum date_order order)
{
	return order == DATE_DMY ? "day first" : "month first";
}

static int
check_format(struct source *src, enum date_order order)
{
	enum date_order has = src->format->order;

	if (has == DATE_ASK || has == order)
		return 0;
	return source_fail(src, EXIT_USAGE, src->line, "the dates have the %s, "
	    "those of %s have the %s (fix: --map time=1,open=2,... --date %s)",
	    order_name(order), src->format->name, order_name(has),
	    order == DATE_DMY ? "dmy" : "mdy");
}

int
csv_find_order(struct source *src, const struct cell *date)
{
	struct csv_state *c = src->state;
	int seen[3] = { 0 };
	const char *s;
	size_t n;

	c->when.order = date_evidence(date->s, date->n);
	if (c->when.order == DATE_ASK) {
		if (lines_peek_all(&src->lines, LOOK, &s, &n) < 0)
			return source_fail_bytes(src);
		weigh(c, s, n, seen);
		if (seen[DATE_DMY] > 0 && seen[DATE_MDY] == 0)
			c->when.order = DATE_DMY;
		if (seen[DATE_MDY] > 0 && seen[DATE_DMY] == 0)
			c->when.order = DATE_MDY;
	}
	if (c->when.order == DATE_ASK)
		return source_fail(src, EXIT_USAGE, src->line, "'%.*s' does "
		    "not tell day from month, %s (fix: --date dmy or --date "
		    "mdy)", date->n > 20 ? 20 : (int)date->n, date->s,
		    seen[DATE_DMY] > 0 ? "and the rows contradict each other"
		    : "nor do the rows after it");
	source_guess(src, "dates have the %s, by a value above 12",
	    order_name(c->when.order));
	return check_format(src, c->when.order);
}
