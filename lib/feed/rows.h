/* SPDX-License-Identifier: MIT */
/* Rows of a CSV source (RFC 4180, by libcsv), with the place of each in it. */
#ifndef TAPE_FEED_ROWS_H
#define TAPE_FEED_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include <csv.h>

#include "feed/lines.h"

enum { ROWS_CELLS_MAX = 1024 };

struct cell {
	const char *s; /* not terminated; spaces round an unquoted one are gone */
	size_t n;
};

struct rows {
	struct lines *lines; /* borrowed */
	struct csv_parser parser;
	int has_parser, is_done;
	char *text; /* owned: the bytes of the cells */
	size_t text_len, text_cap;
	struct cell *cells; /* owned; valid until the next row */
	int n; /* more than ROWS_CELLS_MAX: the rest is not kept */
	int64_t line; /* the line that the row begins on */
	const char *what; /* why a row is bad */
	/* Whether a line that begins a row is passed over unread; or NULL. */
	int (*pass)(void *arg, const char *s, size_t n);
	void *pass_arg;
	int64_t passed; /* how many were */
};

/* ROW_BAD: the row was passed over, `what` and `line` say why and where. */
enum { ROW_ERROR = -1, ROW_NONE = 0, ROW_READ = 1, ROW_BAD = 2 };

int rows_init(struct rows *r, struct lines *lines, char delimiter); /* -1: no memory */
void rows_release(struct rows *r);
/* The next row that is not empty. ROW_ERROR: see lines->from. */
int rows_next(struct rows *r);
/* Where a cell of the row just read begins: line and byte column, from 1. */
void rows_place(const struct rows *r, int cell, int64_t *line, size_t *column);

#endif
