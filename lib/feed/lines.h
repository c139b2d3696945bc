/* SPDX-License-Identifier: MIT */
/* Physical lines of a source: ended by LF, CRLF or CR, or by the end. */
#ifndef TAPE_FEED_LINES_H
#define TAPE_FEED_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "feed/bytes.h"

enum { LINES_MAX = 1 << 20 }; /* bytes of a line, or of lines joined */

struct lines {
	struct bytes *from; /* borrowed */
	char *data; /* owned */
	size_t cap, block;
	size_t keep; /* where the row began */
	size_t pos; /* where the next line begins */
	size_t end;
	size_t lf, scanned; /* the next LF, or none before `scanned` */
	int64_t line; /* number of the last line, from 1 */
	int step; /* 1, or -1 where the lines come from the last on */
	off_t dropped; /* bytes before data[0] */
	int at_end, has_begun;
};

struct line {
	const char *s; /* valid until the next call; its end stands after it */
	size_t n;
	size_t end; /* bytes of the line's end: 0, 1 or 2 */
};

enum { LINE_ERROR = -1, LINE_NONE = 0, LINE_READ = 1, LINE_TOO_LONG = 2 };

/* from stays open until l is released. A byte order mark is left out. */
void lines_init(struct lines *l, struct bytes *from, size_t block);
void lines_release(struct lines *l);
/* The next line; `joined`: it goes on with the row before, which is kept (see
 * lines_row). One of the enum; LINE_ERROR: see from->what; LINE_TOO_LONG: the
 * row is given up, and the rest of its line skipped. */
int lines_next(struct lines *l, struct line *out, int joined);
/* The bytes of the row so far, ends of lines inside it included. */
void lines_row(const struct lines *l, const char **s, size_t *n);
/* Looks at the first bytes: as many as `want`, or to the end of the first line
 * that is not empty; a pipe may not have more yet. -1: see from->what. */
int lines_peek(struct lines *l, size_t want, const char **s, size_t *n);
/* Waits for as many as `want`, or the end. */
int lines_peek_all(struct lines *l, size_t want, const char **s, size_t *n);
/* Goes past n of the bytes looked at; LFs are counted as lines. */
void lines_skip(struct lines *l, size_t n);
/* Where the next line begins, in bytes of the source. */
off_t lines_offset(const struct lines *l);

#endif
