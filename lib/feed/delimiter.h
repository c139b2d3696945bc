/* SPDX-License-Identifier: MIT */
/* What separates the fields of a source. */
#ifndef TAPE_FEED_DELIMITER_H
#define TAPE_FEED_DELIMITER_H

#include <stddef.h>

/* The one of , ; tab | that text of whole lines has in the most even way, at
 * most 20 lines of it. */
char delimiter_find(const char *s, size_t n);
/* Whether the first line alone leaves no doubt; *out is then it. A line with
 * none of them, as an address above the header, leaves doubt. */
int delimiter_is_plain(const char *s, size_t n, char *out);

#endif
