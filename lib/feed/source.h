/* SPDX-License-Identifier: MIT */
/* A source of records: a file, a stream or a generator. It is looked ahead by
 * one record, so that sources can be merged by when their records are known. */
#ifndef TAPE_FEED_SOURCE_H
#define TAPE_FEED_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/table.h"
#include "base/time.h"
#include "feed/bytes.h"
#include "feed/format.h"
#include "feed/item.h"
#include "feed/lines.h"
#include "record/record.h"
#include "stage/stage.h"

/* What the command line says, and what all sources share. */
struct feed {
	struct stage *stage;
	const struct feed_format *format; /* --format, or NULL: look */
	const char *symbol; /* --symbol, or NULL */
	const char *zone_text; /* --tz, or NULL */
	struct zone *zone; /* of clocks that say none, or NULL */
	const char *map; /* --map, or NULL */
	int order; /* --date: enum date_order */
	int decimal; /* --decimal: enum decimal */
	int64_t span; /* --span in ns, or 0 */
	int64_t since, until; /* since <= time < until */
	int digits; /* of the stream: set when all sources are open; -1 before */
	int64_t time_unit; /* 10^(9 - digits) */
	int is_parking; /* many files: keep none open */
	int is_following; /* --follow: the end of a file is not the end */
	int64_t seq; /* of the record that is fed next */
	struct table symbols;
	struct record record; /* what the sources that make records put them in */
	struct item_keys keys;
	int64_t span_text_of; /* which span_text says */
	char span_text[SPAN_TEXT_MAX];
	size_t span_text_len;
	int64_t rows, refused, rounded;
	struct buf *warnings; /* what is refused is told here, and no failure */
};

struct source {
	struct feed *feed;
	const struct feed_format *format;
	const char *operand; /* borrowed, without the symbol's prefix */
	const char *name; /* as messages show it: operand, or <stdin> */
	const char *symbol; /* given for this one, or NULL */
	char own_symbol[40]; /* by the file's name */
	int order; /* on the command line */
	struct bytes bytes;
	struct lines lines;
	int64_t line; /* of what lies in `lines`, read last */
	int64_t known; /* when it is known; never falls inside a source */
	/* What it says of the stream when it is opened. */
	int digits; /* fraction digits that it needs: 0, or 9 for ticks */
	const char *zone; /* time zone, or NULL */
	int is_zone_by_format; /* so that it does not speak for other sources */
	int is_scouting; /* what is read now is read again: nothing is counted */
	struct buf why; /* what was guessed, and by what: sentences */
	void *state; /* owned by the reader */
};

/* A way to read sources. */
struct source_reader {
	int (*open)(struct source *src); /* bytes are open, unless generated */
	/* Goes to the next record: 1 it is there (source_at knows when), 0 the
	 * end, -1 after stage_fail. Rows refused are passed over. */
	int (*next)(struct source *src);
	/* The record that it is at, with feed->seq; valid until the next but one.
	 * NULL: after stage_fail. */
	struct record *(*get)(struct source *src);
	void (*close)(struct source *src);
};

/* [SYMBOL=]SOURCE: opens it and learns what it says of the stream. -1 after
 * stage_fail. */
int source_open(struct source *src, struct feed *feed, const char *operand,
    int order);
/* As in source_reader. */
int source_next(struct source *src);
struct record *source_get(struct source *src);
void source_close(struct source *src);

/* ---- for readers ---- */

/* Is at what begins at a time, has a length and stands on a line: 0; 1 when it
 * is passed over (--since, --until, refused); -1. */
int source_at(struct source *src, int64_t time, int64_t span, int64_t line);
/* Refuses what was read, at a line and byte column (0: none): 0 or -1. */
int source_refuse(struct source *src, int64_t line, size_t column,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Stops: "FILE:LINE: message", line 0: "FILE: message". Returns -1. */
int source_fail(struct source *src, int status, int64_t line, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));
/* Begins again with the first byte; line and counts too. -1 after stage_fail. */
int source_rewind(struct source *src);
/* Adds to what was guessed. */
void source_guess(struct source *src, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Says why reading failed, by bytes.what. Returns -1. */
int source_fail_bytes(struct source *src);
/* The symbol of what has none of its own, checked; -1 after stage_fail. */
int64_t source_symbol(struct source *src);

extern const struct source_reader csv_reader, ndjson_reader, gen_reader,
    pages_reader;

#endif
