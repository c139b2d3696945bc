/* SPDX-License-Identifier: MIT */
/* Calendars: closings and half days of the NYSE as they are published, and
 * which bars are expected. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/time.h"
#include "check.h"

static int64_t
at(const char *text)
{
	int64_t ns = 0;

	if (time_parse(text, strlen(text), &ns, NULL) != 0)
		CHECK_STR(text, "a time");
	return ns;
}

static int64_t
day(const char *date)
{
	char text[] = "2000-01-01T00:00:00Z";

	memcpy(text, date, 10);
	return calendar_day_of(NULL, at(text));
}

/* The weekdays of a year on which it is closed, "0101 0704 ". */
static const char *
closings(const struct calendar *c, int year, char out[128])
{
	char text[32];
	struct session s;
	size_t n = 0;
	int64_t first, d;

	snprintf(text, sizeof text, "%04d-01-01T00:00:00Z", year);
	first = calendar_day_of(NULL, at(text));
	out[0] = '\0';
	for (d = first; d < first + 366; d++) {
		struct civil when;

		time_civil(d * TIME_DAY, &when);
		if (when.year != year || when.weekday > 5)
			continue;
		CHECK_INT(calendar_day(c, d, &s), 0);
		if (!s.is_open)
			n += (size_t)snprintf(out + n, 128 - n, "%02d%02d ",
			    when.month, when.day);
	}
	return out;
}

static int
close_of(const struct calendar *c, const char *date)
{
	struct session s;

	return calendar_day(c, day(date), &s) != 0 ? -1
	    : s.is_open ? s.close / 60 : 0;
}

static void
test_closings(const struct calendar *c)
{
	static const struct {
		int year;
		const char *days;
	} published[] = {
		{ 1990, "0101 0219 0413 0528 0704 0903 1122 1225 " },
		{ 1994, "0221 0401 0427 0530 0704 0905 1124 1226 " },
		{ 1998, "0101 0119 0216 0410 0525 0703 0907 1126 1225 " },
		{ 2000, "0117 0221 0421 0529 0704 0904 1123 1225 " },
		{ 2001, "0101 0115 0219 0413 0528 0704 0903 0911 0912 0913 "
		        "0914 1122 1225 " },
		{ 2004, "0101 0119 0216 0409 0531 0611 0705 0906 1125 1224 " },
		{ 2007, "0101 0102 0115 0219 0406 0528 0704 0903 1122 1225 " },
		{ 2010, "0101 0118 0215 0402 0531 0705 0906 1125 1224 " },
		{ 2012, "0102 0116 0220 0406 0528 0704 0903 1029 1030 1122 "
		        "1225 " },
		{ 2018, "0101 0115 0219 0330 0528 0704 0903 1122 1205 1225 " },
		{ 2021, "0101 0118 0215 0402 0531 0705 0906 1125 1224 " },
		{ 2022, "0117 0221 0415 0530 0620 0704 0905 1124 1226 " },
		{ 2024, "0101 0115 0219 0329 0527 0619 0704 0902 1128 1225 " },
		{ 2025, "0101 0109 0120 0217 0418 0526 0619 0704 0901 1127 "
		        "1225 " },
		{ 2026, "0101 0119 0216 0403 0525 0619 0703 0907 1126 1225 " },
		{ 2027, "0101 0118 0215 0326 0531 0618 0705 0906 1125 1224 " },
		{ 2028, "0117 0221 0414 0529 0619 0704 0904 1123 1225 " },
	};
	char got[128];

	for (size_t i = 0; i < sizeof published / sizeof *published; i++)
		CHECK_STR(closings(c, published[i].year, got),
		    published[i].days);
}

static void
test_half_days(const struct calendar *c)
{
	static const char *const early[] = { "1993-11-26", "1996-07-05",
		"1997-12-26", "1999-12-31", "2001-07-03", "2002-07-05",
		"2003-12-26", "2006-07-03", "2013-07-03", "2013-11-29",
		"2018-12-24", "2019-07-03", "2020-11-27", "2020-12-24",
		"2024-07-03", "2025-11-28", "2025-12-24", "2028-07-03" };
	static const char *const whole[] = { "1991-11-29", "2002-07-03",
		"2009-07-02", "2010-12-23", "2013-07-05", "2019-07-05",
		"2020-07-02", "2021-11-24", "2022-11-23", "2026-07-02" };

	for (size_t i = 0; i < sizeof early / sizeof *early; i++)
		CHECK_INT(close_of(c, early[i]), 13 * 60);
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		CHECK_INT(close_of(c, whole[i]), 16 * 60);
	CHECK_INT(close_of(c, "1992-11-27"), 14 * 60);
	CHECK_INT(close_of(c, "1989-12-29"), -1);
	CHECK_INT(close_of(c, "2035-12-31"), 16 * 60);
	CHECK_INT(close_of(c, "2036-01-02"), -1);
}

static const char *
next_of(const struct calendar *c, const char *span, const char *start)
{
	static char text[2][TIME_TEXT_MAX + 1];
	static int turn;
	struct calendar_bars b = { 0, NULL };
	int64_t next;
	char *out = text[turn ^= 1];

	span_parse(span, strlen(span), &b.span);
	if (calendar_next(c, &b, at(start), &next) != 0)
		return "unknown";
	out[time_print(next, 0, out)] = '\0';
	return out;
}

static int
expects(const struct calendar *c, const char *span, const char *start)
{
	struct calendar_bars b = { 0, NULL };

	span_parse(span, strlen(span), &b.span);
	return calendar_expects(c, &b, at(start));
}

