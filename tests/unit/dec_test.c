/* SPDX-License-Identifier: MIT */
/* Decimals: text both ways, arithmetic against long-hand oracles, edges. */
#include "base/dec.h"

#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"

__extension__ typedef __int128 int128;

enum { ROUNDS = 200000 };

static const char *const status_names[] = { "ok", "syntax", "overflow" };

/* The text after a round trip, or the status. */
static const char *
parsed(const char *s, char *buf)
{
	struct dec d;
	enum dec_status status = dec_parse(s, strlen(s), &d);

	if (status != DEC_OK)
		return status_names[status];
	buf[dec_print(d, buf)] = '\0';
	return buf;
}

static const char *
parsed_digits(const char *s, int digits, int *rounded, char *buf)
{
	struct dec d;
	enum dec_status status =
	    dec_parse_digits(s, strlen(s), digits, &d, rounded);

	if (status != DEC_OK)
		return status_names[status];
	buf[dec_print(d, buf)] = '\0';
	return buf;
}

static struct dec
dec_of(const char *s)
{
	struct dec d = { 0 };

	CHECK(dec_parse(s, strlen(s), &d) == DEC_OK);
	return d;
}

static int
same(struct dec a, struct dec b)
{
	return a.m == b.m && a.scale == b.scale;
}

static struct dec
normal(int64_t m, int scale)
{
	while (scale > 0 && m % 10 == 0) {
		m /= 10;
		scale--;
	}
	return (struct dec) { m, scale };
}

/* Of any size, from one digit to all of them. */
static struct dec
any_dec(struct random *r)
{
	uint64_t v = random_next(r) >> (1 + random_below(r, 63));
	int64_t m = (int64_t)v;

	if (random_below(r, 2))
		m = -m;
	return normal(m, (int)random_below(r, DEC_SCALE_MAX + 1));
}

static int128
power(int e)
{
	int128 v = 1;

	while (e-- > 0)
		v *= 10;
	return v;
}

/* The naive printer: sign, integer part, padded fraction. */
static void
print_slowly(struct dec d, char *buf, size_t size)
{
	uint64_t m = (uint64_t)(d.m < 0 ? -d.m : d.m);
	uint64_t unit = (uint64_t)power(d.scale);

	if (d.scale == 0)
		snprintf(buf, size, "%" PRId64, d.m);
	else
		snprintf(buf, size, "%s%" PRIu64 ".%0*" PRIu64,
		    d.m < 0 ? "-" : "", m / unit, d.scale, m % unit);
}

/* n / d, d > 0, by the definition of each mode. */
static int128
divide_slowly(int128 n, int128 d, enum dec_round how)
{
	int128 q = n / d, floor, rest;

	floor = n % d < 0 ? q - 1 : q;
	rest = n - floor * d;
	if (rest == 0)
		return q;
	switch (how) {
	case DEC_DOWN:
		return q;
	case DEC_FLOOR:
		return floor;
	case DEC_CEIL:
		return floor + 1;
	case DEC_HALF_EVEN:
		break;
	}
	if (rest * 2 == d)
		return floor % 2 == 0 ? floor : floor + 1;
	return rest * 2 < d ? floor : floor + 1;
}

static int
fits(int128 v)
{
	return v <= INT64_MAX && v >= -INT64_MAX;
}

/* m * 10^-scale as a dec; 0 when there is no room. */
static int
narrow(int128 m, int scale, struct dec *out)
{
	while (scale > 0 && m % 10 == 0) {
		m /= 10;
		scale--;
	}
	if (!fits(m) || scale > DEC_SCALE_MAX)
		return 0;
	*out = (struct dec) { (int64_t)m, scale };
	return 1;
}

