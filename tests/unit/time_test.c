/* SPDX-License-Identifier: MIT */
/* Times against the C library's calendar, bad dates, and lengths of time. */
#include "base/time.h"

#include <stdlib.h>
#include <time.h>

#include "base/random.h"
#include "check.h"

enum { ROUNDS = 200000 };

static int64_t
time_of(const char *s)
{
	int64_t ns = TIME_NONE;

	return time_parse(s, strlen(s), &ns, NULL) == 0 ? ns : TIME_NONE;
}

static const char *
text_of(int64_t ns, int digits, char *buf)
{
	buf[time_print(ns, digits, buf)] = '\0';
	return buf;
}

static void
test_calendar(struct random *r)
{
	for (int i = 0; i < ROUNDS; i++) {
		int64_t ns = (int64_t)random_next(r) >> random_below(r, 30), back;
		int64_t rest = ((ns % TIME_SECOND) + TIME_SECOND) % TIME_SECOND;
		time_t t = (time_t)((ns - rest) / TIME_SECOND);
		char text[TIME_TEXT_MAX + 1], want[128];
		struct civil c;
		struct tm tm;
		int n;

		if (ns < INT64_MIN + TIME_SECOND)
			continue;
		gmtime_r(&t, &tm);
		n = (int)strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%S", &tm);
		snprintf(want + n, sizeof(want) - (size_t)n, ".%09dZ", (int)rest);
		CHECK_STR(text_of(ns, 9, text), want);
		CHECK(time_of(text) == ns);
		time_civil(ns, &c);
		CHECK(c.year == tm.tm_year + 1900 && c.month == tm.tm_mon + 1 &&
		    c.day == tm.tm_mday && c.hour == tm.tm_hour &&
		    c.minute == tm.tm_min && c.second == tm.tm_sec &&
		    c.nanosecond == rest);
		CHECK_INT(c.weekday, (tm.tm_wday + 6) % 7 + 1);
		CHECK(time_from_civil(&c, &back) == 0 && back == ns);
	}
}

/* timegm turns 30 February into March; such days must be refused. */
static void
test_every_date(void)
{
	for (int y = 1678; y <= 2261; y++)
		for (int m = 1; m <= 12; m++)
			for (int d = 1; d <= 31; d++) {
				struct tm tm = { .tm_year = y - 1900,
					.tm_mon = m - 1, .tm_mday = d };
				time_t t = timegm(&tm);
				char text[64];

				snprintf(text, sizeof(text),
				    "%04d-%02d-%02dT00:00:00Z", y, m, d);
				CHECK(time_of(text) == (tm.tm_mday == d
				    ? t * TIME_SECOND : TIME_NONE));
			}
}

static void
test_refused(void)
{
	static const char *const bad[] = {
		"", "2020", "2020-01-02", "2020-01-02T03:04:05",
		"2020-01-02T03:04Z", "2020-01-02 03:04:05Z",
		"2020-13-01T00:00:00Z", "2020-00-01T00:00:00Z",
		"2020-01-00T00:00:00Z", "2021-02-29T00:00:00Z",
		"1900-02-29T00:00:00Z", "2020-02-30T00:00:00Z",
		"2020-01-02T24:00:00Z", "2020-01-02T23:60:00Z",
		"2016-12-31T23:59:60Z", "2020-01-02T03:04:05.Z",
		"2020-01-02T03:04:05.1234567890Z", "2020-01-02T03:04:05.1",
		"2020-01-02T03:04:05ZZ", "2020-01-02T03:04:05+0100",
		"2020-01-02T03:04:05+24:00", "2020-01-02T03:04:05+01:60",
		"2020-01-02T03:04:05+01", "2020-01-02T03:04:05.5+1:00",
		"20x0-01-02T03:04:05Z", "x020-01-02T03:04:05Z",
		"10 0-01-02T03:04:05Z", "2020-01-02T03:04:0\xb5Z",
		"2020-1-02T03:04:05ZZ", "2020/01/02T03:04:05Z",
		"1677-09-21T00:12:43.145224192Z", /* INT64_MIN is TIME_NONE */
		"2262-04-11T23:47:16.854775808Z", "9999-12-31T23:59:59Z",
		"0000-01-01T00:00:00Z", "2262-04-11T23:47:16-00:01",
		"12020-01-02T03:04:05Z", "2020-01-02T03:04:05,5Z",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int64_t ns = 7;

		CHECK_STR(time_parse(bad[i], strlen(bad[i]), &ns, NULL) == -1
		    ? "" : bad[i], "");
		CHECK_INT(ns, 7);
	}
}

