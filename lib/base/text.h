/* SPDX-License-Identifier: MIT */
/* Text helpers: JSON strings, what may go to a terminal, the nearest name. */
#ifndef TAPE_TEXT_H
#define TAPE_TEXT_H

#include <stdint.h>

#include "base/buf.h"

/* Appends s as a JSON string with its quotes; s must be UTF-8 (a bad byte, or
 * a NUL, is written as U+FFFD). */
int text_add_json(struct buf *b, const char *s, size_t n);
/* Appends the text of a JSON string body (between the quotes, valid),
 * unescaped. */
int text_add_unescaped(struct buf *b, const char *s, size_t n);
/* Appends s so that no terminal acts on it: control, C1 and bidi characters
 * and bad UTF-8 become \xNN; at most max bytes of s, then "...". CWE-150. */
int text_add_visible(struct buf *b, const char *s, size_t n, size_t max);
/* The character that s begins with: its length and code, or 0. */
size_t text_utf8_char(const char *s, size_t n, uint32_t *code);
/* The length of the valid UTF-8 prefix of s. */
size_t text_utf8_prefix(const char *s, size_t n);

/* [A-Za-z0-9._:/^=-]{1,32} */
int text_is_symbol(const char *s, size_t n);

/* The name nearest to s by edit distance (with swaps), or NULL when none is
 * near enough (a third of its length, at least 1). */
const char *text_nearest(const char *s, size_t n, const char *const *names,
    size_t count);

#endif
