/* SPDX-License-Identifier: MIT */
/* Money: exact sums, one rounding in products and shares, text, edges. */
#include "base/money.h"

#include <stdlib.h>

#include "base/random.h"
#include "check.h"

enum { ROUNDS = 100000 };

#define MAX ((int128)(((unsigned __int128)-1) >> 1))

/* A magnitude of up to 320 bits, a byte a digit: a slow oracle. */
struct big {
	unsigned char byte[40];
};

static struct big
big_of(int128 v)
{
	unsigned __int128 m = v < 0 ? -(unsigned __int128)v : (unsigned __int128)v;
	struct big b = { { 0 } };

	for (int i = 0; i < 16; i++, m >>= 8)
		b.byte[i] = (unsigned char)m;
	return b;
}

static struct big
big_add(struct big a, struct big b)
{
	unsigned carry = 0;

	for (int i = 0; i < 40; i++) {
		carry += (unsigned)a.byte[i] + b.byte[i];
		a.byte[i] = (unsigned char)carry;
		carry >>= 8;
	}
	return a;
}

static struct big
big_mul(struct big a, struct big b)
{
	struct big p = { { 0 } };

	for (int i = 0; i < 40; i++) {
		unsigned carry = 0;

		for (int k = 0; i + k < 40; k++) {
			carry += (unsigned)a.byte[i] * b.byte[k] + p.byte[i + k];
			p.byte[i + k] = (unsigned char)carry;
			carry >>= 8;
		}
	}
	return p;
}

static int
big_cmp(struct big a, struct big b)
{
	for (int i = 39; i >= 0; i--)
		if (a.byte[i] != b.byte[i])
			return a.byte[i] < b.byte[i] ? -1 : 1;
	return 0;
}

static struct big
big_power(int e)
{
	struct big b = big_of(1);

	while (e-- > 0)
		b = big_mul(b, big_of(10));
	return b;
}

/* Whether q is the half-even rounding of n / d (magnitudes): 2n lies in
 * [(2q-1)d, (2q+1)d], and on an end only when q is even. */
static int
is_half_even(int128 q, struct big n, struct big d)
{
	struct big twice = big_add(n, n);
	struct big qd = big_mul(big_add(big_of(q), big_of(q)), d);
	int low = big_cmp(big_add(twice, d), qd);
	int high = big_cmp(twice, big_add(qd, d));

	return low >= 0 && high <= 0 && ((low > 0 && high < 0) || q % 2 == 0);
}

static struct money
any_money(struct random *r)
{
	unsigned __int128 v = (unsigned __int128)random_next(r) << 64 | random_next(r);

	v >>= 1 + random_below(r, 126);
	return (struct money) { random_below(r, 2) ? -(int128)v : (int128)v };
}

static struct dec
any_dec(struct random *r)
{
	int64_t m = (int64_t)(random_next(r) >> (1 + random_below(r, 63)));
	int scale = (int)random_below(r, 19);

	while (scale > 0 && m % 10 == 0) {
		m /= 10;
		scale--;
	}
	return (struct dec) { random_below(r, 2) ? -m : m, scale };
}

static struct money
money_of(const char *s)
{
	struct money m = { 0 };

	CHECK(money_parse(s, strlen(s), &m) == DEC_OK);
	return m;
}

static struct dec
dec_of(const char *s)
{
	struct dec d = { 0 };

	CHECK(dec_parse(s, strlen(s), &d) == DEC_OK);
	return d;
}

static const char *
text_of(struct money m, char *buf)
{
	buf[money_print(m, buf)] = '\0';
	return buf;
}

static void
test_text(void)
{
	static const char *const same[] = {
		"0", "1", "-1", "0.5", "-0.000000000000000001", "1000000",
		"12345678901234567890.123456789012345678",
		"170141183460469231731.687303715884105727",
		"-170141183460469231731.687303715884105727",
		"1000000000000000000", "9999999999999999999",
		"10000000000000000000", "100000000000000000000",
		"100000000000000000001.5", "9223372036854775808",
	};
	static const char *const over[] = {
		"170141183460469231731.687303715884105728",
		"-170141183460469231731.687303715884105728", "1e21", "1e-19",
		"0.0000000000000000001", "99999999999999999999999999999999999999999",
		"1e99999999999999999999", "-1e-99999999999999999999",
	};
	static const char *const bad[] = { "", "-", "1.", ".1", "+1", "01",
		"1e", "1x", "12345678901234567890123.x" };
	char buf[MONEY_TEXT_MAX + 1];
	struct money m;

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		CHECK_STR(text_of(money_of(same[i]), buf), same[i]);
	for (size_t i = 0; i < sizeof(over) / sizeof(over[0]); i++)
		CHECK(money_parse(over[i], strlen(over[i]), &m) == DEC_OVERFLOW);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(money_parse(bad[i], strlen(bad[i]), &m) == DEC_SYNTAX);
	CHECK_STR(text_of(money_of("-0.0"), buf), "0");
	CHECK_STR(text_of(money_of("1.70e20"), buf), "170000000000000000000");
}

