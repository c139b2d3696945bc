/* SPDX-License-Identifier: MIT */
/* The state of a CSV source, shared by reading and by looking ahead. */
#ifndef TAPE_FEED_CSV_H
#define TAPE_FEED_CSV_H

#include "feed/columns.h"
#include "feed/item.h"
#include "feed/rows.h"
#include "feed/source.h"
#include "feed/when.h"

enum { AHEAD_MAX = 1000 };

struct csv_state {
	struct rows rows;
	struct columns columns;
	struct when when;
	int is_first; /* the row that was read when looking for a header is data */
	int64_t symbol; /* of all rows, or -1: the column's */
	int64_t column_symbol; /* the last one in the column, or -1 */
	int has_clock; /* the last time was no date alone */
	int64_t span;
	struct item item; /* the one it is at */
	struct item *ahead; /* owned: rows read ahead, or NULL */
	int ahead_at, ahead_n;
	/* What the order of rows is judged by. */
	int64_t count, last_time;
	uint32_t last_symbol;
	int run; /* rows of that symbol in one piece */
};

/* csv_row.c: the next row that can be read: 1, 0 the end, -1. */
int csv_read(struct source *src, struct item *out);

/* csv_ahead.c: settles the length of bars, reading ahead where it must. */
int csv_find_span(struct source *src);
/* The next row, out of those read ahead or from the file. */
int csv_take(struct source *src, struct item *out);
/* Refuses a source that is in no order of time at all. */
int csv_check_order(struct source *src);

#endif