static void
test_text(void)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "0", "0" }, { "-0", "0" }, { "0.000", "0" }, { "-0.0e9", "0" },
		{ "1", "1" }, { "1.50", "1.5" }, { "-0.05", "-0.05" },
		{ "100", "100" }, { "1e2", "100" }, { "1E+2", "100" },
		{ "1.25e1", "12.5" }, { "125e-3", "0.125" },
		{ "1e18", "1000000000000000000" }, { "1e19", "overflow" },
		{ "0e999999999999999999999", "0" },
		{ "1e999999999999999999999", "overflow" },
		{ "1e-999999999999999999999", "overflow" },
		{ "9223372036854775807", "9223372036854775807" },
		{ "-9223372036854775807", "-9223372036854775807" },
		{ "9223372036854775808", "overflow" },
		{ "-9223372036854775808", "overflow" },
		{ "9.223372036854775807", "9.223372036854775807" },
		{ "-9.223372036854775808", "overflow" },
		{ "0.000000000000000001", "0.000000000000000001" },
		{ "1e-18", "0.000000000000000001" },
		{ "1e-19", "overflow" }, { "10e-19", "0.000000000000000001" },
		{ "0.0000000000000000010", "0.000000000000000001" },
		{ "0.0000000000000000001", "overflow" },
		{ "1.00000000000000000000000000000000000000000000000000", "1" },
		{ "1.00000000000000000000000000000000000000000000000001",
		    "overflow" },
		{ "100000000000000000000000000000000000000000000000e-46", "10" },
		{ "", "syntax" }, { "-", "syntax" }, { "+1", "syntax" },
		{ ".5", "syntax" }, { "5.", "syntax" }, { "-.5", "syntax" },
		{ "01", "syntax" }, { "-01", "syntax" }, { "00", "syntax" },
		{ "1e", "syntax" }, { "1e+", "syntax" }, { "1.e1", "syntax" },
		{ "1,5", "syntax" }, { "1 ", "syntax" }, { " 1", "syntax" },
		{ "--1", "syntax" }, { "1.2.3", "syntax" }, { "0x1", "syntax" },
		{ "1e1.5", "syntax" }, { "nan", "syntax" }, { "1\xff", "syntax" },
		{ "00000000000000000000000001", "syntax" },
		{ "12345678901234567890123x", "syntax" },
	};
	char buf[DEC_TEXT_MAX + 1];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_STR(parsed(cases[i].in, buf), cases[i].want);
}

static void
test_round_trip(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct dec d = any_dec(r), back = { 1, 1 };
		char text[DEC_TEXT_MAX + 1], want[64];
		size_t n = dec_print(d, text);

		text[n] = '\0';
		print_slowly(d, want, sizeof(want));
		CHECK_STR(text, want);
		CHECK(n <= DEC_TEXT_MAX);
		CHECK(dec_parse(text, n, &back) == DEC_OK && same(back, d));
		/* The same number moved about by an exponent. */
		snprintf(want, sizeof(want), "%" PRId64 ".000e-%d", d.m,
		    d.scale);
		CHECK(dec_parse(want, strlen(want), &back) == DEC_OK);
		CHECK(same(back, d));
	}
}

static void
test_digits(void)
{
	static const struct {
		const char *in;
		int digits;
		const char *want;
		int rounded;
	} cases[] = {
		{ "123456789012345", 15, "123456789012345", 0 },
		{ "1234567890123450", 15, "1234567890123450", 0 },
		{ "1234567890123455", 15, "1234567890123460", 1 },
		{ "1234567890123445", 15, "1234567890123440", 1 },
		{ "1234567890123445.0000000000000000000000000000000000001", 15,
		    "1234567890123450", 1 },
		{ "123.45000000000002", 15, "123.45", 1 },
		{ "123.44999999999999", 15, "123.45", 1 },
		{ "-0.9999999999999999", 15, "-1", 1 },
		{ "9.99999999999999999999999999999999999999999999999", 15,
		    "10", 1 },
		{ "0.001234567890123450000", 15, "0.00123456789012345", 0 },
		{ "1.25", 2, "1.2", 1 }, { "1.35", 2, "1.4", 1 },
		{ "-1.25", 2, "-1.2", 1 }, { "95", 1, "100", 1 },
		{ "85", 1, "80", 1 }, { "85.0", 1, "80", 1 },
		{ "85e0", 1, "80", 1 }, { "100", 1, "100", 0 },
		{ "99999999999999999999", 15, "overflow", 1 },
		{ "1.x", 15, "syntax", 0 },
	};
	char buf[DEC_TEXT_MAX + 1];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int rounded = 7;

		CHECK_STR(parsed_digits(cases[i].in, cases[i].digits, &rounded,
		    buf), cases[i].want);
		CHECK_INT(rounded, cases[i].rounded);
		CHECK_STR(parsed_digits(cases[i].in, cases[i].digits, NULL,
		    buf), cases[i].want);
	}
}

