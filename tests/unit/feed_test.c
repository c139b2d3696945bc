/* SPDX-License-Identifier: MIT */
/* Reading sources: lines, CSV rows, times, operands; and golden files read
 * through the whole stage. */
#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/time.h"
#include "base/zone.h"
#include "check.h"
#include "feed/columns.h"
#include "feed/delimiter.h"
#include "feed/lines.h"
#include "feed/name.h"
#include "feed/number.h"
#include "feed/pace.h"
#include "feed/rows.h"
#include "feed/sniff.h"
#include "feed/tfeed.h"
#include "feed/when.h"
#include "stage/chain.h"

static const char *
shared(void)
{
	const char *s = getenv("TAPE_SHARED");

	return s != NULL ? s : "../shared";
}

/* A file's bytes, terminated; NULL when it is not there. */
static char *
slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	struct buf b = { 0 };
	size_t got;

	if (f == NULL)
		return NULL;
	do {
		char *to = buf_reserve(&b, 4097);

		got = fread(to, 1, 4096, f);
		b.len += got;
	} while (got > 0);
	fclose(f);
	*n = b.len;
	return buf_str(&b);
}

/* All rows as "a|b;c|d;", bad ones as "!what;", with the lines they begin on. */
static char *
rows_of(const char *data, size_t n, size_t piece, char delimiter)
{
	struct bytes bytes;
	struct lines lines;
	struct rows rows;
	struct buf out = { 0 };
	int got;

	bytes_open_memory(&bytes, data, n, piece);
	lines_init(&lines, &bytes, piece < 64 ? 64 : piece);
	rows_init(&rows, &lines, delimiter);
	while ((got = rows_next(&rows)) > 0) {
		buf_addf(&out, "%d:", (int)rows.line);
		if (got == ROW_BAD)
			buf_addf(&out, "!%s", rows.what);
		for (int i = 0; i < rows.n && got == ROW_READ; i++) {
			buf_addf(&out, i > 0 ? "|" : "");
			buf_add(&out, rows.cells[i].s, rows.cells[i].n);
		}
		buf_add_char(&out, ';');
	}
	if (got < 0)
		buf_addf(&out, "error %s", bytes.what);
	rows_release(&rows);
	lines_release(&lines);
	bytes_close(&bytes);
	return buf_str(&out);
}

static void
check_rows(const char *data, const char *want)
{
	static const size_t pieces[] = { 1, 2, 3, 65536 };

	for (size_t i = 0; i < 4; i++) {
		char *got = rows_of(data, strlen(data), pieces[i], ',');

		CHECK_STR(got, want);
		free(got);
	}
}

/* What a corpus file means, in the same words. */
static char *
spectrum_want(const char *path)
{
	json_t *all = json_load_file(path, 0, NULL), *row, *value;
	struct buf out = { 0 };
	const char *key;
	size_t i;

	if (!json_is_array(all)) {
		json_decref(all);
		return NULL;
	}
	json_array_foreach(all, i, row) {
		int first = 1;

		json_object_foreach(row, key, value) {
			buf_addf(&out, "%s%s", first ? "" : "|",
			    json_string_value(value));
			first = 0;
		}
		buf_add_char(&out, ';');
	}
	json_decref(all);
	return buf_str(&out);
}

/* Drops the header row and the line numbers, which the corpus does not have. */
static char *
without_places(const char *rows)
{
	struct buf out = { 0 };
	const char *p = strchr(rows, ';');
	int at_start = 1;

	for (p = p == NULL ? "" : p + 1; *p != '\0'; p++) {
		if (at_start) {
			p = strchr(p, ':');
			at_start = 0;
			continue;
		}
		buf_add_char(&out, *p);
		at_start = *p == ';';
	}
	buf_add(&out, "", 0);
	return buf_str(&out);
}

static void
check_spectrum(const char *name, size_t piece)
{
	char path[512];
	char *csv, *want, *rows, *got;
	size_t n;

	snprintf(path, sizeof path, "%s/corpora/csv-spectrum/csvs/%s.csv",
	    shared(), name);
	csv = slurp(path, &n);
	CHECK(csv != NULL);
	if (csv == NULL)
		return;
	snprintf(path, sizeof path, "%s/corpora/csv-spectrum/json/%s.json",
	    shared(), name);
	want = spectrum_want(path);
	rows = rows_of(csv, n, piece, ',');
	got = without_places(rows);
	CHECK(want != NULL);
	if (want != NULL)
		CHECK_STR(got, want);
	free(csv);
	free(want);
	free(rows);
	free(got);
}

