/* SPDX-License-Identifier: MIT */
/* Doubles as text. */
#include <stdint.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/real.h"
#include "check.h"

static const char *
print(double x)
{
	static char text[REAL_TEXT_MAX + 1];

	text[real_print(x, text)] = '\0';
	return text;
}

static int
parse(const char *s, double *x)
{
	return real_parse(s, strlen(s), x);
}

static void
check_bits(const char *s)
{
	double got = -1, want = strtod(s, NULL);

	CHECK(parse(s, &got) == 0);
	if (memcmp(&got, &want, sizeof got) != 0) {
		check_failed = 1;
		printf("# %s: got %a, want %a\n", s, got, want);
	}
}

static void
test_grammar(void)
{
	static const char *const bad[] = { "", "-", "+1", ".5", "1.", "01",
		"-01", "1e", "1e+", "1.e5", " 1", "1 ", "0x10", "inf", "nan",
		"1_000", "--1", "1e5.5", "1,5", "1f" };
	static const char *const good[] = { "0", "10", "0.5", "1e5", "1E+05",
		"1e-5", "-0.1e-0", "1.0", "9007199254740993", "0e999" };
	double x = 7;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK(parse(bad[i], &x) == -1 && x == 7);
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		check_bits(good[i]);
}

static void
test_limits(void)
{
	char text[1200];
	double x;

	CHECK(parse("1e309", &x) == -1);
	CHECK(parse("-1e400", &x) == -1);
	CHECK(parse("1.7976931348623159e308", &x) == -1);
	CHECK(parse("1e99999999999999999999", &x) == -1);
	CHECK(parse("1e-400", &x) == 0 && x == 0);
	CHECK(parse("-123.456e-789", &x) == 0 && x == 0 && !signbit(x));
	CHECK(parse("1e-99999999999999999999", &x) == 0 && x == 0);
	CHECK(parse("-0.0", &x) == 0 && !signbit(x));
	check_bits("1.7976931348623157e308");
	check_bits("4.9406564584124654e-324");
	check_bits("2.2250738585072011e-308");
	check_bits("2.4703282292062328e-324");
	check_bits("0.000000000000000000000000000000000000000001");
	check_bits("9007199254740993.0000000000000000000000000000001");
	memset(text, '9', sizeof text);
	memcpy(text + 1000, "e-900", 6);
	check_bits(text);
	memset(text, '0', sizeof text);
	memcpy(text, "0.", 2);
	memcpy(text + 1000, "17e1000", 8);
	check_bits(text);
	text[309] = '\0';
	memset(text, '9', 309);
	CHECK(parse(text, &x) == -1);
}

static void
test_random_bits(void)
{
	struct random rng = { 11 };
	char text[REAL_TEXT_MAX];
	double x, back;

	for (int i = 0; i < 200000; i++) {
		uint64_t bits = random_next(&rng);
		size_t n;

		memcpy(&x, &bits, sizeof x);
		if (i % 2)
			x = (double)(int64_t)(bits >> 30) / 10000;
		if (!isfinite(x) || x == 0)
			continue;
		n = real_print(x, text);
		CHECK(n <= REAL_TEXT_MAX && real_parse(text, n, &back) == 0);
		CHECK(memcmp(&x, &back, sizeof x) == 0);
	}
}

/* Decimal texts of all shapes against the C library. */
static void
test_random_text(void)
{
	struct random rng = { 12 };
	char text[80];

	for (int i = 0; i < 200000 && !check_failed; i++) {
		size_t n = 0, whole = 1 + (size_t)random_below(&rng, 20);
		size_t part = (size_t)random_below(&rng, 25);

		text[n++] = (char)('1' + random_below(&rng, 9));
		while (n < whole)
			text[n++] = (char)('0' + random_below(&rng, 10));
		if (part > 0)
			text[n++] = '.';
		for (; part > 0; part--)
			text[n++] = (char)('0' + random_below(&rng, 10));
		text[n] = '\0';
		if (random_below(&rng, 2))
			snprintf(text + n, sizeof text - n, "e%d",
			    (int)random_below(&rng, 600) - 320);
		if (isfinite(strtod(text, NULL)))
			check_bits(text);
	}
}

/* Digits from the first to the last that is not 0. */
static int
significant(const char *p)
{
	int digits = 0, last = 0;

	for (; *p != '\0' && *p != 'e'; p++) {
		if (*p < '0' || *p > '9' || (*p == '0' && digits == 0))
			continue;
		digits++;
		last = *p == '0' ? last : digits;
	}
	return last;
}

/* No text with fewer digits reads back to the same double. */
static void
test_shortest(void)
{
	struct random rng = { 13 };
	char text[64];

	for (int i = 0; i < 20000; i++) {
		uint64_t bits = random_next(&rng);
		int needed = 1;
		double x;

		memcpy(&x, &bits, sizeof x);
		if (i % 2)
			x = (double)(bits >> 20) / 1e7;
		if (!isfinite(x))
			continue;
		while (snprintf(text, sizeof text, "%.*e", needed - 1, x) > 0 &&
		    strtod(text, NULL) != x)
			needed++;
		CHECK(significant(print(x)) <= needed);
	}
}

int
main(void)
{
	TEST("doubles print in their shortest form") {
		CHECK_STR(print(100), "100");
		CHECK_STR(print(0.1), "0.1");
		CHECK_STR(print(-2.5), "-2.5");
		CHECK_STR(print(1.0 / 3), "0.3333333333333333");
		CHECK_STR(print(100000), "100000");
		CHECK_STR(print(123456789), "123456789");
		CHECK_STR(print(0.0001), "0.0001");
		CHECK_STR(print(0.00001), "1e-05");
		CHECK_STR(print(1e15), "1000000000000000");
		CHECK_STR(print(1e16), "1e+16");
		CHECK_STR(print(1.7976931348623157e308),
		    "1.7976931348623157e+308");
		CHECK_STR(print(5e-324), "5e-324");
	}
	TEST("zero has no sign") {
		CHECK_STR(print(0.0), "0");
		CHECK_STR(print(-0.0), "0");
	}
	TEST("only JSON numbers are read")
		test_grammar();
	TEST("beyond the largest double is an error, below the smallest is 0")
		test_limits();
	TEST("what is printed reads back to the same bits")
		test_random_bits();
	TEST("reading is correctly rounded")
		test_random_text();
	TEST("no shorter text would do")
		test_shortest();
	return check_done();
}
