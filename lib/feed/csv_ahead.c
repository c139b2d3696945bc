/* SPDX-License-Identifier: MIT */
/* What a CSV source does not say, and its first rows must tell: how long its
 * bars are, and whether it runs forward in time. */
#include <stdlib.h>

#include "feed/backward.h"
#include "feed/csv.h"
#include "feed/steps.h"

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
fail_newest_first(struct source *src)
{
	return source_fail(src, EXIT_INPUT, src->line, "the newest row comes "
	    "first, and a pipe cannot be turned (fix: name the file, or turn "
	    "all rows but the header with tac)");
}

/* By far more steps back than forward, and so from one end to the other. */
static int
is_newest_first(const struct csv_state *c)
{
	int back = 0, forward = 0;

	for (int i = 1; i < c->ahead_n; i++) {
		back += c->ahead[i].time < c->ahead[i - 1].time;
		forward += c->ahead[i].time > c->ahead[i - 1].time;
	}
	return back > 4 * forward && (c->ahead_n == 2
	    || c->ahead[c->ahead_n - 1].time < c->ahead[0].time);
}

static int
all_are_one_time(const struct csv_state *c)
{
	for (int i = 1; i < c->ahead_n; i++)
		if (c->ahead[i].time != c->ahead[0].time)
			return 0;
	return 1;
}

/* The length of bars, by what the rows say of it. */
static int
settle_span(struct source *src)
{
	struct csv_state *c = src->state;
	char text[SPAN_TEXT_MAX];

	if (c->columns.type != REC_BAR) {
		c->span = 0;
		return 0;
	}
	c->span = c->per != 0 ? c->per : TIME_DAY;
	if (src->feed->span > 0)
		c->span = src->feed->span;
	if (src->feed->is_following && c->ahead_n == 0 && src->feed->span == 0)
		return source_fail(src, EXIT_USAGE, 0, "no row is there yet "
		    "to tell how long a bar is (fix: --span 1m, or what it "
		    "is)");
	if (src->feed->span > 0 || c->per != 0 || !c->has_clock
	    || c->ahead_n == 0
	    || steps_are_midnights(c->ahead, c->ahead_n))
		return 0;
	c->span = steps_common(c->ahead, c->ahead_n);
	if (c->span == 0)
		return source_fail(src, EXIT_USAGE, 0, "the rows do not tell "
		    "how long a bar is (fix: --span 1m, or what it is)");
	source_guess(src, "bars of %.*s, by the steps between them",
	    (int)span_print(c->span, text), text);
	return 0;
}

/* Clocks that are all 00:00 are dates, as pandas writes days. */
static int
settle_midnights(struct source *src)
{
	struct csv_state *c = src->state;

	if (c->midnights == 0)
		return 0;
	if (c->ahead_n < 2 && src->format->zone == NULL)
		return source_fail(src, EXIT_USAGE, c->ahead[0].line, "one "
		    "midnight does not tell days from clocks (fix: --tz UTC, "
		    "or --tz America/New_York)");
	c->when.midnight_is_date = 1;
	c->has_clock = 0;
	source_guess(src, "dates alone, by their clocks, all 00:00");
	return 0;
}

/* How much of a source must be seen: a pipe is not kept waiting. */
static int
look_as_needed(struct source *src, int is_file)
{
	struct csv_state *c = src->state;
	int rc;

	c->is_looking = 1;
	rc = look(src, is_file ? AHEAD_ORDER : 1);
	if (rc == 0 && (c->midnights > 0 || (is_file && all_are_one_time(c))
	    || (c->has_clock && c->columns.type == REC_BAR
	    && src->feed->span == 0 && c->per == 0)))
		rc = look(src, AHEAD_MAX);
	c->is_looking = 0;
	return rc < 0 || settle_midnights(src) < 0 ? -1 : settle_span(src);
}

/* Back to the first row of data. */
static int
restart(struct source *src)
{
	struct csv_state *c = src->state;
	int got = ROW_READ;

	c->ahead_at = c->ahead_n = 0;
	free(c->ahead);
	c->ahead = NULL;
	c->is_first = 0;
	c->column_symbol = -1;
	c->groups.at = c->groups.n;
	if (source_rewind(src) < 0)
		return -1;
	rows_release(&c->rows);
	if (rows_init(&c->rows, &src->lines, c->delimiter) < 0)
		return stage_fail_memory(src->feed->stage);
	for (int i = 0; i < c->header_rows && got == ROW_READ; i++)
		got = rows_next(&c->rows);
	return got == ROW_ERROR ? source_fail_bytes(src) : 0;
}

/* Rows from the last to the first. */
static int
turn(struct source *src)
{
	struct csv_state *c = src->state;
	const char *s;
	size_t n;
	off_t start;
	int64_t lines;
	int is_plain = bytes_are_plain(&src->bytes);

	/* A byte order mark is past only when something was read. */
	if (lines_peek(&src->lines, 1, &s, &n) < 0)
		return source_fail_bytes(src);
	start = lines_offset(&src->lines);
	if (!is_plain && source_rewind(src) < 0)
		return -1;
	if (backward_start(&src->bytes, is_plain, start, &lines) < 0)
		return source_fail_bytes(src);
	lines_release(&src->lines);
	lines_init(&src->lines, &src->bytes, BYTES_BLOCK);
	src->lines.line = lines + 1;
	src->lines.step = -1;
	rows_release(&c->rows);
	if (rows_init(&c->rows, &src->lines, c->delimiter) < 0)
		return stage_fail_memory(src->feed->stage);
	source_guess(src, "the newest row comes first, so the file is read "
	    "from its end");
	return 0;
}

/* A file is looked at and then read again, so that what is refused is refused
 * in its order. */
static int
look_at_file(struct source *src)
{
	struct csv_state *c = src->state;
	struct feed *feed = src->feed;
	int64_t rows = feed->rows, rounded = feed->rounded;
	int rc, is_turned;

	src->is_scouting = 1;
	src->bytes.is_following = 0;
	rc = look_as_needed(src, 1);
	src->is_scouting = 0;
	feed->rows = rows;
	feed->rounded = rounded;
	if (rc < 0)
		return -1;
	is_turned = is_newest_first(c);
	if (is_turned && feed->is_following)
		return source_fail(src, EXIT_USAGE, 0, "the newest row comes "
		    "first, and a file that grows cannot be turned");
	if (restart(src) < 0)
		return -1;
	return is_turned ? turn(src) : 0;
}

int
csv_look_ahead(struct source *src)
{
	struct csv_state *c = src->state;

	if (c->groups.n > 0)
		c->groups.at = c->groups.n;
	if (src->bytes.is_regular && src->bytes.path != NULL)
		return look_at_file(src);
	if (look_as_needed(src, 0) < 0)
		return -1;
	return c->ahead_n > 2 && is_newest_first(c) ? fail_newest_first(src)
	    : 0;
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

	if (is_back && is_same && c->count == 1 && src->bytes.backward == NULL
	    && !src->bytes.is_regular && check_direction(src) < 0)
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
