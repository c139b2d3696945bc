/* SPDX-License-Identifier: MIT */
/* The state of a CSV source, shared by reading and by looking ahead. */
#ifndef TAPE_FEED_CSV_H
#define TAPE_FEED_CSV_H

#include "feed/columns.h"
#include "feed/groups.h"
#include "feed/item.h"
#include "feed/rows.h"
#include "feed/source.h"
#include "feed/when.h"

enum { AHEAD_MAX = 1000, AHEAD_ORDER = 64 };

struct csv_state {
	struct rows rows;
	struct columns columns;
	struct groups groups; /* n 0: a row is one record */
	struct when when;
	struct zone *zone; /* owned: the format's, once a clock wanted it */
	enum decimal decimal;
	int64_t per; /* the length that the rows say, or 0 */
	int64_t day; /* midnight of the file's day, where only its name has it */
	char delimiter;
	int header_rows; /* rows before the first of data */
	int is_first; /* the row that was read when looking for a header is data */
	int64_t symbol; /* of all rows, or -1: the column's */
	int64_t column_symbol; /* the last one in the column, or -1 */
	int has_clock; /* the last time was no date alone */
	int is_looking; /* rows are read ahead: midnights wait for a zone */
	int midnights; /* of those, that have none yet */
	int64_t span;
	struct item item; /* the one it is at */
	struct item *ahead; /* owned: rows read ahead, or NULL */
	int ahead_at, ahead_n;
	/* What the order of rows is judged by. */
	int64_t count, last_time;
	uint32_t last_symbol;
	int run; /* rows of that symbol in one piece */
};

/* csv_order.c: what order day and month have, from the date at hand and the
 * bytes that follow. -1 after stage_fail. */
int csv_find_order(struct source *src, const struct cell *date);
/* csv_pass.c: rows outside --since and --until are told by their time alone
 * and not looked at further. */
void csv_pass_early(struct source *src);
/* csv_time.c: the time of the row at hand, and the length of its bar where a
 * column says it: 0, 1 refused, -1. */
int csv_read_time(struct source *src, struct item *out);
int csv_read_per(struct source *src);
/* csv_row.c: refuses the row for a cell of it: 0 or -1. */
int csv_refuse_cell(struct source *src, int column, const char *what,
    const char *hint);
/* The next row that can be read: 1, 0 the end, -1. */
int csv_read(struct source *src, struct item *out);

/* csv_ahead.c: settles the length of bars and the direction of time, reading
 * ahead where it must. */
int csv_look_ahead(struct source *src);
/* The next row, out of those read ahead or from the file. */
int csv_take(struct source *src, struct item *out);
/* Refuses a source that is in no order of time at all. */
int csv_check_order(struct source *src);

#endif