static void
test_spectrum(void)
{
	static const char *const names[] = { "comma_in_quotes", "empty",
		"empty_crlf", "escaped_quotes", "json", "newlines",
		"newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf",
		"utf8" };
	static const size_t pieces[] = { 1, 65536 };
	char path[512], *csv, *rows;
	size_t n;

	snprintf(path, sizeof path, "%s/corpora/csv-spectrum/csvs", shared());
	if (access(path, R_OK) != 0) {
		printf("# skipped: no csv-spectrum corpus at %s\n", path);
		return;
	}
	for (size_t p = 0; p < 2; p++) {
		TEST("csv-spectrum means what its JSON says")
			for (size_t i = 0; i < sizeof names / sizeof *names;
			    i++)
				check_spectrum(names[i], pieces[p]);
	}
	/* Its JSON is of another row: one object, another telephone number. */
	TEST("quotes inside an unquoted field stay") {
		snprintf(path, sizeof path,
		    "%s/corpora/csv-spectrum/csvs/location_coordinates.csv",
		    shared());
		csv = slurp(path, &n);
		rows = rows_of(csv, n, 1, ',');
		CHECK(strstr(rows, "36'37.8\"N 121") != NULL);
		CHECK(strstr(rows, "17.9\"W|Modesto|Stanislaus;") != NULL);
		free(csv);
		free(rows);
	}
}

static void
test_rows(void)
{
	TEST("lines end with LF, CRLF, CR or nothing, in any mixture") {
		check_rows("a,b\n1,2\n", "1:a|b;2:1|2;");
		check_rows("a,b\r\n1,2\r\n", "1:a|b;2:1|2;");
		check_rows("a,b\r1,2\r", "1:a|b;2:1|2;");
		check_rows("a,b\r\n1,2\n3,4\r5,6", "1:a|b;2:1|2;3:3|4;4:5|6;");
		check_rows("a\n\n\r\n  \nb", "1:a;5:b;");
	}
	TEST("a byte order mark is left out, once and at the beginning") {
		check_rows("\xef\xbb\xbf" "a,b\n", "1:a|b;");
		check_rows("a\n\xef\xbb\xbf" "b\n", "1:a;2:\xef\xbb\xbf" "b;");
		check_rows("\xef\xbb\xbf", "");
	}
	TEST("line numbers count the lines inside quotes") {
		check_rows("a,\"x\ny\r\nz\"\nb,2\n", "1:a|x\ny\r\nz;4:b|2;");
	}
	TEST("quotes in quotes, spaces, empty fields") {
		check_rows("\"a \"\"b\"\"\", c ,,\"\"\n", "1:a \"b\"|c||;");
	}
	TEST("a quote that is not closed is said so, where it began") {
		check_rows("a,b\n1,\"2\n3,4\n",
		    "1:a|b;2:!a quoted field is not closed;");
	}
	TEST("nothing is no row") {
		check_rows("", "");
		check_rows("\n", "");
		check_rows("\r", "");
	}
}

static void
test_long(void)
{
	size_t n = 3u << 20;
	char *data = malloc(n + 64), *got;

	TEST("a line over 1 MiB is refused, and the next one read") {
		memset(data, 'a', n);
		memcpy(data, "x,y\n", 4);
		memcpy(data + n, "\n1,2\n", 5);
		got = rows_of(data, n + 5, 65536, ',');
		CHECK_STR(got, "1:x|y;2:!the line is longer than 1 MiB;"
		    "3:1|2;");
		free(got);
		memcpy(data + n, "\r\n1,2", 5);
		got = rows_of(data, n + 5, 65536, ',');
		CHECK(strstr(got, ";3:1|") != NULL);
		free(got);
	}
	TEST("a quote that is never closed does not take all memory") {
		memcpy(data, "x,y\n\"", 5);
		for (size_t i = 5; i < n; i += 100)
			data[i] = '\n';
		got = rows_of(data, n, 65536, ',');
		CHECK(strstr(got, "2:!a quoted field is not closed within 1 "
		    "MiB;") != NULL);
		free(got);
	}
	free(data);
}

static void
check_place(const char *data, int cell, int64_t want_line, size_t want_column)
{
	struct bytes bytes;
	struct lines lines;
	struct rows rows;
	int64_t line;
	size_t column;

	bytes_open_memory(&bytes, data, strlen(data), 65536);
	lines_init(&lines, &bytes, 65536);
	rows_init(&rows, &lines, ',');
	rows_next(&rows);
	rows_next(&rows);
	rows_place(&rows, cell, &line, &column);
	CHECK_INT(line, want_line);
	CHECK_INT(column, want_column);
	rows_release(&rows);
	lines_release(&lines);
	bytes_close(&bytes);
}

static void
test_places(void)
{
	TEST("a cell is found by line and byte column") {
		check_place("h\n1,22,333\n", 0, 2, 1);
		check_place("h\n1,22,333\n", 2, 2, 6);
		check_place("h\n1, 22,333\n", 1, 2, 4);
		check_place("h\n\"a,b\",c\n", 1, 2, 7);
		check_place("h\n\"a\nb\",c\n", 1, 3, 4);
		check_place("h\n\"a\r\nb\",c\n", 1, 3, 4);
		check_place("\"x\ny\"\n1,2\n", 1, 3, 3);
	}
}

static enum when_kind
when(struct when *w, const char *s, int64_t *ns)
{
	*ns = -1;
	return when_parse(w, s, strlen(s), ns);
}

static void
check_when(const char *s, enum when_kind kind, const char *want)
{
	struct when w = { 0 };
	char text[TIME_TEXT_MAX + 1] = "";
	int64_t ns;

	for (int again = 0; again < 2; again++) { /* with and without a cache */
		CHECK_INT(when(&w, s, &ns), kind);
		if (want != NULL) {
			text[time_print(ns, 9, text)] = '\0';
			CHECK_STR(text, want);
		}
	}
}

