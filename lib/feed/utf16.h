/* SPDX-License-Identifier: MIT */
/* UTF-16 to UTF-8, as terminals on Windows save it. */
#ifndef TAPE_FEED_UTF16_H
#define TAPE_FEED_UTF16_H

#include "feed/bytes.h"

/* A byte order mark, or two characters of ASCII with a zero byte each. */
int utf16_begins(const unsigned char *s, size_t n);
/* Takes over b->first. -1: see b->what. */
int utf16_start(struct bytes *b);
/* As bytes_read. */
ssize_t utf16_read(struct bytes *b, char *to, size_t n);

#endif