static void
test_round_trip(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct money m = any_money(r), back = { 1 };
		char text[MONEY_TEXT_MAX + 1];
		size_t n = money_print(m, text);

		text[n] = '\0';
		CHECK(n <= MONEY_TEXT_MAX);
		CHECK(money_parse(text, n, &back) == DEC_OK);
		CHECK(money_cmp(back, m) == 0);
		CHECK(strchr(text, '.') == NULL || text[n - 1] != '0');
		CHECK(money_to_double(m) == strtod(text, NULL));
	}
}

static void
test_sums(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct money a = any_money(r), b = any_money(r), s = { 5 }, d = { 5 };

		if (money_add(a, b, &s) == 0) {
			CHECK(money_sub(s, b, &d) == 0 && d.v == a.v);
		} else {
			CHECK(s.v == 5 && money_sign(a) == money_sign(b));
			CHECK(a.v > 0 ? a.v > MAX - b.v : a.v < -MAX - b.v);
		}
		CHECK_INT(money_cmp(a, b), (a.v > b.v) - (a.v < b.v));
	}
}

/* In units of 1e-18: a.m * b.m * 10^18 / 10^(a.scale + b.scale). */
static void
test_products(struct random *r)
{
	for (int i = 0; i < ROUNDS / 10; i++) {
		struct dec a = any_dec(r), b = any_dec(r);
		struct big n = big_mul(big_mul(big_of(a.m), big_of(b.m)),
		    big_power(18));
		struct big d = big_power(a.scale + b.scale);
		struct money got = { 5 };

		if (money_product(a, b, &got) == -1) {
			CHECK(got.v == 5);
			CHECK(big_cmp(n, big_mul(big_of(MAX), d)) > 0);
			continue;
		}
		CHECK(is_half_even(got.v < 0 ? -got.v : got.v, n, d));
		CHECK(got.v == 0 || (got.v < 0) == ((a.m < 0) != (b.m < 0)));
	}
}

static void
test_multiples(struct random *r)
{
	for (int i = 0; i < ROUNDS / 10; i++) {
		struct money a = any_money(r), got = { 5 };
		struct dec b = any_dec(r);
		struct big n = big_mul(big_of(a.v), big_of(b.m));
		struct big d = big_power(b.scale);

		if (money_mul(a, b, &got) == -1) {
			CHECK(got.v == 5);
			CHECK(big_cmp(n, big_mul(big_of(MAX), d)) > 0);
			continue;
		}
		CHECK(is_half_even(got.v < 0 ? -got.v : got.v, n, d));
		CHECK(got.v == 0 || (got.v < 0) == ((a.v < 0) != (b.m < 0)));
	}
}

static void
test_shares(struct random *r)
{
	for (int i = 0; i < ROUNDS / 10; i++) {
		struct money a = any_money(r), got = { 5 };
		struct dec num = any_dec(r), den = any_dec(r);
		struct big n = big_mul(big_mul(big_of(a.v), big_of(num.m)),
		    big_power(den.scale));
		struct big d = big_mul(big_of(den.m), big_power(num.scale));
		int rc = money_share(a, num, den, &got);

		if (den.m == 0) {
			CHECK(rc == -1 && got.v == 5);
			continue;
		}
		if (rc == -1) {
			CHECK(got.v == 5);
			CHECK(big_cmp(n, big_mul(big_of(MAX), d)) > 0);
			continue;
		}
		CHECK(is_half_even(got.v < 0 ? -got.v : got.v, n, d));
	}
}

