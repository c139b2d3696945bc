/* SPDX-License-Identifier: MIT */
/* Numbers that are no JSON numbers are rewritten as one, digit by digit. */
#include "feed/number.h"

#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 64 };

static int
is_missing(const char *s, size_t n)
{
	/* The last one is a price that databento does not have. */
	static const char *const words[] = { "", "null", "nan", "n/a", "na",
		"none", "-", "9223372036854775807" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == n && strncasecmp(words[i], s, n) == 0)
			return 1;
	return 0;
}

static enum number_kind
parse(const char *s, size_t n, struct dec *out, int *rounded)
{
	switch (dec_parse_digits(s, n, NUMBER_DIGITS, out, rounded)) {
	case DEC_OK:
		return NUMBER_OK;
	case DEC_OVERFLOW:
		return NUMBER_LARGE;
	default:
		return NUMBER_BAD;
	}
}

/* The power of ten of a last letter, or 0. */
static int
suffix(char c)
{
	switch (c) {
	case 'K':
	case 'k':
		return 3;
	case 'M':
	case 'm':
		return 6;
	case 'B':
	case 'b':
		return 9;
	case 'T':
	case 't':
		return 12;
	default:
		return 0;
	}
}

/* One sign and one $, in either order. */
static void
skip_signs(const char **s, size_t *n, int *is_negative)
{
	int has_sign = 0, has_dollar = 0;

	*is_negative = 0;
	for (; *n > 0; ++*s, --*n) {
		if ((**s == '-' || **s == '+') && !has_sign) {
			has_sign = 1;
			*is_negative = **s == '-';
		} else if (**s == '$' && !has_dollar) {
			has_dollar = 1;
		} else {
			break;
		}
	}
}

/* Copies digits and the decimal mark, which becomes a point; groups of three
 * may stand between `group`s. How many groups there were, or -1. */
static int
copy(const char *s, size_t n, char mark, char *text, size_t *len)
{
	char group = mark == ',' ? '.' : ',';
	size_t since = 0, k = *len;
	int groups = 0, has_mark = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == group) {
			if (has_mark || since == 0 || since > 3
			    || (groups > 0 && since != 3))
				return -1;
			groups++;
			since = 0;
			continue;
		}
		if (s[i] == mark && has_mark)
			return -1;
		if (s[i] == mark) {
			has_mark = 1;
			if (groups > 0 && since != 3)
				return -1;
			if (since == 0)
				text[k++] = '0';
			text[k++] = '.';
			continue;
		}
		since += !has_mark;
		text[k++] = s[i];
	}
	*len = k;
	return groups > 0 && !has_mark && since != 3 ? -1 : groups;
}

/* Two groups, or one and decimals, can be nothing else. */
static int
is_unsure(const char *s, size_t n, int groups, enum decimal how)
{
	return how == DECIMAL_AUTO && groups == 1
	    && memchr(s, '.', n) == NULL;
}

static enum number_kind
read_odd(const char *s, size_t n, enum decimal how, struct dec *out,
    int *rounded)
{
	char text[TEXT_MAX + 8];
	size_t len = 0;
	int is_negative, power, groups;

	if (n > TEXT_MAX - 8)
		return NUMBER_BAD;
	skip_signs(&s, &n, &is_negative);
	if (is_negative)
		text[len++] = '-';
	power = n > 1 ? suffix(s[n - 1]) : 0;
	n -= power > 0;
	if (n == 0)
		return NUMBER_BAD;
	groups = copy(s, n, how == DECIMAL_COMMA ? ',' : '.', text, &len);
	if (groups < 0)
		return NUMBER_BAD;
	if (is_unsure(s, n, groups, how))
		return NUMBER_UNSURE;
	if (text[len - 1] == '.')
		len--;
	if (power > 0) {
		text[len++] = 'e';
		if (power > 9)
			text[len++] = '1';
		text[len++] = (char)('0' + power % 10);
	}
	return parse(text, len, out, rounded);
}

enum number_kind
number_read(const char *s, size_t n, enum decimal how, struct dec *out,
    int *rounded)
{
	enum number_kind kind;

	*rounded = 0;
	if (how != DECIMAL_COMMA || memchr(s, '.', n) == NULL) {
		kind = parse(s, n, out, rounded);
		if (kind == NUMBER_OK)
			return kind;
		if (is_missing(s, n))
			return NUMBER_MISSING;
		if (kind == NUMBER_LARGE)
			return kind;
	}
	return read_odd(s, n, how, out, rounded);
}
