/* SPDX-License-Identifier: MIT */
/* Amounts of money in 128 bits. */
#include "base/money.h"

#include "base/digits.h"
#include "base/real.h"
#include "base/wide.h"

#define UNIT UINT64_C(1000000000000000000) /* one currency unit */

static uint128
dec_magnitude(struct dec d)
{
	return wide_abs(d.m);
}

/* The most negative int128 has no opposite and is kept out. */
static int
store(int128 v, struct money *out)
{
	if (v < -(int128)WIDE_MAX)
		return -1;
	out->v = v;
	return 0;
}

int
money_from_dec(struct dec d, struct money *out)
{
	out->v = (int128)d.m * (int128)digits_pow10[MONEY_SCALE - d.scale];
	return 0;
}

int
money_add(struct money a, struct money b, struct money *out)
{
	int128 v;

	if (__builtin_add_overflow(a.v, b.v, &v))
		return -1;
	return store(v, out);
}

int
money_sub(struct money a, struct money b, struct money *out)
{
	return money_add(a, money_neg(b), out);
}

int
money_product(struct dec a, struct dec b, struct money *out)
{
	int128 p = (int128)a.m * b.m, v;
	int e = MONEY_SCALE - a.scale - b.scale, neg = p < 0;

	if (e < 0) {
		v = (int128)wide_div(wide_abs(p), wide_pow10(-e), neg,
		    DEC_HALF_EVEN);
		out->v = neg ? -v : v;
		return 0;
	}
	if (__builtin_mul_overflow(p, (int128)digits_pow10[e], &v))
		return -1;
	return store(v, out);
}

int
money_mul(struct money a, struct dec b, struct money *out)
{
	struct wide_ratio x = {
		.a = wide_abs(a.v), .b = dec_magnitude(b),
		.d = digits_pow10[b.scale],
		.neg = (a.v < 0) != (b.m < 0),
	};

	if (b.m == 1 && b.scale == 0) { /* most multipliers are 1 */
		*out = a;
		return 0;
	}
	return wide_ratio(x, DEC_HALF_EVEN, &out->v);
}

/* (a.v / 10^18) / (b.m / 10^b.scale) in units of 10^-scale. */
int
money_div(struct money a, struct dec b, int scale, enum dec_round how,
    struct dec *out)
{
	struct wide_ratio x = {
		.a = wide_abs(a.v), .b = 1, .d = dec_magnitude(b),
		.neg = (a.v < 0) != (b.m < 0),
	};
	int128 q;
	int e;

	if (b.m == 0)
		return -1;
	scale = scale < 0 ? 0 : scale > DEC_SCALE_MAX ? DEC_SCALE_MAX : scale;
	e = b.scale + scale - MONEY_SCALE;
	if (e >= 0)
		x.b = wide_pow10(e);
	else
		x.d *= wide_pow10(-e);
	if (wide_ratio(x, how, &q) == -1)
		return -1;
	return wide_to_dec(q, scale, out);
}

int
money_share(struct money a, struct dec num, struct dec den, struct money *out)
{
	struct wide_ratio x = {
		.a = wide_abs(a.v),
		.b = dec_magnitude(num), .d = dec_magnitude(den),
		.neg = ((a.v < 0) != (num.m < 0)) != (den.m < 0),
	};

	if (den.m == 0)
		return -1;
	if (den.scale > num.scale)
		x.b *= wide_pow10(den.scale - num.scale);
	else
		x.d *= wide_pow10(num.scale - den.scale);
	return wide_ratio(x, DEC_HALF_EVEN, &out->v);
}

int
money_cmp(struct money a, struct money b)
{
	return (a.v > b.v) - (a.v < b.v);
}

int
money_sign(struct money a)
{
	return (a.v > 0) - (a.v < 0);
}

struct money
money_neg(struct money a)
{
	a.v = -a.v;
	return a;
}

static enum dec_status
parse_long(const char *s, size_t n, struct money *out)
{
	struct wide w;

	if (wide_scan(s, n, &w) == -1)
		return DEC_SYNTAX;
	if (w.cut)
		return DEC_OVERFLOW;
	for (; w.m != 0 && w.m % 10 == 0; w.exp++)
		w.m /= 10;
	if (w.m == 0)
		w.exp = 0;
	w.exp += MONEY_SCALE;
	if (w.exp < 0 || w.exp > 38 ||
	    __builtin_mul_overflow(w.m, wide_pow10((int)w.exp), &w.m) ||
	    w.m > WIDE_MAX)
		return DEC_OVERFLOW;
	out->v = w.neg ? -(int128)w.m : (int128)w.m;
	return DEC_OK;
}

enum dec_status
money_parse(const char *s, size_t n, struct money *out)
{
	struct dec d;

	if (dec_parse(s, n, &d) != DEC_OK)
		return parse_long(s, n, out);
	money_from_dec(d, out);
	return DEC_OK;
}

/* Drops the zeros behind a fraction of 18 digits; returns what is left of
 * them. Half of it at once first: most amounts have few digits. */
static int
strip_zeros(uint64_t *rest)
{
	int scale = MONEY_SCALE;

	if (*rest == 0)
		return 0;
	if (*rest % 1000000000 == 0) {
		*rest /= 1000000000;
		scale -= 9;
	}
	for (; *rest % 10 == 0; scale--)
		*rest /= 10;
	return scale;
}

/* The amount as a decimal, when it fits one: nearly always. */
static int
to_dec(struct money a, struct dec *out)
{
	uint128 v = wide_abs(a.v), whole = v / UNIT;
	uint64_t rest = (uint64_t)(v - whole * UNIT), m;
	int scale = strip_zeros(&rest);

	if (whole > INT64_MAX ||
	    __builtin_mul_overflow((uint64_t)whole, digits_pow10[scale], &m) ||
	    __builtin_add_overflow(m, rest, &m) || m > INT64_MAX)
		return -1;
	*out = (struct dec) {
		.m = a.v < 0 ? -(int64_t)m : (int64_t)m,
		.scale = scale,
	};
	return 0;
}

static size_t
print_long(struct money a, char *buf)
{
	uint128 v = wide_abs(a.v), whole = v / UNIT;
	uint64_t rest = (uint64_t)(v - whole * UNIT);
	uint64_t high = (uint64_t)(whole / UNIT);
	int scale = strip_zeros(&rest), count;
	char *p = buf;

	if (a.v < 0)
		*p++ = '-';
	count = high > 0 ? MONEY_SCALE + digits_count(high)
	    : digits_count((uint64_t)whole);
	if (high > 0)
		digits_put(p + count - MONEY_SCALE, high, count - MONEY_SCALE);
	p += count;
	digits_put(p, (uint64_t)(whole - (uint128)high * UNIT),
	    high > 0 ? MONEY_SCALE : count);
	if (scale == 0)
		return (size_t)(p - buf);
	*p++ = '.';
	digits_put(p + scale, rest, scale);
	return (size_t)(p + scale - buf);
}

size_t
money_print(struct money a, char buf[MONEY_TEXT_MAX])
{
	struct dec d;

	return to_dec(a, &d) == 0 ? dec_print(d, buf) : print_long(a, buf);
}

double
money_to_double(struct money a)
{
	char text[MONEY_TEXT_MAX];
	struct dec d;
	double x = 0;

	if (to_dec(a, &d) == 0)
		return dec_to_double(d);
	real_parse(text, print_long(a, text), &x);
	return x;
}