static void
test_digits_any(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		int64_t m = (int64_t)(random_next(r) >> 2);
		int digits = 1 + (int)random_below(r, 18), k = 0, rounded;
		int128 q;
		struct dec got, want = { 0 };
		char text[32];

		if (random_below(r, 4) == 0) /* make ties */
			m = m / 10000000000 * 10000000000 + 5000000000;
		while (m / power(k) >= power(digits))
			k++;
		q = divide_slowly(m, power(k), DEC_HALF_EVEN) * power(k);
		snprintf(text, sizeof(text), "%" PRId64 "e-12", m);
		CHECK(narrow(q, 12, &want));
		CHECK(dec_parse_digits(text, strlen(text), digits, &got,
		    &rounded) == DEC_OK && same(got, want));
		CHECK_INT(rounded, q != m);
	}
}

static void
test_sums(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct dec a = any_dec(r), b = any_dec(r), want, got = { 7, 7 };
		int128 x = a.m * power(18 - a.scale);
		int128 y = b.m * power(18 - b.scale);
		int ok = narrow(x + y, 18, &want);

		CHECK_INT(dec_add(a, b, &got), ok ? 0 : -1);
		CHECK(same(got, ok ? want : (struct dec) { 7, 7 }));
		got = (struct dec) { 7, 7 };
		ok = narrow(x - y, 18, &want);
		CHECK_INT(dec_sub(a, b, &got), ok ? 0 : -1);
		CHECK(same(got, ok ? want : (struct dec) { 7, 7 }));
		CHECK_INT(dec_cmp(a, b), (x > y) - (x < y));
		CHECK_INT(dec_sign(a), (x > 0) - (x < 0));
	}
}

static void
test_products(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct dec a = any_dec(r), b = any_dec(r), want, got = { 7, 7 };
		enum dec_round how = (enum dec_round)random_below(r, 4);
		int scale = (int)random_below(r, 19), from = a.scale + b.scale;
		int128 p = (int128)a.m * b.m;
		int ok;

		if (from > scale) {
			p = divide_slowly(p, power(from - scale), how);
			from = scale;
		}
		ok = narrow(p, from, &want);
		CHECK_INT(dec_mul(a, b, scale, how, &got), ok ? 0 : -1);
		CHECK(same(got, ok ? want : (struct dec) { 7, 7 }));
	}
}

/* Operands small enough for the plain 128-bit division to be the oracle. */
static void
test_quotients(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct dec a = normal((int64_t)random_below(r, 2000000) - 1000000,
		    (int)random_below(r, 10));
		struct dec b = normal(1 + (int64_t)random_below(r, 50000),
		    (int)random_below(r, 10));
		enum dec_round how = (enum dec_round)random_below(r, 4);
		int scale = (int)random_below(r, 13), ok;
		int128 n = a.m * power(scale + b.scale), d = b.m * power(a.scale);
		struct dec want, got = { 7, 7 };

		ok = narrow(divide_slowly(n, d, how), scale, &want);
		CHECK_INT(dec_div(a, b, scale, how, &got), ok ? 0 : -1);
		CHECK(same(got, ok ? want : (struct dec) { 7, 7 }));
		/* (-a) / (-b) is the same quotient. */
		if (ok) {
			CHECK(dec_div(dec_neg(a), dec_neg(b), scale, how,
			    &got) == 0);
			CHECK(same(got, want));
		}
	}
}

/* Digit by digit, as at school. */
static void
test_long_quotients(struct random *r)
{
	for (int i = 0; i < ROUNDS / 10; i++) {
		struct dec a = normal((int64_t)(random_next(r) >> 1), 18);
		struct dec b = normal((int64_t)(random_next(r) >>
		    (1 + random_below(r, 20))), 18);
		int128 rest, unit, q;
		struct dec want, got = { 7, 7 };
		int ok;

		rest = a.m * power(18 - a.scale);
		unit = b.m * power(18 - b.scale);
		q = rest / unit;
		rest %= unit;
		for (int k = 0; k < 18; k++) {
			rest *= 10;
			q = q * 10 + rest / unit;
			rest %= unit;
		}
		ok = narrow(q, 18, &want);
		CHECK_INT(dec_div(a, b, 18, DEC_DOWN, &got), ok ? 0 : -1);
		CHECK(same(got, ok ? want : (struct dec) { 7, 7 }));
	}
}