static void
test_when(void)
{
	struct zone *ny = zone_new("America/New_York");
	struct when w = { .zone = ny };
	int64_t ns;

	TEST("dates are exchange days at midnight UTC") {
		check_when("2024-02-29", WHEN_DATE, "2024-02-29T00:00:00.000000000Z");
		check_when("2024/02/29", WHEN_DATE, "2024-02-29T00:00:00.000000000Z");
		check_when("2012.02.01", WHEN_DATE, "2012-02-01T00:00:00.000000000Z");
		check_when("20240229", WHEN_DATE, "2024-02-29T00:00:00.000000000Z");
		check_when("1950-01-03", WHEN_DATE, "1950-01-03T00:00:00.000000000Z");
	}
	TEST("days and months stand in many orders") {
		check_when("31.12.2024", WHEN_DATE, "2024-12-31T00:00:00.000000000Z");
		check_when("1.2.2024", WHEN_DATE, "2024-02-01T00:00:00.000000000Z");
		check_when("31-Dec-10", WHEN_DATE, "2010-12-31T00:00:00.000000000Z");
		check_when("1 january 1969", WHEN_DATE, "1969-01-01T00:00:00.000000000Z");
		check_when("Aug 06, 2026", WHEN_DATE, "2026-08-06T00:00:00.000000000Z");
		check_when("31-Dec-69", WHEN_DATE, "1969-12-31T00:00:00.000000000Z");
		check_when("01.02.2012 00:00:00.250 GMT+0100", WHEN_INSTANT, "2012-01-31T23:00:00.250000000Z");
		check_when("31-Dez-10", WHEN_BAD, NULL);
		check_when("30-Feb-10", WHEN_BAD, NULL);
		check_when("Aug 06 2026", WHEN_BAD, NULL);
		check_when("32.01.2024", WHEN_BAD, NULL);
		check_when("01/02/2024", WHEN_UNSURE, NULL);
		check_when("13/02/2024", WHEN_UNSURE, NULL);
	}
	TEST("an order of day and month is taken at its word") {
		struct when dmy = { .order = DATE_DMY };
		struct when mdy = { .order = DATE_MDY };

		CHECK_INT(when(&dmy, "3/4/2024", &ns), WHEN_DATE);
		CHECK_INT(ns / TIME_DAY, 19816);
		CHECK_INT(when(&mdy, "3/4/24", &ns), WHEN_DATE);
		CHECK_INT(ns / TIME_DAY, 19786);
		CHECK_INT(when(&dmy, "12/13/2024", &ns), WHEN_BAD);
		CHECK_INT(date_evidence("13/12/2024", 10), DATE_DMY);
		CHECK_INT(date_evidence("12/13/2024", 10), DATE_MDY);
		CHECK_INT(date_evidence("12/12/2024", 10), DATE_ASK);
		CHECK_INT(date_evidence("13/13/2024", 10), DATE_ASK);
		CHECK_INT(date_evidence("13.12.2024", 10), DATE_ASK);
	}
	TEST("a clock may be digits down to the millisecond") {
		struct when est = { .zone = zone_new("-05:00") };

		CHECK_INT(when(&est, "20120201 000003660", &ns), WHEN_INSTANT);
		CHECK_INT(ns % TIME_DAY, 5 * TIME_HOUR + 3660000000);
		CHECK_INT(when(&est, "20120201 00000366", &ns), WHEN_BAD);
		CHECK_INT(when(&est, "20120201 0000036600", &ns), WHEN_BAD);
		zone_free((struct zone *)(uintptr_t)est.zone);
	}
	TEST("impossible dates and other text are no times") {
		static const char *const bad[] = { "", "2023-02-29", "2024-13-01",
			"2024-1-1", "2024-01/01", "2024-01-01x",
			"2024-01-01T", "2024-01-01T24:00", "2024-01-01T10:60",
			"2024-01-01T10:00:60", "2024-01-01T10:00:00.",
			"2024-01-01T10:00:00.0000000001Z", "2024-01-01T1:00",
			"2024-01-01T10:00:00+1", "2024-01-01T10:00:00ZZ", "-",
			"time", "1e9", "12:00", "1.5.2", ".5", "20240230 10:00" };

		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
			check_when(bad[i], WHEN_BAD, NULL);
	}
	TEST("a clock without a zone is not taken for UTC") {
		check_when("2024-01-02 09:30", WHEN_LOCAL, NULL);
		check_when("2024-01-02T09:30:00.123", WHEN_LOCAL, NULL);
		check_when("20240102 093000", WHEN_LOCAL, NULL);
	}
	TEST("a clock with a zone is that instant") {
		check_when("2024-01-02T09:30:00Z", WHEN_INSTANT, "2024-01-02T09:30:00.000000000Z");
		check_when("2024-01-02 09:30:00.25+05:30", WHEN_INSTANT, "2024-01-02T04:00:00.250000000Z");
		check_when("2024-01-02 09:30-0500", WHEN_INSTANT, "2024-01-02T14:30:00.000000000Z");
		check_when("2024-01-02 09:30:00 +00:00", WHEN_INSTANT, "2024-01-02T09:30:00.000000000Z");
		check_when("2024-01-02T09:30:00.000000001Z", WHEN_INSTANT, "2024-01-02T09:30:00.000000001Z");
		check_when("2024-01-02T09:30:00.5000000000Z", WHEN_INSTANT, "2024-01-02T09:30:00.500000000Z");
	}
	TEST("counts since 1970 tell their unit by their size") {
		check_when("1704067200", WHEN_INSTANT, "2024-01-01T00:00:00.000000000Z");
		check_when("1704067200123", WHEN_INSTANT, "2024-01-01T00:00:00.123000000Z");
		check_when("1704067200123456", WHEN_INSTANT, "2024-01-01T00:00:00.123456000Z");
		check_when("1704067200123456789", WHEN_INSTANT, "2024-01-01T00:00:00.123456789Z");
		check_when("1325317920.0", WHEN_INSTANT, "2011-12-31T07:52:00.000000000Z");
		check_when("1325317920.5", WHEN_INSTANT, "2011-12-31T07:52:00.500000000Z");
		check_when("1704067200000.25", WHEN_INSTANT, "2024-01-01T00:00:00.000250000Z");
		check_when("-86400", WHEN_INSTANT, "1969-12-31T00:00:00.000000000Z");
		check_when("99999999999999999999", WHEN_RANGE, NULL);
		check_when("99999999999", WHEN_RANGE, NULL);
	}
	TEST("a zone that was said is that of clocks, summer time and all") {
		CHECK_INT(when(&w, "2024-01-02 09:30", &ns), WHEN_INSTANT);
		CHECK_INT(ns % TIME_DAY, 14 * TIME_HOUR + 30 * TIME_MINUTE);
		CHECK_INT(when(&w, "2024-07-02 09:30", &ns), WHEN_INSTANT);
		CHECK_INT(ns % TIME_DAY, 13 * TIME_HOUR + 30 * TIME_MINUTE);
		CHECK_INT(when(&w, "2024-07-02", &ns), WHEN_DATE);
		CHECK_INT(ns % TIME_DAY, 0);
	}
	TEST("a date and a clock may stand in two columns") {
		struct when utc = { 0 };

		CHECK_INT(when_parse_two(&utc, "20240102", 8, "093000", 6, &ns), WHEN_LOCAL);
		CHECK_INT(when_parse_two(&w, "2024.01.02", 10, "09:30:00", 8, &ns), WHEN_INSTANT);
		CHECK_INT(ns % TIME_DAY, 14 * TIME_HOUR + 30 * TIME_MINUTE);
		CHECK_INT(when_parse_two(&w, "2024.01.02", 10, "", 0, &ns), WHEN_DATE);
		CHECK_INT(when_parse_two(&w, "1704067200", 10, "09:30", 5, &ns), WHEN_BAD);
	}
	zone_free(ny);
}

