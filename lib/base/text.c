/* SPDX-License-Identifier: MIT */
/* Text helpers: UTF-8, JSON strings, what may go to a terminal, names. */
#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* Unicode 15, table 3-7: well-formed UTF-8 byte sequences. */
size_t
text_utf8_char(const char *s, size_t n, uint32_t *code)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t len, i;
	uint32_t c;

	if (n == 0)
		return 0;
	c = u[0];
	if (c < 0x80) {
		*code = c;
		return 1;
	}
	len = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	if (c < 0xc2 || c > 0xf4 || n < len)
		return 0;
	c &= 0x7fu >> len;
	for (i = 1; i < len; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3fu);
	}
	if ((len == 3 && (c < 0x800 || (c >= 0xd800 && c < 0xe000))) ||
	    (len == 4 && (c < 0x10000 || c > 0x10ffff)))
		return 0;
	*code = c;
	return len;
}

size_t
text_utf8_prefix(const char *s, size_t n)
{
	size_t i = 0, len;
	uint32_t code;

	while (i < n) {
		len = text_utf8_char(s + i, n - i, &code);
		if (len == 0)
			break;
		i += len;
	}
	return i;
}

static size_t
put_utf8(char *p, uint32_t c)
{
	if (c < 0x80) {
		p[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		p[0] = (char)(0xc0 | c >> 6);
		p[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		p[0] = (char)(0xe0 | c >> 12);
		p[1] = (char)(0x80 | (c >> 6 & 0x3f));
		p[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	p[0] = (char)(0xf0 | c >> 18);
	p[1] = (char)(0x80 | (c >> 12 & 0x3f));
	p[2] = (char)(0x80 | (c >> 6 & 0x3f));
	p[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* One character that JSON does not let stand as it is; at most 6 bytes. */
static size_t
put_escape(char *p, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *short_form = memchr(from, c, sizeof from - 1);

	if (c == 0)
		return put_utf8(p, 0xfffd);
	p[0] = '\\';
	if (short_form != NULL) {
		p[1] = to[short_form - from];
		return 2;
	}
	memcpy(p + 1, "u00", 3);
	p[4] = hex[c >> 4];
	p[5] = hex[c & 15];
	return 6;
}

int
text_add_json(struct buf *b, const char *s, size_t n)
{
	size_t i = 0, len, room;
	uint32_t code;
	char *p;

	if (__builtin_mul_overflow(n, (size_t)6, &room) ||
	    __builtin_add_overflow(room, (size_t)2, &room))
		return -1;
	p = buf_reserve(b, room);
	if (p == NULL)
		return -1;
	*p++ = '"';
	while (i < n) {
		len = text_utf8_char(s + i, n - i, &code);
		if (len == 0) {
			p += put_utf8(p, 0xfffd);
			len = 1;
		} else if (code < 0x20 || code == '"' || code == '\\') {
			p += put_escape(p, (unsigned char)code);
		} else {
			memcpy(p, s + i, len);
			p += len;
		}
		i += len;
	}
	*p++ = '"';
	b->len = (size_t)(p - b->data);
	return 0;
}

static uint32_t
hex4(const char *s)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++) {
		uint32_t c = (unsigned char)s[i];

		v = v << 4 | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return v;
}

/* Unescapes what follows a backslash at s; returns the bytes read. */
static size_t
take_escape(const char *s, char **p)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *at = memchr(from, *s, sizeof from - 1);
	uint32_t c;

	if (*s != 'u') {
		*(*p)++ = at != NULL ? to[at - from] : *s;
		return 1;
	}
	c = hex4(s + 1);
	if (c < 0xd800 || c > 0xdbff) {
		*p += put_utf8(*p, c);
		return 5;
	}
	c = 0x10000 + ((c - 0xd800) << 10) + (hex4(s + 7) - 0xdc00);
	*p += put_utf8(*p, c);
	return 11;
}

int
text_add_unescaped(struct buf *b, const char *s, size_t n)
{
	const char *end = s + n, *next;
	char *p = buf_reserve(b, n);

	if (p == NULL)
		return -1;
	while (s < end) {
		next = memchr(s, '\\', (size_t)(end - s));
		if (next == NULL)
			next = end;
		memcpy(p, s, (size_t)(next - s));
		p += next - s;
		s = next;
		if (s < end)
			s += 1 + take_escape(s + 1, &p);
	}
	b->len = (size_t)(p - b->data);
	return 0;
}

/* Characters that move, hide or reorder what a terminal shows: control, C1,
 * line separators, and the bidi controls of UAX #9. */
static int
is_harmful(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c ||
	    c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

int
text_add_visible(struct buf *b, const char *s, size_t n, size_t max)
{
	size_t i, len;
	uint32_t code;

	for (i = 0; i < n; i += len) {
		int is_bad;

		len = text_utf8_char(s + i, n - i, &code);
		is_bad = len == 0;
		if (is_bad)
			len = 1;
		if (i + len > max)
			return buf_add_str(b, "...");
		if (!is_bad && !is_harmful(code)) {
			if (buf_add(b, s + i, len) != 0)
				return -1;
			continue;
		}
		for (size_t j = i; j < i + len; j++)
			if (buf_addf(b, "\\x%02x", (unsigned char)s[j]) != 0)
				return -1;
	}
	return 0;
}

int
text_is_symbol(const char *s, size_t n)
{
	if (n < 1 || n > 32)
		return 0;
	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		int is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (!is_letter && !(c >= '0' && c <= '9') &&
		    (c == '\0' || strchr("._:/^=-", c) == NULL))
			return 0;
	}
	return 1;
}
