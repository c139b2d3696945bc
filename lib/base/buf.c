/* SPDX-License-Identifier: MIT */
/* A growable byte buffer. */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUF_MIN = 64 };

static int
grow(struct buf *b, size_t n)
{
	size_t need, cap = b->cap < BUF_MIN ? BUF_MIN : b->cap;
	char *data;

	if (__builtin_add_overflow(b->len, n, &need))
		return -1;
	while (cap < need)
		if (__builtin_mul_overflow(cap, (size_t)2, &cap))
			return -1;
	data = realloc(b->data, cap);
	if (data == NULL)
		return -1;
	b->data = data;
	b->cap = cap;
	return 0;
}

char *
buf_reserve(struct buf *b, size_t n)
{
	if ((b->cap - b->len < n || b->data == NULL) && grow(b, n) != 0)
		return NULL;
	return b->data + b->len;
}

int
buf_add(struct buf *b, const void *data, size_t n)
{
	char *p = buf_reserve(b, n);

	if (p == NULL)
		return -1;
	if (n > 0)
		memcpy(p, data, n);
	b->len += n;
	return 0;
}

int
buf_add_char(struct buf *b, char c)
{
	char *p = buf_reserve(b, 1);

	if (p == NULL)
		return -1;
	*p = c;
	b->len++;
	return 0;
}

int
buf_add_str(struct buf *b, const char *s)
{
	return buf_add(b, s, strlen(s));
}

int
buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0 || buf_reserve(b, (size_t)n + 1) == NULL)
		return -1;
	if (vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap) != n)
		return -1;
	b->len += (size_t)n;
	return 0;
}

int
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = buf_vaddf(b, fmt, ap);
	va_end(ap);
	return rc;
}

char *
buf_str(struct buf *b)
{
	char *end = buf_reserve(b, 1);

	if (end == NULL)
		return NULL;
	*end = '\0';
	return b->data;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
}

void
buf_release(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}