static void
test_rounding(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct dec d = any_dec(r), want = { 0 }, got = { 7, 7 };
		struct dec step = normal(1 + (int64_t)random_below(r, 1000),
		    (int)random_below(r, 10));
		enum dec_round how = (enum dec_round)random_below(r, 4);
		int scale = (int)random_below(r, 19), ok;
		int128 x = d.m * power(18 - d.scale);
		int128 unit = step.m * power(18 - step.scale);

		CHECK(narrow(divide_slowly(x, power(18 - scale), how), scale,
		    &want));
		CHECK(same(dec_round(d, scale, how), want));
		ok = narrow(divide_slowly(x, unit, how) * unit, 18, &want);
		CHECK_INT(dec_round_to(d, step, how, &got), ok ? 0 : -1);
		CHECK(same(got, ok ? want : (struct dec) { 7, 7 }));
		CHECK_INT(dec_is_multiple(d, step), x % unit == 0);
		if (ok)
			CHECK(dec_is_multiple(got, step));
	}
}

static void
test_edges(void)
{
	struct dec max = dec_int(INT64_MAX), out = { 7, 7 }, one = dec_int(1);

	CHECK(dec_add(max, one, &out) == -1);
	CHECK(dec_sub(dec_neg(max), one, &out) == -1);
	CHECK(dec_add(max, dec_of("0.1"), &out) == -1);
	CHECK(dec_mul(max, dec_int(2), 18, DEC_HALF_EVEN, &out) == -1);
	CHECK(dec_mul(max, max, 0, DEC_DOWN, &out) == -1);
	CHECK(dec_div(one, dec_int(0), 18, DEC_DOWN, &out) == -1);
	CHECK(dec_div(dec_int(0), dec_int(0), 0, DEC_DOWN, &out) == -1);
	CHECK(dec_div(max, dec_of("1e-18"), 18, DEC_DOWN, &out) == -1);
	CHECK(dec_round_to(max, dec_int(10), DEC_CEIL, &out) == -1);
	CHECK(dec_round_to(one, dec_int(0), DEC_CEIL, &out) == -1);
	CHECK(dec_round_to(one, dec_int(-1), DEC_CEIL, &out) == -1);
	CHECK(same(out, (struct dec) { 7, 7 }));
	CHECK(!dec_is_multiple(one, dec_int(0)));
	CHECK(dec_int(INT64_MIN).m == -INT64_MAX);
	CHECK(dec_add(max, dec_neg(max), &out) == 0 && same(out, dec_int(0)));
	CHECK(dec_div(max, max, 18, DEC_DOWN, &out) == 0 && same(out, one));
	CHECK(dec_div(dec_of("1e-18"), dec_of("3e-18"), 18, DEC_CEIL, &out) == 0);
	CHECK(same(out, dec_of("0.333333333333333334")));
	CHECK(dec_cmp(max, dec_of("0.000000000000000001")) == 1);
	CHECK(dec_cmp(dec_neg(max), dec_of("-1e-18")) == -1);
	CHECK(same(dec_abs(dec_neg(max)), max));
}

static void
test_half_even(void)
{
	static const struct { const char *in, *even, *down, *floor, *ceil; }
	cases[] = {
		{ "0.5", "0", "0", "0", "1" }, { "1.5", "2", "1", "1", "2" },
		{ "2.5", "2", "2", "2", "3" },
		{ "-0.5", "0", "0", "-1", "0" },
		{ "-1.5", "-2", "-1", "-2", "-1" },
		{ "-2.5", "-2", "-2", "-3", "-2" },
		{ "2.500000000000000001", "3", "2", "2", "3" },
		{ "-2.499999999999999999", "-2", "-2", "-3", "-2" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct dec d = dec_of(cases[i].in);

		CHECK(same(dec_round(d, 0, DEC_HALF_EVEN), dec_of(cases[i].even)));
		CHECK(same(dec_round(d, 0, DEC_DOWN), dec_of(cases[i].down)));
		CHECK(same(dec_round(d, 0, DEC_FLOOR), dec_of(cases[i].floor)));
		CHECK(same(dec_round(d, 0, DEC_CEIL), dec_of(cases[i].ceil)));
	}
}

/* strtod of glibc in the C locale is the oracle. */
static void
test_to_double(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct dec d = any_dec(r);
		char text[DEC_TEXT_MAX + 1];

		text[dec_print(d, text)] = '\0';
		CHECK(dec_to_double(d) == strtod(text, NULL));
	}
	CHECK(!signbit(dec_to_double(dec_of("-0"))));
}

