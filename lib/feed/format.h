/* SPDX-License-Identifier: MIT */
/* A format that tfeed reads: one file each, one line each in list.def. */
#ifndef TAPE_FEED_FORMAT_H
#define TAPE_FEED_FORMAT_H

#include <stddef.h>

struct source_reader;

enum { FORMAT_HEADERS_MAX = 6 };

struct feed_format {
	const char *name;
	const char *summary; /* one line, for --formats */
	const struct source_reader *reader;
	/* The rest is for CSV. Headers by which it is known: column names
	 * written small, without <>[]()$" and spaces, joined by commas. */
	const char *headers[FORMAT_HEADERS_MAX];
	/* What the columns mean, in their order, where their names do not say
	 * it: words of meaning_name, "-" for those to leave out. */
	const char *columns;
	int has_no_header; /* `columns` is all there is to know */
	int is_only_forced; /* its header is also another format's: --format */
	int has_any_header; /* any header that tells time and prices */
	const char *zone; /* of clocks that say none; NULL: --tz is needed */
};

/* All of them, in the order of list.def; NULL at the end. */
extern const struct feed_format *const feed_formats[];
const struct feed_format *feed_format_find(const char *name);

#endif
