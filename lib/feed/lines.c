/* SPDX-License-Identifier: MIT */
/* Cuts bytes into lines without copying them, within a bounded buffer. */
#include "feed/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NO_LF SIZE_MAX

void
lines_init(struct lines *l, struct bytes *from, size_t block)
{
	memset(l, 0, sizeof *l);
	l->from = from;
	l->block = block;
	l->lf = NO_LF;
	l->step = 1;
}

void
lines_release(struct lines *l)
{
	free(l->data);
	memset(l, 0, sizeof *l);
}

/* Drops what is before the row. */
static void
compact(struct lines *l)
{
	size_t by = l->keep;

	if (by == 0)
		return;
	memmove(l->data, l->data + by, l->end - by);
	l->keep = 0;
	l->dropped += (off_t)by;
	l->pos -= by;
	l->end -= by;
	l->scanned = l->scanned > by ? l->scanned - by : 0;
	if (l->lf != NO_LF)
		l->lf -= by;
}

/* Makes room for a block. The buffer never grows beyond a row and two blocks. */
static int
make_room(struct lines *l)
{
	size_t cap;
	char *data;

	if (l->cap - l->end >= l->block)
		return 0;
	compact(l);
	if (l->cap - l->end >= l->block)
		return 0;
	cap = l->cap == 0 ? 2 * l->block : 2 * l->cap;
	if (cap > LINES_MAX + 2 * l->block)
		cap = LINES_MAX + 2 * l->block;
	data = realloc(l->data, cap);
	if (data == NULL) {
		l->from->what = "out of memory";
		l->from->error = ENOMEM;
		return -1;
	}
	l->data = data;
	l->cap = cap;
	return 0;
}

static int
fill(struct lines *l)
{
	ssize_t got;

	if (make_room(l) < 0)
		return -1;
	got = bytes_read(l->from, l->data + l->end, l->cap - l->end);
	if (got < 0)
		return -1;
	l->end += (size_t)got;
	l->at_end = got == 0;
	return 0;
}

static int
begin(struct lines *l)
{
	static const char bom[3] = "\xef\xbb\xbf";

	l->has_begun = 1;
	while (!l->at_end && l->end < sizeof bom)
		if (fill(l) < 0)
			return -1;
	if (l->end >= sizeof bom && memcmp(l->data, bom, sizeof bom) == 0)
		l->pos = l->keep = l->scanned = sizeof bom;
	return 0;
}

/* Where the LF of this line stands, or NO_LF: not read yet. */
static size_t
find_lf(struct lines *l)
{
	const char *p;
	size_t from = l->scanned > l->pos ? l->scanned : l->pos;

	if (l->lf != NO_LF && l->lf >= l->pos)
		return l->lf;
	p = from < l->end ? memchr(l->data + from, '\n', l->end - from) : NULL;
	l->lf = p == NULL ? NO_LF : (size_t)(p - l->data);
	l->scanned = p == NULL ? l->end : l->lf;
	return l->lf;
}

/* Finds the end of the line at pos: its length and that of its end. 0: more
 * bytes are needed. */
static int
find_end(struct lines *l, size_t *n, size_t *end)
{
	size_t lf = find_lf(l);
	size_t limit = lf == NO_LF ? l->end : lf;
	const char *s = l->data + l->pos;
	const char *cr = limit == l->pos ? NULL
	    : memchr(s, '\r', limit - l->pos);

	if (cr == NULL) {
		*n = limit - l->pos;
		*end = lf != NO_LF;
		return lf != NO_LF || l->at_end;
	}
	*n = (size_t)(cr - s);
	if (cr + 1 == l->data + l->end) {
		*end = 1;
		return l->at_end; /* an LF may follow */
	}
	*end = cr[1] == '\n' ? 2 : 1;
	return 1;
}

/* Skips the rest of a line that is too long, keeping none of it. */
static int
skip_line(struct lines *l)
{
	size_t n, end;

	while (!find_end(l, &n, &end)) {
		/* A last CR stays: its LF may be still to come. */
		l->pos = l->keep = l->end - (l->data[l->end - 1] == '\r');
		l->scanned = l->pos;
		if (fill(l) < 0)
			return LINE_ERROR;
	}
	l->pos += n + end;
	l->keep = l->pos;
	return LINE_TOO_LONG;
}

int
lines_next(struct lines *l, struct line *out, int joined)
{
	if (!l->has_begun && begin(l) < 0)
		return LINE_ERROR;
	if (!joined) {
		l->keep = l->pos;
	}
	while (l->pos == l->end || !find_end(l, &out->n, &out->end)) {
		if (l->pos == l->end && l->at_end)
			return LINE_NONE;
		if (l->end - l->keep > LINES_MAX) {
			l->line += l->step;
			return skip_line(l);
		}
		if (fill(l) < 0)
			return LINE_ERROR;
	}
	/* A file that grows may have been left in the middle of a line. */
	if (out->end == 0 && l->from->is_following)
		return LINE_NONE;
	l->line += l->step;
	if (l->pos + out->n - l->keep > LINES_MAX)
		return skip_line(l);
	out->s = l->data + l->pos;
	l->pos += out->n + out->end;
	return LINE_READ;
}

void
lines_row(const struct lines *l, const char **s, size_t *n)
{
	size_t end = l->pos;

	while (end > l->keep
	    && (l->data[end - 1] == '\n' || l->data[end - 1] == '\r'))
		end--;
	*s = l->data == NULL ? "" : l->data + l->keep;
	*n = end - l->keep;
}

/* A line with something on it is there. */
static int
has_line(const struct lines *l)
{
	const char *s = l->data + l->pos, *end = l->data + l->end;

	while (s < end && (*s == '\n' || *s == '\r' || *s == ' '))
		s++;
	return s < end && (memchr(s, '\n', (size_t)(end - s)) != NULL
	    || memchr(s, '\r', (size_t)(end - s)) != NULL);
}

int
lines_peek(struct lines *l, size_t want, const char **s, size_t *n)
{
	if (!l->has_begun && begin(l) < 0)
		return -1;
	while (!l->at_end && l->end - l->pos < want && !has_line(l))
		if (fill(l) < 0)
			return -1;
	*s = l->data == NULL ? "" : l->data + l->pos;
	*n = l->end - l->pos;
	return 0;
}

int
lines_peek_all(struct lines *l, size_t want, const char **s, size_t *n)
{
	if (!l->has_begun && begin(l) < 0)
		return -1;
	while (!l->at_end && l->end - l->pos < want)
		if (fill(l) < 0)
			return -1;
	*s = l->data == NULL ? "" : l->data + l->pos;
	*n = l->end - l->pos;
	return 0;
}

off_t
lines_offset(const struct lines *l)
{
	return l->dropped + (off_t)l->pos;
}

void
lines_skip(struct lines *l, size_t n)
{
	for (; n > 0; n--)
		l->line += l->data[l->pos++] == '\n';
	l->keep = l->pos;
}