static void
check_symbol_of(const char *path, const char *want)
{
	char symbol[40];

	name_symbol(path, symbol, sizeof symbol);
	CHECK_STR(symbol, want);
}

static void
check_split(const char *operand, const char *want_symbol, const char *want)
{
	char symbol[40];

	CHECK_STR(name_split(operand, symbol, sizeof symbol), want);
	CHECK_STR(symbol, want_symbol);
}

static void
check_number(const char *s, enum decimal how, enum number_kind want,
    const char *value)
{
	char text[DEC_TEXT_MAX + 1] = "";
	struct dec d = { 0 };
	int rounded;

	CHECK_INT(number_read(s, strlen(s), how, &d, &rounded), want);
	if (want != NUMBER_OK)
		return;
	text[dec_print(d, text)] = '\0';
	CHECK_STR(text, value);
}

static void
test_numbers(void)
{
	TEST("numbers with signs, groups and letters are exact") {
		check_number("$1,234.50", DECIMAL_AUTO, NUMBER_OK, "1234.5");
		check_number("-$0.5", DECIMAL_AUTO, NUMBER_OK, "-0.5");
		check_number("+1", DECIMAL_AUTO, NUMBER_OK, "1");
		check_number(".5", DECIMAL_AUTO, NUMBER_OK, "0.5");
		check_number("5.", DECIMAL_AUTO, NUMBER_OK, "5");
		check_number("1.25M", DECIMAL_AUTO, NUMBER_OK, "1250000");
		check_number("125.43k", DECIMAL_AUTO, NUMBER_OK, "125430");
		check_number("2.01B", DECIMAL_AUTO, NUMBER_OK, "2010000000");
		check_number("1.5T", DECIMAL_AUTO, NUMBER_OK, "1500000000000");
		check_number("1,234,567", DECIMAL_AUTO, NUMBER_OK, "1234567");
	}
	TEST("one comma is not guessed at") {
		check_number("1,234", DECIMAL_AUTO, NUMBER_UNSURE, NULL);
		check_number("1,234", DECIMAL_POINT, NUMBER_OK, "1234");
		check_number("1,234", DECIMAL_COMMA, NUMBER_OK, "1.234");
		check_number("1.234", DECIMAL_COMMA, NUMBER_OK, "1234");
		check_number("1.234,5", DECIMAL_COMMA, NUMBER_OK, "1234.5");
		check_number("1,5", DECIMAL_COMMA, NUMBER_OK, "1.5");
	}
	TEST("what is no number is none") {
		static const char *const bad[] = { "1,23,456", "12,34", "1.2.3",
			"1,2345", ",5", "--1", "$", "M", "1e", "0x10", "1 2",
			"1.5.M", "1,234,56", "1234,567.8", "abc" };

		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
			check_number(bad[i], DECIMAL_AUTO, NUMBER_BAD, NULL);
		check_number("1.23.456,7", DECIMAL_COMMA, NUMBER_BAD, NULL);
		check_number("1,5,5", DECIMAL_COMMA, NUMBER_BAD, NULL);
	}
	TEST("nothing is known by many names") {
		check_number("", DECIMAL_AUTO, NUMBER_MISSING, NULL);
		check_number("NaN", DECIMAL_AUTO, NUMBER_MISSING, NULL);
		check_number("N/A", DECIMAL_COMMA, NUMBER_MISSING, NULL);
		check_number("-", DECIMAL_AUTO, NUMBER_MISSING, NULL);
	}
}