/* The C library's printing at as many digits is the oracle, read as text. */
static void
test_from_double(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		int digits = 1 + (int)random_below(r, 17);
		double x = (double)(int64_t)random_next(r) *
		    pow(10, -(double)random_below(r, 25));
		struct dec got, want;
		char text[64];
		int ok;

		snprintf(text, sizeof(text), "%.*e", digits - 1, x);
		ok = dec_parse(text, strlen(text), &want) == DEC_OK;
		if (!ok && fabs(x) < 1) { /* more than 18 decimals */
			snprintf(text, sizeof(text), "%.18f", x);
			ok = dec_parse(text, strlen(text), &want) == DEC_OK;
		}
		CHECK_INT(dec_from_double(x, digits, &got), ok ? 0 : -1);
		if (ok)
			CHECK(same(got, want));
	}
}

static void
test_from_double_cases(void)
{
	struct dec d = { 7, 7 };

	CHECK(dec_from_double(NAN, 15, &d) == -1);
	CHECK(dec_from_double(INFINITY, 15, &d) == -1);
	CHECK(dec_from_double(1e300, 15, &d) == -1);
	CHECK(dec_from_double(9.3e18, 15, &d) == -1);
	CHECK(same(d, (struct dec) { 7, 7 }));
	CHECK(dec_from_double(1e-300, 15, &d) == 0 && same(d, dec_int(0)));
	CHECK(dec_from_double(0.00000812345678901234567, 15, &d) == 0 &&
	    same(d, dec_of("0.000008123456789012")));
	CHECK(dec_from_double(-0.0, 15, &d) == 0 && same(d, dec_int(0)));
	CHECK(dec_from_double(0.1 + 0.2, 15, &d) == 0);
	CHECK(same(d, dec_of("0.3")));
	CHECK(dec_from_double(0.1 + 0.2, 17, &d) == 0);
	CHECK(same(d, dec_of("0.30000000000000004")));
	CHECK(dec_from_double(2.5, 1, &d) == 0 && same(d, dec_int(2)));
	CHECK(dec_from_double(25, 1, &d) == 0 && same(d, dec_int(20)));
	CHECK(dec_from_double(-1234567890123456.0, 15, &d) == 0);
	CHECK(same(d, dec_int(-1234567890123460)));
	CHECK(dec_from_double(9e18, 15, &d) == 0);
	CHECK(same(d, dec_of("9e18")));
}

int
main(void)
{
	struct random r = { 20240601 };

	TEST("text is read exactly or refused for the right reason")
		test_text();
	TEST("print and parse are inverse for any decimal")
		test_round_trip(&r);
	TEST("more digits than asked for are rounded half-even and told")
		test_digits();
	TEST("rounding to digits agrees with division")
		test_digits_any(&r);
	TEST("sums, differences and comparisons are exact or overflow")
		test_sums(&r);
	TEST("products round once in every mode")
		test_products(&r);
	TEST("quotients round once in every mode")
		test_quotients(&r);
	TEST("quotients of full width agree with long division")
		test_long_quotients(&r);
	TEST("rounding to decimals and to steps")
		test_rounding(&r);
	TEST("ties go to the even neighbour, whatever the sign")
		test_half_even();
	TEST("overflow is told at every edge and leaves the result alone")
		test_edges();
	TEST("to double is correctly rounded")
		test_to_double(&r);
	TEST("from double is exact half-even at any number of digits")
		test_from_double(&r);
	TEST("from double refuses what does not fit")
		test_from_double_cases();
	if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL) {
		printf("# skip: no locale with a decimal comma here\n");
		return check_done();
	}
	TEST("a locale with a decimal comma changes nothing")
		test_from_double_cases();
	return check_done();
}