static void
test_next(const struct calendar *c)
{
	/* Friday's close to Monday's open, over the change of clocks */
	CHECK_STR(next_of(c, "1m", "2020-03-06T20:59:00Z"),
	    "2020-03-09T13:30:00Z");
	CHECK_STR(next_of(c, "1m", "2020-03-09T13:30:00Z"),
	    "2020-03-09T13:31:00Z");
	/* a half day; hours from the half hour, and from the hour */
	CHECK_STR(next_of(c, "1h", "2020-11-27T17:30:00Z"),
	    "2020-11-30T14:30:00Z");
	CHECK_STR(next_of(c, "1h", "2020-11-27T17:00:00Z"),
	    "2020-11-30T14:00:00Z");
	CHECK_STR(next_of(c, "4h", "2020-12-01T18:30:00Z"),
	    "2020-12-02T14:30:00Z");
	/* before the open, and days */
	CHECK_STR(next_of(c, "5m", "2020-12-01T12:00:00Z"),
	    "2020-12-01T14:30:00Z");
	CHECK_STR(next_of(c, "1d", "2020-12-24T00:00:00Z"),
	    "2020-12-28T00:00:00Z");
	CHECK_STR(next_of(c, "1d", "2035-12-31T00:00:00Z"), "unknown");
	CHECK_INT(expects(c, "1m", "2020-12-01T14:29:00Z"), 0);
	CHECK_INT(expects(c, "1m", "2020-12-01T14:30:00Z"), 1);
	CHECK_INT(expects(c, "1m", "2020-12-01T20:59:00Z"), 1);
	CHECK_INT(expects(c, "1m", "2020-12-01T21:00:00Z"), 0);
	CHECK_INT(expects(c, "1d", "2020-12-25T00:00:00Z"), 0);
	CHECK_INT(expects(c, "1w", "2020-12-21T00:00:00Z"), 1);
}

/* The walk from bar to bar meets just the bars that are expected. */
static void
test_walk(const struct calendar *c)
{
	struct calendar_bars b = { 30 * TIME_MINUTE, NULL };
	int64_t due = at("2019-12-31T14:30:00Z"), end = due + 400 * TIME_DAY;

	for (int64_t t = due; t < end; t += b.span) {
		int is_due = t == due;

		CHECK_INT(calendar_expects(c, &b, t), is_due);
		if (is_due && calendar_next(c, &b, t, &due) != 0)
			break;
	}
	CHECK(due >= end);
}

static struct calendar *
from_file(const char *text, struct problem *p)
{
	char name[] = "/tmp/calendar_test.XXXXXX";
	int fd = mkstemp(name);
	struct calendar *c = NULL;

	if (fd >= 0 && write(fd, text, strlen(text)) > 0)
		c = calendar_new(name, p);
	close(fd);
	unlink(name);
	return c;
}

static void
test_file(void)
{
	struct problem p = { 0 };
	struct calendar *c = from_file("# Tokyo\nzone Asia/Tokyo\n"
	    "days mon tue wed thu fri\nopen 2020-01-11 10:00 12:00\n"
	    "hours 09:00 15:00 # without the break\nclosed 2020-01-13\n", &p);

	CHECK(c != NULL);
	if (c == NULL)
		return;
	CHECK_STR(next_of(c, "1h", "2020-01-10T05:00:00Z"),
	    "2020-01-11T01:00:00Z");
	CHECK_STR(next_of(c, "1h", "2020-01-11T02:00:00Z"),
	    "2020-01-14T00:00:00Z");
	CHECK_INT(close_of(c, "2020-01-13"), 0);
	calendar_free(c);
	c = from_file("closed 2020-01-13\n", &p);
	CHECK_INT(calendar_has_hours(c), 0);
	CHECK_INT(close_of(c, "2020-01-14"), 24 * 60);
	calendar_free(c);
	CHECK(from_file("hours 16:00 09:30\n", &p) == NULL);
	CHECK(strstr(p.text, ":1: wants hours such as") != NULL);
	CHECK(from_file("\nclose 2020-01-13\n", &p) == NULL);
	CHECK(strstr(p.text, ":2: wants zone, days") != NULL);
	CHECK(from_file("closed 2020-02-30\n", &p) == NULL);
	CHECK(from_file("closed 2020-02-03\nopen 2020-02-03\n", &p) == NULL);
	CHECK(from_file("zone Europe/Atlantis\n", &p) == NULL);
	CHECK(calendar_new("/nonexistent/x", &p) == NULL);
}

int
main(void)
{
	struct problem p = { 0 };
	struct calendar *nyse = calendar_new("nyse", &p);
	struct calendar *weekdays = calendar_new("weekdays", &p);

	if (nyse == NULL || weekdays == NULL)
		return 1;
	TEST("the NYSE is closed on the days that it published")
		test_closings(nyse);
	TEST("half days end at one, 1992's at two")
		test_half_days(nyse);
	TEST("the next bar is in the next session, by New York's clock")
		test_next(nyse);
	TEST("walking from bar to bar meets what is expected, and no other")
		test_walk(nyse);
	TEST("weekdays knows no hours") {
		CHECK_STR(next_of(weekdays, "1d", "2020-01-03T00:00:00Z"),
		    "2020-01-06T00:00:00Z");
		CHECK_STR(next_of(weekdays, "1h", "2020-01-03T00:00:00Z"),
		    "unknown");
		CHECK_INT(expects(weekdays, "1h", "2020-01-04T00:00:00Z"), -1);
	}
	TEST("a calendar of one's own is a file of lines")
		test_file();
	calendar_free(nyse);
	calendar_free(weekdays);
	return check_done();
}