static void
check_delimiter(const char *text, char want)
{
	CHECK_INT(delimiter_find(text, strlen(text)), want);
}

static void
test_delimiters(void)
{
	TEST("the delimiter is what all lines have as many of") {
		check_delimiter("a,b,c\n1,2,3\n", ',');
		check_delimiter("a;b;c\n1,5;2;3,5\n1;2;3\n", ';');
		check_delimiter("1,5;2,5\n1,5;2,5\n", ',');
		check_delimiter("x;1,5;2\nx;1,5;2\n", ';');
		check_delimiter("a\tb\n1,5\t2,5\n", '\t');
		check_delimiter("http://x\na,b\n1,2\n", ',');
		check_delimiter("\"a;b\",c\n\"d;e\",f\n", ',');
		check_delimiter("", ',');
	}
}

/* All that comes out when the file arrives in pieces. */
static char *
unpack(const char *data, size_t n, size_t piece, size_t *len)
{
	struct bytes b;
	struct buf out = { 0 };
	char block[7];
	ssize_t got;

	bytes_open_memory(&b, data, n, piece);
	while ((got = bytes_read(&b, block, sizeof block)) > 0)
		buf_add(&out, block, (size_t)got);
	if (got < 0)
		buf_addf(&out, "!%s", b.what);
	*len = out.len;
	bytes_close(&b);
	return buf_str(&out);
}

static void
check_unpack(const char *data, size_t n, const char *want)
{
	static const size_t pieces[] = { 1, 3, 65536 };

	for (size_t i = 0; i < 3; i++) {
		size_t len;
		char *got = unpack(data, n, pieces[i], &len);

		CHECK_STR(got, want);
		CHECK_INT(len, strlen(want));
		free(got);
	}
}