/* In units of 10^-scale: a.v * 10^(b.scale + scale) / (b.m * 10^18). */
static void
test_quotients(struct random *r)
{
	for (int i = 0; i < ROUNDS / 10; i++) {
		struct money a = any_money(r);
		struct dec b = any_dec(r), got = { 7, 7 }, floor, ceil;
		int scale = (int)random_below(r, 19), e;
		struct big n = big_mul(big_of(a.v), big_power(b.scale + scale));
		struct big d = big_mul(big_of(b.m), big_power(18));
		int128 q;

		if (b.m == 0 || money_div(a, b, scale, DEC_HALF_EVEN, &got) == -1) {
			CHECK(got.m == 7 && got.scale == 7);
			/* No room even for the integer part, or for the
			 * decimals asked for. */
			CHECK(b.m == 0 ||
			    big_cmp(n, big_mul(big_of(INT64_MAX), d)) > 0);
			continue;
		}
		q = got.m < 0 ? -(int128)got.m : got.m;
		for (e = got.scale; e < scale; e++)
			q *= 10;
		CHECK(is_half_even(q, n, d));
		if (money_div(a, b, scale, DEC_FLOOR, &floor) == 0 &&
		    money_div(a, b, scale, DEC_CEIL, &ceil) == 0) {
			CHECK(dec_cmp(floor, got) <= 0 && dec_cmp(got, ceil) <= 0);
			CHECK(dec_cmp(floor, got) == 0 || dec_cmp(got, ceil) == 0);
		}
	}
}

static void
test_cases(void)
{
	struct money m = { 5 }, max = { MAX };
	struct dec d;
	char buf[MONEY_TEXT_MAX + 1];

	CHECK(money_product(dec_of("101.25"), dec_of("-300"), &m) == 0);
	CHECK_STR(text_of(m, buf), "-30375");
	CHECK(money_product(dec_of("1e-10"), dec_of("5e-9"), &m) == 0);
	CHECK_STR(text_of(m, buf), "0");
	CHECK(money_product(dec_of("1.5e-10"), dec_of("1e-8"), &m) == 0);
	CHECK_STR(text_of(m, buf), "0.000000000000000002");
	CHECK(money_product(dec_int(INT64_MAX), dec_int(18), &m) == 0);
	CHECK_STR(text_of(m, buf), "166020696663385964526");
	m.v = 5;
	CHECK(money_product(dec_int(INT64_MAX), dec_int(19), &m) == -1);
	CHECK(money_add(max, (struct money) { 1 }, &m) == -1);
	CHECK(money_sub(money_neg(max), (struct money) { 1 }, &m) == -1);
	CHECK(money_mul(max, dec_of("1.000000000000000001"), &m) == -1);
	CHECK(money_share(max, dec_int(2), dec_int(1), &m) == -1);
	CHECK(money_share(max, dec_int(1), dec_int(0), &m) == -1);
	CHECK(money_div(max, dec_int(0), 2, DEC_DOWN, &d) == -1);
	CHECK(money_div(max, dec_int(1), 0, DEC_DOWN, &d) == -1);
	CHECK(m.v == 5);
	CHECK(money_share(max, dec_int(INT64_MAX), dec_int(INT64_MAX), &m) == 0);
	CHECK(m.v == MAX);
	CHECK(money_share(money_of("100"), dec_int(1), dec_int(3), &m) == 0);
	CHECK_STR(text_of(m, buf), "33.333333333333333333");
	CHECK(money_div(money_of("100000"), dec_of("33.7"), 0, DEC_DOWN, &d) == 0);
	CHECK(d.m == 2967 && d.scale == 0);
	CHECK(money_from_dec(dec_of("-9223372036854775807"), &m) == 0);
	CHECK_STR(text_of(m, buf), "-9223372036854775807");
}

int
main(void)
{
	struct random r = { 77 };

	TEST("amounts are read and printed exactly, up to the last unit")
		test_text();
	TEST("print and parse are inverse; to double is correctly rounded")
		test_round_trip(&r);
	TEST("sums are exact or overflow")
		test_sums(&r);
	TEST("products round once, half-even")
		test_products(&r);
	TEST("multiples round once, half-even")
		test_multiples(&r);
	TEST("shares round once, half-even, through 256 bits")
		test_shares(&r);
	TEST("quotients round once")
		test_quotients(&r);
	TEST("fixed cases and edges")
		test_cases();
	return check_done();
}
