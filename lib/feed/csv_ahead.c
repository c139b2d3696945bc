/* SPDX-License-Identifier: MIT */
/* What a CSV source does not say, and its first rows must tell: how long its
 * bars are, and whether it runs forward in time. */
#include <stdlib.h>

#include "feed/csv.h"

static const int64_t standard_spans[] = {
	TIME_MINUTE, 5 * TIME_MINUTE, 15 * TIME_MINUTE, 30 * TIME_MINUTE,
	TIME_HOUR, 4 * TIME_HOUR, TIME_DAY,
};

enum { SPANS = sizeof standard_spans / sizeof *standard_spans };

int
csv_take(struct source *src, struct item *out)
{
	struct csv_state *c = src->state;

	if (c->ahead_at < c->ahead_n) {
		*out = c->ahead[c->ahead_at++];
		return 1;
	}
	free(c->ahead);
	c->ahead = NULL;
	c->ahead_at = c->ahead_n = 0;
	return csv_read(src, out);
}

/* Reads until `want` rows are ahead, or the source ends. */
static int
look(struct source *src, int want)
{
	struct csv_state *c = src->state;
	int got = 1;

	if (c->ahead == NULL) {
		c->ahead = calloc(AHEAD_MAX, sizeof *c->ahead);
		if (c->ahead == NULL)
			return stage_fail_memory(src->feed->stage);
	}
	while (c->ahead_n - c->ahead_at < want && c->ahead_n < AHEAD_MAX
	    && got > 0) {
		got = csv_read(src, &c->ahead[c->ahead_n]);
		c->ahead_n += got > 0;
	}
	return got < 0 ? -1 : 0;
}

static int
all_are_midnights(const struct csv_state *c)
{
	for (int i = 0; i < c->ahead_n; i++)
		if (c->ahead[i].time % TIME_DAY != 0)
			return 0;
	return 1;
}

/* The step from the symbol's row before, or 0. */
static int64_t
step_to(const struct csv_state *c, int i)
{
	for (int k = i - 1; k >= 0; k--)
		if (c->ahead[k].symbol == c->ahead[i].symbol)
			return c->ahead[i].time - c->ahead[k].time;
	return 0;
}

/* The most common step, when it is a usual length and divides all others;
 * 0 else. */
static int64_t
common_step(const struct csv_state *c)
{
	int count[SPANS] = { 0 }, best = 0;

	for (int i = 1; i < c->ahead_n; i++) {
		int64_t step = step_to(c, i);

		for (int k = 0; k < SPANS; k++)
			count[k] += step == standard_spans[k];
	}
	for (int k = 1; k < SPANS; k++)
		if (count[k] > count[best])
			best = k;
	if (count[best] == 0)
		return 0;
	for (int i = 1; i < c->ahead_n; i++)
		if (step_to(c, i) % standard_spans[best] != 0)
			return 0;
	return standard_spans[best];
}

static int
fail_newest_first(struct source *src)
{
	if (src->bytes.path == NULL)
		return source_fail(src, EXIT_INPUT, src->line, "the newest row "
		    "comes first (fix: turn all rows but the header with tac)");
	return source_fail(src, EXIT_INPUT, 0, "the newest row comes first "
	    "(fix: (head -n 1 FILE; tail -n +2 FILE | tac) | tfeed "
	    "--symbol SYMBOL -)");
}

static int
is_newest_first(const struct csv_state *c)
{
	const struct item *a = c->ahead;

	return c->ahead_n > 2 && a[1].time < a[0].time
	    && a[2].time < a[1].time && a[0].symbol == a[1].symbol;
}

int
csv_find_span(struct source *src)
{
	struct csv_state *c = src->state;
	char text[SPAN_TEXT_MAX];

	c->span = c->columns.type == REC_BAR ? src->feed->span : 0;
	if (c->columns.type != REC_BAR || c->span > 0)
		return 0;
	c->span = TIME_DAY;
	if (look(src, 1) < 0)
		return -1;
	if (c->ahead_n == 0 || !c->has_clock)
		return 0;
	if (look(src, AHEAD_MAX) < 0)
		return -1;
	if (is_newest_first(c))
		return fail_newest_first(src);
	if (all_are_midnights(c))
		return 0;
	c->span = common_step(c);
	if (c->span == 0)
		return source_fail(src, EXIT_USAGE, 0, "the rows do not tell "
		    "how long a bar is (fix: --span 1m, or what it is)");
	stage_info(src->feed->stage, "%s: bars of %.*s, by the steps between "
	    "them", src->name, (int)span_print(c->span, text), text);
	return 0;
}

/* A second row before the first may be a slip, two in a row are a direction. */
static int
check_direction(struct source *src)
{
	struct csv_state *c = src->state;

	if (look(src, 1) < 0)
		return -1;
	if (c->ahead_at < c->ahead_n
	    && c->ahead[c->ahead_at].time >= c->item.time)
		return 0;
	return fail_newest_first(src);
}

int
csv_check_order(struct source *src)
{
	struct csv_state *c = src->state;
	const struct item *it = &c->item;
	int is_same = c->count > 0 && it->symbol == c->last_symbol;
	int is_back = c->count > 0 && it->time < c->last_time;

	if (is_back && is_same && c->count == 1 && check_direction(src) < 0)
		return -1;
	if (is_back && !is_same && c->run > 1)
		return source_fail(src, EXIT_INPUT, it->line, "the rows are "
		    "sorted by symbol, not by time (fix: (head -n 1 FILE; "
		    "tail -n +2 FILE | sort -s -t, -k 1,1) | tfeed -, with "
		    "the column of the time)");
	c->run = is_same ? c->run + 1 : 1;
	c->last_symbol = it->symbol;
	c->last_time = it->time;
	c->count++;
	return 0;
}
