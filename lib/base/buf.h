/* SPDX-License-Identifier: MIT */
/* A growable byte buffer. Zeroed memory is an empty one. */
#ifndef TAPE_BUF_H
#define TAPE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data; /* owned; len bytes are used; not terminated */
	size_t len, cap;
};

/* Makes room for n more bytes and returns where they go, or NULL (no memory). */
char *buf_reserve(struct buf *b, size_t n);
/* 0, or -1 when there is no memory; the buffer is then unchanged. */
int buf_add(struct buf *b, const void *data, size_t n);
int buf_add_char(struct buf *b, char c);
int buf_add_str(struct buf *b, const char *s);
int buf_addf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
int buf_vaddf(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
/* Terminates what is there (not counted in len) and returns it, or NULL. */
char *buf_str(struct buf *b);
void buf_clear(struct buf *b); /* keeps the memory */
void buf_release(struct buf *b);

#endif
