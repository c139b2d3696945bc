/* SPDX-License-Identifier: MIT */
/* A format that tfeed reads: one file each, one line each in list.def. */
#ifndef TAPE_FEED_FORMAT_H
#define TAPE_FEED_FORMAT_H

#include <stddef.h>

#include "feed/date.h"
#include "feed/number.h"

struct source_reader;

enum { FORMAT_HEADERS_MAX = 6, FORMAT_SHAPES_MAX = 3 };

struct feed_format {
	const char *name;
	const char *summary; /* one line, for --formats */
	const struct source_reader *reader;
	/* The rest is for CSV. Headers by which it is known: column names
	 * written small, without <>[]()$" and spaces, joined by commas; a last
	 * '*' stands for any that follow. */
	const char *headers[FORMAT_HEADERS_MAX];
	/* Rows by which a file without header is known, see shape.h. */
	const char *shapes[FORMAT_SHAPES_MAX];
	/* What the columns mean, in their order, where their names do not say
	 * it: words of meaning_name, "-" for those to leave out. */
	const char *columns;
	int has_no_header; /* `columns` is all there is to know */
	int is_only_forced; /* its header is also another format's: --format */
	int has_any_header; /* any header that tells time and prices */
	const char *zone; /* of clocks that say none; NULL: --tz is needed */
	const char *zone_shape; /* only of times written like this; or NULL */
	enum date_order order; /* of 3/4/2024; DATE_ASK: see what is there */
	enum decimal decimal;
	int scale; /* prices without a point are in units of 10^-scale */
	int is_minus_one_none; /* a volume, and what follows it, of -1 */
	int has_day_in_name; /* the file's name begins with YYYYMMDD */
};

/* All of them, in the order of list.def; NULL at the end. */
extern const struct feed_format *const feed_formats[];
const struct feed_format *feed_format_find(const char *name);

#endif
