/* SPDX-License-Identifier: MIT */
/* Reading fields. A value that a stage put reads as it would after printing
 * and parsing it, so a fused chain sees what a pipe sees. */
#include <string.h>

#include "base/real.h"
#include "base/text.h"
#include "base/time.h"
#include "record/record.h"

int
field_dec(const struct field *f, struct dec *out)
{
	char text[REAL_TEXT_MAX];

	switch (f->kind) {
	case F_DEC:
		*out = f->v.dec;
		return 0;
	case F_NUMBER:
		return dec_parse(f->text, f->text_len, out) == DEC_OK ? 0 : -1;
	case F_REAL:
		return dec_parse(text, real_print(f->v.real, text), out) ==
		        DEC_OK
		    ? 0
		    : -1;
	case F_INT:
		if (f->v.i == INT64_MIN)
			return -1;
		*out = dec_int(f->v.i);
		return 0;
	default:
		return -1;
	}
}

int
field_money(const struct field *f, struct money *out)
{
	char text[REAL_TEXT_MAX];
	struct dec d;

	switch (f->kind) {
	case F_NUMBER:
		return money_parse(f->text, f->text_len, out) == DEC_OK ? 0
		                                                        : -1;
	case F_REAL:
		return money_parse(text, real_print(f->v.real, text), out) ==
		        DEC_OK
		    ? 0
		    : -1;
	default:
		return field_dec(f, &d) == 0 ? money_from_dec(d, out) : -1;
	}
}

int
field_real(const struct field *f, double *out)
{
	switch (f->kind) {
	case F_NUMBER:
		return real_parse(f->text, f->text_len, out);
	case F_REAL:
		*out = f->v.real;
		return 0;
	case F_DEC:
		*out = dec_to_double(f->v.dec);
		return 0;
	case F_INT:
		*out = (double)f->v.i;
		return 0;
	default:
		return -1;
	}
}

/* Digits only; -1: more than that, or too many. */
static int
parse_int(const char *s, size_t n, int64_t *out)
{
	int is_negative = n > 0 && s[0] == '-';
	int64_t v = 0;

	for (size_t i = (size_t)is_negative; i < n; i++) {
		int digit = s[i] - '0';

		if (digit < 0 || digit > 9 ||
		    __builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, digit, &v))
			return -1;
	}
	if (is_negative) {
		*out = v;
		return 0;
	}
	return __builtin_sub_overflow(0, v, out) ? -1 : 0;
}

int
field_int(const struct field *f, int64_t *out)
{
	struct dec d;

	if (f->kind == F_INT) {
		*out = f->v.i;
		return 0;
	}
	if (f->kind == F_NUMBER && parse_int(f->text, f->text_len, out) == 0)
		return 0;
	if (field_dec(f, &d) != 0 || d.scale != 0)
		return -1;
	*out = d.m;
	return 0;
}

int
field_bool(const struct field *f, int *out)
{
	if (f->kind != F_BOOL)
		return -1;
	*out = f->v.i != 0;
	return 0;
}

int
field_time(const struct field *f, int64_t *ns, int *digits)
{
	if (f->kind == F_STRING)
		return time_parse(f->text, f->text_len, ns, digits);
	if (f->kind != F_TIME)
		return -1;
	*ns = f->v.i;
	if (digits != NULL)
		*digits = f->digits;
	return 0;
}

int
field_plain(const struct field *f, const char **s, size_t *n)
{
	if (f->kind != F_STRING || memchr(f->text, '\\', f->text_len) != NULL)
		return -1;
	*s = f->text;
	*n = f->text_len;
	return 0;
}

int
field_string(const struct field *f, struct buf *out)
{
	char text[TIME_TEXT_MAX];

	if (f->kind == F_STRING)
		return text_add_unescaped(out, f->text, f->text_len);
	if (f->kind != F_TIME)
		return -1;
	return buf_add(out, text, time_print(f->v.i, f->digits, text));
}

int
field_is(const struct field *f, const char *s)
{
	struct buf b = { 0 };
	size_t n = strlen(s), len;
	const char *text;
	int is_equal;

	if (field_plain(f, &text, &len) == 0)
		return len == n && memcmp(text, s, n) == 0;
	is_equal = field_string(f, &b) == 0 && b.len == n &&
	    memcmp(b.data, s, n) == 0;
	buf_release(&b);
	return is_equal;
}