static void
test_unpack(void)
{
	/* A stored member `a` with the 3 bytes "1,2", and its directory. */
	static const char zip[] = "PK\3\4\12\0\0\0\0\0\0\0\0\0"
	    "\xcf\x1e\x96\xa4\3\0\0\0\3\0\0\0\1\0\0\0" "a1,2PK\1\2";

	TEST("UTF-16 is UTF-8, in any pieces") {
		check_unpack("\xff\xfe" "a\0\xe4\0\xac\x20\x3d\xd8\x00\xde", 12,
		    "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
		check_unpack("\xfe\xff\0a\0\xe4", 6, "a\xc3\xa4");
		check_unpack("a\0b\0", 4, "ab");
		check_unpack("\xff\xfe" "a\0b", 5, "a!the UTF-16 is cut off "
		    "inside a character");
		check_unpack("\xff\xfe\x00\xde", 4,
		    "!the UTF-16 has half a character");
	}
	TEST("bytes of other text stay") {
		check_unpack("a", 1, "a");
		check_unpack("", 0, "");
		check_unpack("PK", 2, "PK");
		check_unpack("ab\xff\xfe", 4, "ab\xff\xfe");
	}
	TEST("a stored member is checked, in any pieces") {
		char *bad = malloc(sizeof zip);

		memcpy(bad, zip, sizeof zip);
		bad[14] ^= 1;
		check_unpack(bad, sizeof zip - 1, "1,2!corrupt zip data");
		check_unpack(zip, 33, "1,!the zip data is cut off");
		check_unpack(zip, 20, "!the zip data is cut off");
		free(bad);
	}
}

static void
test_pace(void)
{
	struct pace p;

	TEST("a replay is as many times as fast as it says") {
		CHECK_INT(pace_parse("60x", &p), 0);
		CHECK_INT(pace_delay(p.speed, TIME_HOUR), TIME_MINUTE);
		CHECK_INT(pace_parse("0.5x", &p), 0);
		CHECK_INT(pace_delay(p.speed, TIME_SECOND), 2 * TIME_SECOND);
		CHECK_INT(pace_delay(p.speed, 0), 0);
		CHECK_INT(pace_delay(p.speed, INT64_MAX), INT64_MAX);
		CHECK_INT(pace_parse("max", &p), 0);
		CHECK_INT(dec_sign(p.speed), 0);
		CHECK_INT(pace_parse("1.x", &p), -1);
	}
}

static void
test_names(void)
{
	TEST("a file's name tells the symbol") {
		check_symbol_of("aapl.us.csv", "AAPL.US");
		check_symbol_of("/data/BRK-B.csv.gz", "BRK-B");
		check_symbol_of("goog.txt", "GOOG");
		check_symbol_of("noext", "NOEXT");
		check_symbol_of(".csv", ".CSV");
		check_symbol_of("dir/", "");
	}
	TEST("an operand's symbol stands before '='") {
		check_split("AAPL=x.csv", "AAPL", "x.csv");
		check_split("x.csv", "", "x.csv");
		check_split("S=-", "S", "-");
		check_split("-", "", "-");
		check_split("ETH/USD=gen:1,1,1", "ETH/USD", "gen:1,1,1");
		check_split("EURUSD=X=/dev/null", "EURUSD=X", "/dev/null");
		check_split("a b=x.csv", "", "a b=x.csv");
		check_split("=x.csv", "", "=x.csv");
	}
}

static void
test_sniff(void)
{
	TEST("what is not CSV is called by its name") {
		CHECK(strstr(sniff_foreign("<!DOCTYPE html>", 15), "web page"));
		CHECK(strstr(sniff_foreign(" \n<html><a", 10), "web page"));
		CHECK(strstr(sniff_foreign("PK\3\4....", 8), "zip"));
		CHECK(strstr(sniff_foreign("a,b\0c", 5), "binary"));
	}
	TEST("what may be CSV is not") {
		CHECK(sniff_foreign("<TICKER>,<PER>", 14) == NULL);
		CHECK(sniff_foreign("<DATE>\t<TIME>", 13) == NULL);
		CHECK(sniff_foreign("PKG,1", 5) == NULL);
		CHECK(sniff_foreign("", 0) == NULL);
		CHECK(sniff_is_json(" {\"type\"", 8));
		CHECK(!sniff_is_page(" {\"type\"", 8));
		CHECK(sniff_is_page("{\"bars\":[]}", 11));
		CHECK(sniff_is_page("\n[[1,2]]", 8));
		CHECK(!sniff_is_json("date,{", 6));
	}
}

/* The meaning of a header, "type: column=position ..." or the complaint. */
static char *
columns_of(const char *header)
{
	struct bytes bytes;
	struct lines lines;
	struct rows rows;
	struct columns c = { 0 };
	struct buf out = { 0 }, why = { 0 };
	const struct feed_format *f;

	bytes_open_memory(&bytes, header, strlen(header), 65536);
	lines_init(&lines, &bytes, 65536);
	rows_init(&rows, &lines, ',');
	rows_next(&rows);
	f = columns_by_header(&c, &rows, NULL, &why);
	if (f == NULL)
		buf_addf(&out, "%s", buf_str(&why));
	else
		buf_addf(&out, "%s %s time=%d clock=%d symbol=%d", f->name,
		    record_type_name(c.type), c.time, c.clock, c.symbol);
	for (int i = 0; i < ITEM_VALUES && f != NULL; i++)
		if (c.value[i] >= 0)
			buf_addf(&out, " %s=%d", meaning_name(
			    item_value(c.type, i)), c.value[i]);
	columns_release(&c);
	buf_release(&why);
	rows_release(&rows);
	lines_release(&lines);
	bytes_close(&bytes);
	return buf_str(&out);
}

static void
check_columns(const char *header, const char *want)
{
	char *got = columns_of(header);

	CHECK_STR(got, want);
	free(got);
}

static void
test_columns(void)
{
	TEST("headers are known by their names") {
		check_columns("Date,Open,High,Low,Close,Adj Close,Volume",
		    "yahoo bar time=0 clock=-1 symbol=-1 open=1 high=2 low=3 "
		    "close=4 volume=6 adj_close=5");
		check_columns(",Open,High,Low,Close,Volume",
		    "pandas bar time=0 clock=-1 symbol=-1 open=1 high=2 low=3 "
		    "close=4 volume=5");
		check_columns("Date,Open,High,Low,Close",
		    "stooq bar time=0 clock=-1 symbol=-1 open=1 high=2 low=3 "
		    "close=4");
		check_columns("close,LOW,\"$High\",<OPEN>,Name,junk,date",
		    "plain bar time=6 clock=-1 symbol=4 open=3 high=2 low=1 "
		    "close=0");
		check_columns("date,time,open,high,low,close",
		    "plain bar time=0 clock=1 symbol=-1 open=2 high=3 low=4 "
		    "close=5");
		check_columns("time,date,open,high,low,close",
		    "plain bar time=1 clock=0 symbol=-1 open=2 high=3 low=4 "
		    "close=5");
		check_columns("timestamp,price,size,exchange",
		    "plain trade time=0 clock=-1 symbol=-1 price=1 size=2");
		check_columns("ask,bid,time",
		    "plain quote time=2 clock=-1 symbol=-1 bid=1 ask=0");
	}
	TEST("headers that cannot be read are complained of") {
		check_columns("open,high,low,close", "no column 'time' or "
		    "'date' in the header (see tfeed --formats)");
		check_columns("time,open,high,close", "no column 'low' in the "
		    "header (see tfeed --formats)");
		check_columns("time,open,high,low,close,close",
		    "two columns for 'close' in the header");
		check_columns("time,timestamp,open,high,low,close",
		    "two columns for 'time' in the header");
	}
}

/* What tfeed writes, in this process. */
static char *
run_tfeed(int argc, char **argv)
{
	struct chain_part part = { .desc = &tfeed_stage, .argc = argc,
		.argv = argv };
	struct chain c = { .signals = -1 };
	char name[] = "/tmp/feed_test.XXXXXX", *out = NULL;
	int leave, fd = mkstemp(name);
	size_t n;

	if (fd < 0)
		return NULL;
	if (chain_open(&c, &part, 1, &leave) == 0) {
		c.out.fd = fd;
		chain_run(&c);
	}
	if (chain_close(&c) == EXIT_OK)
		out = slurp(name, &n);
	close(fd);
	unlink(name);
	return out;
}

/* A number's text without padding, as the record has it. */
static void
canonical(const char *s, size_t n, char *out)
{
	memcpy(out, s, n);
	out[n] = '\0';
	if (memchr(out, '.', n) == NULL)
		return;
	while (out[n - 1] == '0')
		out[--n] = '\0';
	if (out[n - 1] == '.')
		out[n - 1] = '\0';
}

static int
digit_count(const char *s)
{
	int n = 0;

	for (; *s != '\0'; s++)
		n += isdigit((unsigned char)*s) != 0;
	return n;
}

/* Every number of each row stands in the record of its line, digit by digit;
 * longer ones than 15 digits rounded to these. */
static int
is_same_row(const char *row, const char *record)
{
	static const char *const keys[] = { "open", "high", "low", "close",
		"volume" };
	char want[96], value[64];
	const char *cell = strchr(row, ',');

	snprintf(want, sizeof want, "\"time\":\"%.10sT00:00:00Z\"", row);
	if (strstr(record, want) == NULL)
		return 0;
	for (int i = 0; i < 5; i++) {
		size_t n = strcspn(++cell, ",\n");

		canonical(cell, n, value);
		if (digit_count(value) > 15)
			snprintf(value, sizeof value, "%.15g",
			    strtod(value, NULL));
		snprintf(want, sizeof want, "\"%s\":%s%s", keys[i], value,
		    i < 4 ? "," : "");
		if (strstr(record, want) == NULL)
			return 0;
		cell += n;
	}
	return 1;
}

static void
check_golden(const char *name)
{
	char path[512], flag[] = "--bare", tool[] = "tfeed";
	char *argv[] = { tool, flag, path, NULL }, *csv, *out, *row, *record;
	size_t n;
	int rows = 0;

	snprintf(path, sizeof path, "%s/golden/public/data/%s", shared(), name);
	csv = slurp(path, &n);
	out = run_tfeed(3, argv);
	CHECK(csv != NULL && out != NULL);
	if (csv == NULL || out == NULL)
		return;
	record = out;
	for (row = strchr(csv, '\n') + 1; *row != '\0'; rows++) {
		char *end = strchr(record, '\n');

		CHECK(end != NULL);
		if (end == NULL)
			break;
		*end = '\0';
		if (!is_same_row(row, record))
			printf("# %s: %.60s -> %s\n", name, row, record);
		CHECK(is_same_row(row, record));
		record = end + 1;
		row += strcspn(row, "\n");
		row += *row == '\n';
	}
	CHECK(rows > 5 && *record == '\0');
	free(csv);
	free(out);
}

static void
test_golden(void)
{
	static const char *const names[] = { "eurusd_d_mid_2007_2009.csv",
		"multi_goog_d_2015_2019.csv", "multi_spy_d_2015_2019.csv",
		"multi_wm_d_2015_2019.csv", "orcl_d_2001_pyalgotrade.csv",
		"spy_d_2005_2019.csv", "spy_d_201310_div_adjusted.csv" };
	char path[512];

	snprintf(path, sizeof path, "%s/golden/public/data", shared());
	if (access(path, R_OK) != 0) {
		printf("# skipped: no golden data at %s\n", path);
		return;
	}
	TEST("golden files are read digit by digit")
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			check_golden(names[i]);
}

/* What tfeed makes of a dirty file, bad rows passed over; meta and end too. */
static char *
run_dirty(const char *name)
{
	char path[512], tool[] = "tfeed", quiet[] = "-q", errors[] = "--errors",
	    null[] = "/dev/null";
	char *argv[] = { tool, quiet, errors, null, path, NULL };

	snprintf(path, sizeof path, "%s/golden/public/dirty/%s/input.csv",
	    shared(), name);
	return run_tfeed(5, argv);
}

/* The bars of a stream, terminated one by one; how many. */
static int
split_bars(char *out, char **bars, int cap)
{
	int n = 0;

	for (char *p = out, *end; p != NULL && *p != '\0'; p = end + 1) {
		end = strchr(p, '\n');
		if (end == NULL)
			break;
		*end = '\0';
		if (strncmp(p, "{\"type\":\"bar\"", 13) == 0 && n < cap)
			bars[n++] = p;
	}
	return n;
}

/* The rows of a CSV file behind its header, terminated; how many. */
static int
split_rows(char *csv, char **rows, int cap)
{
	int n = 0;

	for (char *p = strtok(csv, "\r\n"); p != NULL;
	    p = strtok(NULL, "\r\n"))
		if (n < cap)
			rows[n++] = p;
	memmove(rows, rows + 1, (size_t)(n > 0 ? n - 1 : 0) * sizeof *rows);
	return n - 1;
}

/* 31-Dec-10,... as 2010-12-31,... */
static void
plain_date(const char *row, char *to, size_t n)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char name[4] = "", day[3] = "", year[3] = "";
	const char *p = strchr(row, '-');

	snprintf(day, sizeof day, "%02d", atoi(row));
	snprintf(name, sizeof name, "%.3s", p + 1);
	snprintf(year, sizeof year, "%.2s", p + 5);
	snprintf(to, n, "20%s-%02d-%s%s", year,
	    (int)(strstr(months, name) - months) / 3 + 1, day,
	    strchr(row, ','));
}

