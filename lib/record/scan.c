/* SPDX-License-Identifier: MIT */
/* JSON strings, numbers and words, as RFC 8259 has them. */
#include "record/scan.h"

#include "base/real.h"
#include "base/text.h"

const char *
scan_fail(struct scan *s, const char *at, size_t n, const char *what)
{
	s->error->column = (size_t)(at - s->begin) + 1;
	s->error->what = what;
	s->error->value = n > 0 ? at : NULL;
	s->error->value_len = n;
	return NULL;
}

/* The four digits after \u, or -1. */
static int32_t
hex4(const struct scan *s, const char *p)
{
	int32_t v = 0;

	if (s->end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int c = (unsigned char)p[i], low = c | 0x20;

		if (c >= '0' && c <= '9')
			v = v * 16 + (c - '0');
		else if (low >= 'a' && low <= 'f')
			v = v * 16 + (low - 'a' + 10);
		else
			return -1;
	}
	return v;
}

/* p is after \u */
static const char *
scan_unicode(struct scan *s, const char *p)
{
	int32_t high = hex4(s, p), low;

	if (high < 0)
		return scan_fail(s, p - 2, 2, "a bad escape in a string");
	if (high == 0)
		return scan_fail(s, p - 2, 6, "U+0000 in a string");
	if (high < 0xd800 || high > 0xdfff)
		return p + 4;
	low = high < 0xdc00 && s->end - p >= 6 && p[4] == '\\' && p[5] == 'u'
	    ? hex4(s, p + 6)
	    : -1;
	if (low < 0xdc00 || low > 0xdfff)
		return scan_fail(s, p - 2, 6, "half a surrogate pair");
	return p + 10;
}

/* p is at the backslash */
static const char *
scan_escape(struct scan *s, const char *p)
{
	s->has_escape = 1;
	if (s->end - p < 2)
		return scan_fail(s, s->end, 0, "the line is cut short");
	if (p[1] == 'u')
		return scan_unicode(s, p + 2);
	if (p[1] == '\0' || strchr("\"\\/bfnrt", p[1]) == NULL)
		return scan_fail(s, p, 2, "a bad escape in a string");
	return p + 2;
}

const char *
scan_string(struct scan *s, const char *p)
{
	uint32_t code;
	size_t len;

	s->has_escape = 0;
	for (;;) {
		p = scan_plain(p, s->end);
		if (p == s->end)
			return scan_fail(s, p, 0, "the line is cut short");
		if (*p == '"')
			return p;
		if (*p == '\\') {
			p = scan_escape(s, p);
			if (p == NULL)
				return NULL;
			continue;
		}
		if ((unsigned char)*p < 0x20)
			return scan_fail(s, p, 1,
			    "a control character in a string");
		len = text_utf8_char(p, (size_t)(s->end - p), &code);
		if (len == 0)
			return scan_fail(s, p, 1, "bad UTF-8");
		p += len;
	}
}

/* The bytes up to the next one that ends a value. */
static size_t
word_len(const struct scan *s, const char *p)
{
	const char *q = p;

	while (q < s->end && (unsigned char)*q > ' ' &&
	    memchr(",:]}\"", *q, 5) == NULL)
		q++;
	return (size_t)(q - p);
}

static inline int
is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

/* Anything that could leave the finite doubles is read to see. */
__attribute__((noinline)) static const char *
check_range(struct scan *s, const char *start, const char *p)
{
	size_t n = (size_t)(p - start);
	double x;

	if (real_parse(start, n, &x) != 0)
		return scan_fail(s, start, n, "a number out of range");
	return p;
}

const char *
scan_number(struct scan *s, const char *p)
{
	const char *start = p, *point;

	p += *p == '-';
	if (*p == '0')
		p++;
	else if (is_digit(*p))
		while (is_digit(*++p))
			;
	else
		goto bad;
	point = p;
	if (*p == '.') {
		if (!is_digit(*++p))
			goto bad;
		while (is_digit(*++p))
			;
	}
	if ((*p | 0x20) == 'e') {
		p++;
		p += *p == '+' || *p == '-';
		if (!is_digit(*p))
			goto bad;
		while (is_digit(*++p))
			;
		point = NULL;
	}
	if (is_digit(*p) || *p == '.')
		goto bad;
	if (point == NULL || point - start > 300)
		return check_range(s, start, p);
	return p;
bad:
	return scan_fail(s, start, word_len(s, start), "not a number");
}

static const char *
scan_word(struct scan *s, const char *p, struct field *f)
{
	size_t n = word_len(s, p);

	f->v.i = n == 4 && memcmp(p, "true", 4) == 0;
	f->kind = F_BOOL;
	if (n == 4 && memcmp(p, "null", 4) == 0)
		f->kind = F_NULL;
	else if (f->v.i == 0 && !(n == 5 && memcmp(p, "false", 5) == 0))
		return scan_fail(s, p, n,
		    n > 0 ? "not a value" : "a value is missing");
	return p + n;
}

const char *
scan_other(struct scan *s, const char *p, struct field *f)
{
	const char *start = p;

	f->text = p;
	if (is_digit(*p) || *p == '-') {
		f->kind = F_NUMBER;
		p = scan_number(s, p);
	} else if (*p == '[' || *p == '{') {
		f->kind = F_JSON;
		p = scan_nested(s, p);
	} else {
		p = scan_word(s, p, f);
	}
	if (p != NULL)
		f->text_len = (uint32_t)(p - start);
	return p;
}
