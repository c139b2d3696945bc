/* SPDX-License-Identifier: MIT */
/* The lines of a file from its last to its first, for files that have the
 * newest row first. */
#ifndef TAPE_FEED_BACKWARD_H
#define TAPE_FEED_BACKWARD_H

#include "feed/bytes.h"

/* From now on b gives the lines behind `start` (an offset in what bytes_read
 * gives), the last one first. Unless the file `is_plain`, b has read nothing
 * yet, and what it has is unpacked to a file without a name. *lines: how many
 * lines the file has. -1: see b->what. */
int backward_start(struct bytes *b, int is_plain, off_t start,
    int64_t *lines);
/* As bytes_read. */
ssize_t backward_read(struct bytes *b, char *to, size_t n);
void backward_free(struct backward *w);

#endif