enum { MANY = 1000 };

static void
test_format_noise(void)
{
	static const char *const gone[] = { "2017-03-10", "2017-05-15",
		"2017-05-25", "2017-12-08" }; /* too long or too short */
	char path[512], *csv, *out, *rows[MANY], *bars[MANY];
	size_t len;
	int n, got, at = 0;

	snprintf(path, sizeof path,
	    "%s/golden/public/dirty/format_noise_wm/clean_reference.csv",
	    shared());
	csv = slurp(path, &len);
	out = run_dirty("format_noise_wm");
	CHECK(csv != NULL && out != NULL);
	if (csv == NULL || out == NULL)
		return;
	CHECK(strstr(out, "\"tfeed_refused\":7,") != NULL);
	n = split_rows(csv, rows, MANY);
	got = split_bars(out, bars, MANY);
	for (int i = 0; i < n && at < got; i++) {
		int is_gone = 0;

		for (size_t k = 0; k < sizeof gone / sizeof *gone; k++)
			is_gone |= strncmp(rows[i], gone[k], 10) == 0;
		if (is_gone)
			continue;
		CHECK(is_same_row(rows[i], bars[at]));
		at++;
	}
	CHECK_INT(at, got);
	CHECK_INT(got, 247);
	free(csv);
	free(out);
}

