/* SPDX-License-Identifier: MIT */
/* What a source is, by its first bytes. */
#ifndef TAPE_FEED_SNIFF_H
#define TAPE_FEED_SNIFF_H

#include <stddef.h>

enum { SNIFF_BYTES = 512 };

/* What it is when nothing here can read it, and what to do; or NULL. */
const char *sniff_foreign(const char *s, size_t n);
int sniff_is_json(const char *s, size_t n);
/* JSON that is no record: those have a type. */
int sniff_is_page(const char *s, size_t n);

#endif
