/* SPDX-License-Identifier: MIT */
/* Market data as JSON that web services answer with. */
#ifndef TAPE_FEED_PAGES_H
#define TAPE_FEED_PAGES_H

#include <jansson.h>

#include "feed/source.h"

/* What was found in one or more pages. */
struct page_items {
	struct item *all; /* owned */
	int n, cap, at;
	int64_t span; /* that the rows themselves tell, or 0 */
	const char *format; /* by the first page, or NULL */
};

/* pages_read.c: takes the items of a page: 0, or -1 after stage_fail. */
int pages_take(struct source *src, const json_t *page, struct page_items *to);

#endif
