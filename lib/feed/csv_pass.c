/* SPDX-License-Identifier: MIT */
/* The quick way past rows that are not asked for: no fields are cut, no numbers
 * read. It takes no order for granted, so no row is lost that is asked for. */
#include <string.h>

#include "feed/csv.h"

/* The cell of a column, of a line without quotes. */
static int
cut(const struct csv_state *c, const char *s, size_t n, int column,
    struct cell *out)
{
	const char *end = s + n, *to;

	for (; column > 0; column--) {
		s = memchr(s, c->delimiter, (size_t)(end - s));
		if (s == NULL)
			return -1;
		s++;
	}
	to = memchr(s, c->delimiter, (size_t)(end - s));
	if (to == NULL)
		to = end;
	while (s < to && *s == ' ')
		s++;
	while (to > s && to[-1] == ' ')
		to--;
	*out = (struct cell){ s, (size_t)(to - s) };
	return 0;
}

/* Whatever is not plain goes the long way, and is refused there if need be. */
static int
is_outside(void *arg, const char *s, size_t n)
{
	const struct source *src = arg;
	struct csv_state *c = src->state;
	struct cell date, clock;
	enum when_kind kind;
	int64_t t;

	if (memchr(s, '"', n) != NULL || cut(c, s, n, c->columns.time, &date))
		return 0;
	if (c->columns.clock < 0)
		kind = when_parse(&c->when, date.s, date.n, &t);
	else if (cut(c, s, n, c->columns.clock, &clock) == 0)
		kind = when_parse_two(&c->when, date.s, date.n, clock.s,
		    clock.n, &t);
	else
		return 0;
	return (kind == WHEN_DATE || kind == WHEN_INSTANT)
	    && (t < src->feed->since || t >= src->feed->until);
}

void
csv_pass_early(struct source *src)
{
	struct csv_state *c = src->state;
	const struct feed *feed = src->feed;

	if ((feed->since == INT64_MIN && feed->until == INT64_MAX)
	    || c->columns.time < 0 || c->columns.per >= 0)
		return;
	c->rows.pass = is_outside;
	c->rows.pass_arg = src;
}