/* Bars in the reverse order of the rows of a file; `left` out by its start. */
static void
check_turned(const char *name, const char *reference, const char *left)
{
	char path[512], row[256], *csv, *out, *rows[MANY], *bars[MANY];
	size_t len;
	int n, got, at = 0;

	snprintf(path, sizeof path, "%s/golden/public/dirty/%s/%s", shared(),
	    name, reference);
	csv = slurp(path, &len);
	out = run_dirty(name);
	CHECK(csv != NULL && out != NULL);
	if (csv == NULL || out == NULL)
		return;
	n = split_rows(csv, rows, MANY);
	got = split_bars(out, bars, MANY);
	for (int i = n - 1; i >= 0 && at < got; i--) {
		if (left != NULL && strncmp(rows[i], left, strlen(left)) == 0)
			continue;
		if (rows[i][4] == '-')
			snprintf(row, sizeof row, "%s", rows[i]);
		else
			plain_date(rows[i], row, sizeof row);
		CHECK(is_same_row(row, bars[at]));
		at++;
	}
	CHECK_INT(at, n - (left != NULL));
	CHECK_INT(at, got);
	free(csv);
	free(out);
}

static void
test_all_zero(void)
{
	char *out = run_dirty("all_zero_prices"), *bars[MANY];
	int got;

	CHECK(out != NULL);
	if (out == NULL)
		return;
	CHECK(strstr(out, "\"tfeed_refused\":0,") != NULL);
	got = split_bars(out, bars, MANY);
	CHECK_INT(got, 200);
	for (int i = 0; i < got; i++)
		CHECK(strstr(bars[i], "\"open\":0,\"high\":0,\"low\":0,"
		    "\"close\":0,\"volume\":0}") != NULL);
	CHECK(got > 0 && strstr(bars[0], "\"2017-01-03T00:00:00Z\"") != NULL);
	free(out);
}

static void
test_dirty(void)
{
	char path[512];

	snprintf(path, sizeof path, "%s/golden/public/dirty", shared());
	if (access(path, R_OK) != 0) {
		printf("# skipped: no dirty data at %s\n", path);
		return;
	}
	TEST("harmless noise is read, harmful rows are refused one by one")
		test_format_noise();
	TEST("a file with the newest row first is turned")
		check_turned("newest_first_yahoo", "input.csv", NULL);
	TEST("a price that is a dash refuses its row alone")
		check_turned("malformed_value_dash", "clean.csv", "30-Dec-10");
	TEST("prices of zero are zeros")
		test_all_zero();
}

int
main(void)
{
	test_rows();
	test_long();
	test_places();
	test_spectrum();
	test_when();
	test_numbers();
	test_delimiters();
	test_unpack();
	test_pace();
	test_names();
	test_sniff();
	test_columns();
	test_golden();
	test_dirty();
	return check_done();
}
