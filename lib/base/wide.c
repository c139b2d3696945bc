/* SPDX-License-Identifier: MIT */
/* 128-bit magnitudes: reading, dividing and rounding. */
#include "base/wide.h"

#include "base/digits.h"

/* Far beyond any exponent that fits, far below where a sum could overflow. */
#define EXP_LIMIT INT64_C(1000000000000)

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
add_digit(struct wide *w, char c)
{
	unsigned d = (unsigned)(c - '0');

	if (w->m <= ((uint128)-1 - 9) / 10) {
		w->m = w->m * 10 + d;
		return;
	}
	w->cut |= d != 0;
	w->exp++;
}

static const char *
scan_exponent(const char *p, const char *end, struct wide *w)
{
	int64_t e = 0;
	int neg = 0;

	if (p < end && (*p == '+' || *p == '-'))
		neg = *p++ == '-';
	if (p == end || !is_digit(*p))
		return NULL;
	for (; p < end && is_digit(*p); p++)
		if (e < EXP_LIMIT)
			e = e * 10 + (*p - '0');
	w->exp += neg ? -e : e;
	return p;
}

int
wide_scan(const char *s, size_t n, struct wide *out)
{
	const char *p = s, *end = s + n;
	struct wide w = { 0 };

	if (p < end && *p == '-') {
		w.neg = 1;
		p++;
	}
	if (p == end || !is_digit(*p))
		return -1;
	if (*p == '0' && p + 1 < end && is_digit(p[1]))
		return -1;
	for (; p < end && is_digit(*p); p++)
		add_digit(&w, *p);
	if (p < end && *p == '.') {
		if (++p == end || !is_digit(*p))
			return -1;
		for (; p < end && is_digit(*p); p++) {
			add_digit(&w, *p);
			w.exp--;
		}
	}
	if (p < end && (*p == 'e' || *p == 'E'))
		p = scan_exponent(p + 1, end, &w);
	if (p != end)
		return -1;
	*out = w;
	return 0;
}

uint128
wide_pow10(int e)
{
	return e <= 19 ? digits_pow10[e]
	    : (uint128)digits_pow10[19] * digits_pow10[e - 19];
}

/* Whether a quotient q with remainder r of a division by d goes up. */
static unsigned
rounds_up(uint128 q, uint128 r, uint128 d, int neg, enum dec_round how)
{
	if (r == 0)
		return 0;
	switch (how) {
	case DEC_DOWN:
		return 0;
	case DEC_FLOOR:
		return neg != 0;
	case DEC_CEIL:
		return !neg;
	case DEC_HALF_EVEN:
		break;
	}
	return r > d - r || (r == d - r && (q & 1) != 0);
}

uint128
wide_div(uint128 n, uint128 d, int neg, enum dec_round how)
{
	uint128 q, r;

	if ((n >> 64) == 0 && (d >> 64) == 0) {
		q = (uint64_t)n / (uint64_t)d;
		r = (uint64_t)n % (uint64_t)d;
	} else {
		q = n / d;
		r = n - q * d;
	}
	return q + rounds_up(q, r, d, neg, how);
}

/* a * b as hi:lo, from the four products of 64-bit halves. */
static void
multiply(uint128 a, uint128 b, uint128 *hi, uint128 *lo)
{
	uint128 a1 = a >> 64, a0 = (uint64_t)a;
	uint128 b1 = b >> 64, b0 = (uint64_t)b;
	uint128 low = a0 * b0, mid = a1 * b0 + (low >> 64);
	uint128 cross = a0 * b1 + (uint64_t)mid;

	*hi = a1 * b1 + (mid >> 64) + (cross >> 64);
	*lo = cross << 64 | (uint64_t)low;
}

/* hi:lo / d bit by bit; hi < d <= WIDE_MAX, so the quotient fits and the
 * remainder can be doubled. */
static uint128
divide(uint128 hi, uint128 lo, uint128 d, uint128 *rest)
{
	uint128 r = hi, q = 0;

	for (int i = 127; i >= 0; i--) {
		r = r << 1 | (lo >> i & 1);
		q <<= 1;
		if (r >= d) {
			r -= d;
			q |= 1;
		}
	}
	*rest = r;
	return q;
}

int
wide_ratio(struct wide_ratio x, enum dec_round how, int128 *out)
{
	uint128 hi, lo, q, r;

	if (!__builtin_mul_overflow(x.a, x.b, &lo)) {
		q = wide_div(lo, x.d, x.neg, how);
	} else {
		multiply(x.a, x.b, &hi, &lo);
		if (hi >= x.d)
			return -1;
		q = divide(hi, lo, x.d, &r);
		if (q > WIDE_MAX)
			return -1;
		q += rounds_up(q, r, x.d, x.neg, how);
	}
	if (q > WIDE_MAX)
		return -1;
	*out = x.neg ? -(int128)q : (int128)q;
	return 0;
}

int
wide_to_dec(int128 m, int scale, struct dec *out)
{
	int64_t v;

	for (; scale > 0 && (m > INT64_MAX || m < -INT64_MAX); scale--) {
		if (m % 10 != 0)
			return -1;
		m /= 10;
	}
	if (m > INT64_MAX || m < -INT64_MAX)
		return -1;
	v = (int64_t)m;
	for (; scale > 0 && v % 10 == 0; scale--)
		v /= 10;
	*out = (struct dec) { .m = v, .scale = scale };
	return 0;
}