static void
test_cases(void)
{
	char buf[TIME_TEXT_MAX + 1];
	int digits = -1;
	int64_t ns;

	CHECK_INT(time_of("1970-01-01T00:00:00Z"), 0);
	CHECK_INT(time_of("1970-01-01t00:00:00.5z"), 500000000);
	CHECK_INT(time_of("1969-12-31T23:59:59.999999999Z"), -1);
	CHECK_INT(time_of("1970-01-01T05:30:00+05:30"), 0);
	CHECK_INT(time_of("1969-12-31T16:00:00-08:00"), 0);
	CHECK_INT(time_of("1970-01-01T00:00:00-00:00"), 0);
	CHECK_INT(time_of("2262-04-11T23:47:16.854775807Z"), INT64_MAX);
	CHECK_INT(time_of("1677-09-21T00:12:43.145224193Z"), INT64_MIN + 1);
	CHECK_INT(time_of("2262-04-12T00:47:16.854775807+01:00"), INT64_MAX);
	CHECK_INT(time_of("2000-02-29T00:00:00Z"), 951782400 * TIME_SECOND);
	CHECK(time_parse("2020-01-02T03:04:05.120Z", 24, &ns, &digits) == 0);
	CHECK_INT(digits, 3);
	CHECK(time_parse("2020-01-02T03:04:05Z", 20, &ns, &digits) == 0);
	CHECK_INT(digits, 0);
	CHECK(time_parse("2020-01-02T03:04:05Zjunk", 20, &ns, NULL) == 0);
	CHECK_STR(text_of(0, 0, buf), "1970-01-01T00:00:00Z");
	CHECK_STR(text_of(1999999999, 3, buf), "1970-01-01T00:00:01.999Z");
	CHECK_STR(text_of(-1, 0, buf), "1969-12-31T23:59:59Z");
	CHECK_STR(text_of(-1, 1, buf), "1969-12-31T23:59:59.9Z");
	CHECK_STR(text_of(INT64_MAX, 9, buf), "2262-04-11T23:47:16.854775807Z");
	CHECK_STR(text_of(INT64_MIN, 9, buf), "1677-09-21T00:12:43.145224192Z");
	CHECK_INT(time_digits(0), 0);
	CHECK_INT(time_digits(1), 9);
	CHECK_INT(time_digits(-500000000), 1);
	CHECK_INT(time_digits(1000120000000), 2);
}

static void
test_civil_ranges(void)
{
	const struct civil good = { 2024, 2, 29, 23, 59, 59, 999999999, 0 };
	static const struct civil bad[] = {
		{ 2023, 2, 29, 0, 0, 0, 0, 0 }, { 2024, 0, 1, 0, 0, 0, 0, 0 },
		{ 2024, 13, 1, 0, 0, 0, 0, 0 }, { 2024, 4, 31, 0, 0, 0, 0, 0 },
		{ 2024, 1, 1, 24, 0, 0, 0, 0 }, { 2024, 1, 1, -1, 0, 0, 0, 0 },
		{ 2024, 1, 1, 0, 60, 0, 0, 0 }, { 2024, 1, 1, 0, 0, 60, 0, 0 },
		{ 2024, 1, 1, 0, 0, 0, 1000000000, 0 },
		{ 2024, 1, 1, 0, 0, 0, -1, 0 }, { 2263, 1, 1, 0, 0, 0, 0, 0 },
		{ 1677, 1, 1, 0, 0, 0, 0, 0 }, { INT32_MAX, 1, 1, 0, 0, 0, 0, 0 },
		{ INT32_MIN, 1, 1, 0, 0, 0, 0, 0 },
	};
	int64_t ns = 7;

	CHECK(time_from_civil(&good, &ns) == 0);
	CHECK_INT(ns, time_of("2024-02-29T23:59:59.999999999Z"));
	ns = 7;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(time_from_civil(&bad[i], &ns) == -1);
	CHECK_INT(ns, 7);
}

static void
test_spans(void)
{
	static const struct { const char *in; int64_t ns; const char *out; }
	good[] = {
		{ "1ns", 1, "1ns" }, { "1500us", 1500000, "1500us" },
		{ "250ms", 250000000, "250ms" }, { "1000ms", TIME_SECOND, "1s" },
		{ "60s", TIME_MINUTE, "1m" }, { "90s", 90 * TIME_SECOND, "90s" },
		{ "15m", 15 * TIME_MINUTE, "15m" }, { "24h", TIME_DAY, "1d" },
		{ "1d", TIME_DAY, "1d" }, { "1w", 7 * TIME_DAY, "7d" },
		{ "106751d", 106751 * TIME_DAY, "106751d" },
		{ "9223372036854775807ns", INT64_MAX, "9223372036854775807ns" },
	};
	static const char *const bad[] = { "", "m", "1", "0m", "-1m", "+1m",
		"01m", "1M", "1 m", "1mm", "1min", "1.5h", "106752d",
		"9223372036854775808ns", "99999999999999999999d", "1m\n" };
	char buf[SPAN_TEXT_MAX + 1];
	int64_t ns;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ns = 0;
		CHECK(span_parse(good[i].in, strlen(good[i].in), &ns) == 0);
		CHECK_INT(ns, good[i].ns);
		buf[span_print(ns, buf)] = '\0';
		CHECK_STR(buf, good[i].out);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(span_parse(bad[i], strlen(bad[i]), &ns) == -1);
	buf[span_print(INT64_MIN, buf)] = '\0';
	CHECK_STR(buf, "-9223372036854775808ns");
	buf[span_print(0, buf)] = '\0';
	CHECK_STR(buf, "0s");
}

int
main(void)
{
	struct random r = { 3 };

	TEST("any instant agrees with gmtime and survives text and civil")
		test_calendar(&r);
	TEST("every date of the range agrees with timegm, the others are refused")
		test_every_date();
	TEST("what is not a time is refused")
		test_refused();
	TEST("offsets, fractions, truncation and the ends of time")
		test_cases();
	TEST("civil fields are checked")
		test_civil_ranges();
	TEST("lengths of time")
		test_spans();
	return check_done();
}
