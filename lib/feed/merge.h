/* SPDX-License-Identifier: MIT */
/* Sources in the order in which their records are known: a binary heap by
 * (known, order on the command line). */
#ifndef TAPE_FEED_MERGE_H
#define TAPE_FEED_MERGE_H

#include "feed/source.h"

struct merge {
	struct source **heap; /* owned; the sources are not */
	int n;
};

int merge_init(struct merge *m, int cap); /* -1: no memory */
void merge_release(struct merge *m);
void merge_add(struct merge *m, struct source *src);
/* The source whose record is next, or NULL. */
struct source *merge_top(const struct merge *m);
/* The top has moved on to its next record; `is_over`: it has none. */
void merge_moved(struct merge *m, int is_over);

#endif
