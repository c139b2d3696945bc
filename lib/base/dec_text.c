/* SPDX-License-Identifier: MIT */
/* Exact decimals as text and as doubles. */
#include "base/dec.h"

#include <math.h>
#include <stdio.h>

#include "base/digits.h"
#include "base/real.h"
#include "base/wide.h"

/* No more than this many bytes cannot overflow an unsigned 64-bit mantissa,
 * nor have more than 18 decimals. */
enum { SHORT_TEXT = 19 };

static uint64_t
magnitude(struct dec d)
{
	return (uint64_t)(d.m < 0 ? -d.m : d.m);
}

static enum dec_status
from_magnitude(uint64_t m, int scale, int neg, struct dec *out)
{
	for (; scale > 0 && m % 10 == 0; scale--)
		m /= 10;
	if (m > INT64_MAX || scale > DEC_SCALE_MAX)
		return DEC_OVERFLOW;
	*out = (struct dec) {
		.m = neg ? -(int64_t)m : (int64_t)m,
		.scale = scale,
	};
	return DEC_OK;
}

/* +-m * 10^exp, exactly. */
static enum dec_status
from_wide(struct wide w, struct dec *out)
{
	if (w.cut)
		return DEC_OVERFLOW;
	if (w.m == 0) {
		*out = (struct dec) { 0 };
		return DEC_OK;
	}
	for (; w.exp < 0 && w.m % 10 == 0; w.exp++)
		w.m /= 10;
	if (w.m > INT64_MAX || w.exp < -DEC_SCALE_MAX || w.exp > 18)
		return DEC_OVERFLOW;
	if (w.exp > 0) {
		if (w.m * digits_pow10[w.exp] > INT64_MAX)
			return DEC_OVERFLOW;
		w.m *= digits_pow10[w.exp];
		w.exp = 0;
	}
	return from_magnitude((uint64_t)w.m, (int)-w.exp, w.neg, out);
}

/* Rounds half-even to `digits` digits, and tells whether anything was lost.
 * Digits are only ever cut beyond the 38th. */
static int
round_digits(struct wide *w, int digits)
{
	uint128 unit = 1, q, rest, limit;
	int lost;

	limit = wide_pow10(digits < 1 ? 1 : digits > 30 ? 30 : digits);
	for (; w->m / unit >= limit; w->exp++)
		unit *= 10;
	q = w->m / unit;
	rest = w->m - q * unit;
	lost = w->cut || rest != 0;
	w->m = wide_div(w->m, unit, 0, DEC_HALF_EVEN);
	/* What was cut breaks a tie upwards. */
	if (w->cut && rest == unit / 2)
		w->m = q + 1;
	w->cut = 0;
	return lost;
}

/* Texts of at most SHORT_TEXT bytes without an exponent, which is nearly all;
 * -1: not one of these. */
static int
scan_short(const char *s, size_t n, uint64_t *m, int *scale)
{
	const char *p = s, *end = s + n, *dot;
	uint64_t v = 0;
	unsigned d;

	for (; p < end && (d = (unsigned)*p - '0') <= 9; p++)
		v = v * 10 + d;
	if (p == s || (p > s + 1 && *s == '0'))
		return -1;
	*scale = 0;
	if (p < end) {
		if (*p != '.')
			return -1;
		dot = p++;
		for (; p < end && (d = (unsigned)*p - '0') <= 9; p++)
			v = v * 10 + d;
		if (p != end || p == dot + 1)
			return -1;
		*scale = (int)(p - dot - 1);
	}
	*m = v;
	return 0;
}

enum dec_status
dec_parse(const char *s, size_t n, struct dec *out)
{
	int neg = n > 0 && *s == '-', scale;
	struct wide w;
	uint64_t m;

	if (n <= SHORT_TEXT &&
	    scan_short(s + neg, n - (size_t)neg, &m, &scale) == 0)
		return from_magnitude(m, scale, neg, out);
	if (wide_scan(s, n, &w) == -1)
		return DEC_SYNTAX;
	return from_wide(w, out);
}

enum dec_status
dec_parse_digits(const char *s, size_t n, int digits, struct dec *out,
    int *rounded)
{
	int neg = n > 0 && *s == '-', scale, lost;
	struct wide w;
	uint64_t m;

	if (rounded != NULL)
		*rounded = 0;
	if (n <= SHORT_TEXT && digits > 0 && digits < 20 &&
	    scan_short(s + neg, n - (size_t)neg, &m, &scale) == 0 &&
	    m < digits_pow10[digits])
		return from_magnitude(m, scale, neg, out);
	if (wide_scan(s, n, &w) == -1)
		return DEC_SYNTAX;
	lost = round_digits(&w, digits);
	if (rounded != NULL)
		*rounded = lost;
	return from_wide(w, out);
}

size_t
dec_print(struct dec d, char buf[DEC_TEXT_MAX])
{
	uint64_t m = magnitude(d);
	int count = digits_count(m), neg = d.m < 0;
	char *p;

	if (count <= d.scale)
		count = d.scale + 1;
	p = buf + neg + count + (d.scale > 0);
	buf[0] = '-';
	if (d.scale > 0) {
		m = digits_put(p, m, d.scale);
		p[-d.scale - 1] = '.';
	}
	digits_put(buf + neg + count - d.scale, m, count - d.scale);
	return (size_t)(p - buf);
}

/* Both operands of the division are exact doubles, so one rounding. */
double
dec_to_double(struct dec d)
{
	static const double unit[DEC_SCALE_MAX + 1] = {
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
		1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
	};
	char text[DEC_TEXT_MAX];
	double x = 0;

	if (d.scale == 0)
		return (double)d.m;
	if (magnitude(d) < UINT64_C(1) << 53)
		return (double)d.m / unit[d.scale];
	real_parse(text, dec_print(d, text), &x);
	return x;
}

/* The C library prints the exact binary value; only its radix character is
 * the locale's, so whatever stands between the digits is stepped over. */
/* The digits of x as printed with so many of them: exact, and half-even. */
static struct wide
scan_double(double x, int digits)
{
	struct wide w = { .neg = x < 0 };
	char text[64];
	const char *p;
	int e = 0, neg;

	snprintf(text, sizeof(text), "%.*e", digits - 1, fabs(x));
	for (p = text; *p != 'e'; p++)
		if (*p >= '0' && *p <= '9')
			w.m = w.m * 10 + (unsigned)(*p - '0');
	neg = *++p == '-';
	for (p++; *p != '\0'; p++)
		e = e * 10 + (*p - '0');
	w.exp = (neg ? -e : e) - (digits - 1);
	return w;
}

int
dec_from_double(double x, int digits, struct dec *out)
{
	struct wide w;
	int excess;

	if (!isfinite(x) || digits < 1 || digits > 17)
		return -1;
	if (fabs(x) < 0x1p53 && x == (double)(int64_t)x &&
	    fabs(x) < (double)digits_pow10[digits]) {
		*out = dec_int((int64_t)x);
		return 0;
	}
	w = scan_double(x, digits);
	excess = -(int)w.exp - DEC_SCALE_MAX;
	if (excess >= digits) {
		*out = (struct dec) { 0 };
		return 0;
	}
	if (excess > 0)
		w = scan_double(x, digits - excess);
	return from_wide(w, out) == DEC_OK ? 0 : -1;
}
