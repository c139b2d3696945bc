/* SPDX-License-Identifier: MIT */
/* UTF-16 of either byte order to UTF-8 (RFC 2781, RFC 3629). */
#include "feed/utf16.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { IN = 4096, UTF8_MAX = 4 };

struct utf16 {
	int is_big;
	unsigned char in[IN];
	size_t at, n;
	char out[UTF8_MAX]; /* of a character that had no room */
	size_t out_at, out_n;
};

static int
is_ascii(unsigned char c)
{
	return (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
}

int
utf16_begins(const unsigned char *s, size_t n)
{
	if (n < 2)
		return 0;
	if ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff))
		return 1;
	return n == 4 && ((is_ascii(s[0]) && s[1] == 0 && is_ascii(s[2])
	    && s[3] == 0) || (s[0] == 0 && is_ascii(s[1]) && s[2] == 0
	    && is_ascii(s[3])));
}

int
utf16_start(struct bytes *b)
{
	struct utf16 *u = b->utf16 = calloc(1, sizeof *u);

	if (u == NULL)
		return bytes_fail(b, "out of memory", ENOMEM);
	u->is_big = b->first[0] == 0xfe || b->first[0] == 0;
	memcpy(u->in, b->first, b->first_n);
	u->n = b->first_n;
	if (b->first[0] >= 0xfe)
		u->at = 2;
	return 0;
}

/* One unit: 1, 0 the end, -1. */
static int
unit(struct bytes *b, uint32_t *out)
{
	struct utf16 *u = b->utf16;

	while (u->n - u->at < 2) {
		ssize_t got;

		memmove(u->in, u->in + u->at, u->n - u->at);
		u->n -= u->at;
		u->at = 0;
		got = bytes_unpack(b, (char *)u->in + u->n, IN - u->n);
		if (got < 0)
			return -1;
		if (got == 0)
			return u->n == 0 ? 0 : bytes_fail(b,
			    "the UTF-16 is cut off inside a character", 0);
		u->n += (size_t)got;
	}
	*out = (uint32_t)u->in[u->at + !u->is_big] << 8
	    | u->in[u->at + (size_t)u->is_big];
	u->at += 2;
	return 1;
}

static int
character(struct bytes *b, uint32_t *out)
{
	uint32_t low = 0;
	int got;

	*out = 0;
	got = unit(b, out);
	if (got <= 0 || *out < 0xd800 || *out > 0xdfff)
		return got;
	if (*out < 0xdc00 && (got = unit(b, &low)) < 0)
		return -1;
	if (*out >= 0xdc00 || got == 0 || low < 0xdc00 || low > 0xdfff)
		return bytes_fail(b, "the UTF-16 has half a character", 0);
	*out = 0x10000 + ((*out - 0xd800) << 10) + (low - 0xdc00);
	return 1;
}

static size_t
encode(uint32_t c, char *to)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

ssize_t
utf16_read(struct bytes *b, char *to, size_t n)
{
	struct utf16 *u = b->utf16;
	uint32_t c = 0;
	size_t k = 0;
	int got;

	if (b->is_failed)
		return -1;
	while (k < n) {
		if (u->out_at < u->out_n) {
			to[k++] = u->out[u->out_at++];
			continue;
		}
		/* What is there goes out before more is waited for. */
		if (k > 0 && u->n - u->at < 2)
			break;
		got = character(b, &c);
		b->is_failed = got < 0;
		if (got <= 0)
			break;
		u->out_n = encode(c, u->out);
		u->out_at = 0;
	}
	return k == 0 && b->is_failed ? -1 : (ssize_t)k;
}
