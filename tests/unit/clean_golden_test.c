/* SPDX-License-Identifier: MIT */
/* Bars made of real trades and bars, against those that other programs made
 * of them; and small pieces of data that users of others complained about. */
#include <stdio.h>

#include "base/time.h"
#include "clean_run.h"

static const char *
shared_dir(void)
{
	const char *dir = getenv("TAPE_SHARED");

	return dir != NULL ? dir : "../shared";
}

static FILE *
open_golden(const char *name)
{
	char path[512];

	snprintf(path, sizeof path, "%s/golden/public/%s", shared_dir(), name);
	return fopen(path, "re");
}

/* A line of the file, without its end, cut at commas; their count. */
static int
read_row(FILE *f, char line[512], char *cells[12])
{
	int n = 0;
	char *at = line;

	if (fgets(line, 512, f) == NULL)
		return 0;
	line[strcspn(line, "\r\n")] = '\0';
	while (n < 12 && at != NULL)
		cells[n++] = strsep(&at, ",");
	return n;
}

static const char *
or_null(const char *cell)
{
	return cell == NULL || *cell == '\0' ? "null" : cell;
}

/* Bars of a span, or trades when it is NULL. */
static int
load(const char *name, const char *span, struct buf *out)
{
	FILE *f = open_golden(name);
	char line[512], *c[12];

	if (f == NULL)
		return -1;
	read_row(f, line, c);
	while (read_row(f, line, c) > 0) {
		const char *rest = strchr(c[0], 'T') != NULL ? "" : "T00:00:00";

		buf_addf(out, "{\"type\":\"%s\",\"time\":\"%s%sZ\","
		    "\"symbol\":\"X\"", span == NULL ? "trade" : "bar", c[0],
		    rest);
		if (span == NULL)
			buf_addf(out, ",\"price\":%s,\"size\":%s}\n", c[1],
			    c[2]);
		else
			buf_addf(out, ",\"span\":\"%s\",\"open\":%s,\"high\":%s,"
			    "\"low\":%s,\"close\":%s,\"volume\":%s}\n", span,
			    or_null(c[1]), or_null(c[2]), or_null(c[3]),
			    or_null(c[4]), or_null(c[5]));
	}
	buf_add_str(out, "{\"type\":\"end\"}\n");
	buf_str(out);
	fclose(f);
	return 0;
}

static double
value_of(const char *line, const char *key)
{
	const char *at = strstr(line, key);

	return at == NULL ? -1 : strtod(at + strlen(key), NULL);
}

/* Every column of every row, in their order; vwap within its 9 decimals. */
static void
compare(const struct run *r, const char *name)
{
	static const char *const keys[] = { "\"open\":", "\"high\":",
		"\"low\":", "\"close\":", "\"volume\":", "\"trades\":" };
	FILE *f = open_golden(name);
	char line[512], *c[12], want[64];
	const char *out = r->out.data;
	int n, rows = 0;

	read_row(f, line, c);
	while ((n = read_row(f, line, c)) > 0) {
		char got[512];

		snprintf(got, sizeof got, "%.*s", (int)strcspn(out, "\n"), out);
		snprintf(want, sizeof want, "\"time\":\"%s%s", c[0],
		    strchr(c[0], 'T') != NULL ? "" : "T00:00:00");
		CHECK(strstr(got, want) != NULL);
		for (int i = 0; i < 6 && i + 1 < n; i++) {
			snprintf(want, sizeof want, "%s%s,", keys[i], c[i + 1]);
			if (strstr(got, want) != NULL)
				continue;
			want[strlen(want) - 1] = '}';
			if (strstr(got, want) == NULL)
				CHECK_STR(got, want);
		}
		if (n > 7)
			CHECK(fabs(value_of(got, "\"vwap\":") -
			    strtod(c[7], NULL)) < 6e-10);
		out += strcspn(out, "\n") + 1;
		rows++;
	}
	fclose(f);
	CHECK_INT(count_of(r->out.data, "{\"type\":\"bar\""), rows);
	CHECK(rows > 0);
}

static void
test_ticks(const char *in, const char *span, const char *wanted,
    const char *made)
{
	const char *options[] = { "--span", made, NULL };
	char name[128];
	struct buf records = { 0 };
	struct run r;

	snprintf(name, sizeof name, "ticks/%s", in);
	CHECK_INT(load(name, span, &records), 0);
	r = run(records.data, records.len, 0, options);
	CHECK_INT(r.status, 0);
	CHECK_STR(r.errors.data, "");
	snprintf(name, sizeof name, "ticks/%s", wanted);
	compare(&r, name);
	run_release(&r);
	buf_release(&records);
}

/* Both ways to a day: from seconds, and from the minutes made of them. */
static void
test_two_steps(void)
{
	static const char *const minutes[] = { "--span", "1m", NULL };
	static const char *const day[] = { "--span", "1d", NULL };
	struct buf records = { 0 };
	struct run fine, r;

	load("ticks/btcusd_seconds_to_minutes_to_day/input_seconds_20161007.csv",
	    "1s", &records);
	fine = run(records.data, records.len, 0, minutes);
	r = run(fine.out.data, fine.out.len, 0, day);
	compare(&r, "ticks/btcusd_seconds_to_minutes_to_day/"
	    "expected_day_20161007.csv");
	run_release(&fine);
	run_release(&r);
	buf_release(&records);
}

static struct run
run_snippet(const char *name, const char *const *options)
{
	char path[128];
	struct buf records = { 0 };
	struct run r = { .status = -1 };

	snprintf(path, sizeof path, "dirty/issue_snippets/%s", name);
	if (load(path, "1d", &records) == 0)
		r = run(records.data, records.len, 0, options);
	buf_release(&records);
	return r;
}

static void
test_snippets(void)
{
	static const char *const none[] = { NULL };
	struct run r;

	r = run_snippet("amzn_same_day_twice_pandas_datareader_610.csv", none);
	CHECK_INT(count_of(r.out.data, "{\"type\":\"bar\""), 1);
	CHECK_INT(count_of(r.errors.data,
	    "duplicate time, different values"), 1);
	run_release(&r);
	/* both rows have a close above their high */
	r = run_snippet("msft_close_is_current_price_finnhub_123.csv", none);
	CHECK_INT(count_of(r.out.data, "{\"type\":\"bar\""), 0);
	CHECK_INT(count_of(r.errors.data,
	    "close is outside low to high"), 2);
	run_release(&r);
	r = run_snippet("xbtusd_open_below_low_bitmex_261.csv", none);
	CHECK_INT(count_of(r.out.data, "{\"type\":\"bar\""), 0);
	CHECK_INT(count_of(r.errors.data, "\n"), 1);
	run_release(&r);
}

/* Daily bars at the local open, over a change of clocks. */
static void
test_epochs(void)
{
	static const char *const nyse[] = { "--calendar", "nyse", NULL };
	FILE *f = open_golden(
	    "dirty/issue_snippets/daily_epochs_across_dst_finnhub_151.csv");
	char line[512], *c[12], text[TIME_TEXT_MAX];
	struct buf b = { 0 };
	struct run r;
	int rows = 0;

	buf_add_str(&b, "{\"type\":\"meta\",\"format\":\"tape 1\","
	    "\"time_zone\":\"America/New_York\"}\n");
	read_row(f, line, c);
	for (; read_row(f, line, c) > 0; rows++)
		buf_addf(&b, "{\"type\":\"bar\",\"time\":\"%.*s\","
		    "\"symbol\":\"X\",\"span\":\"1d\",\"open\":1,\"high\":1,"
		    "\"low\":1,\"close\":1,\"volume\":1}\n",
		    (int)time_print(strtoll(c[0], NULL, 10) * TIME_SECOND, 0,
		        text), text);
	fclose(f);
	r = run(b.data, b.len, 0, nyse);
	CHECK_INT(count_of(r.out.data, "{\"type\":\"bar\""), rows);
	CHECK_INT(count_of(r.out.data, "flags"), 0);
	CHECK_STR(r.errors.data, "");
	run_release(&r);
	buf_release(&b);
}

/* Two years of real bars are just the days that the exchange was open. */
static void
test_calendar(void)
{
	static const char *const nyse[] = { "--calendar", "nyse", NULL };
	static const char *const files[] = { "data/spy_d_2005_2019.csv",
		"data/multi_wm_d_2015_2019.csv",
		"data/orcl_d_2001_pyalgotrade.csv" };

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct buf records = { 0 };
		struct run r;

		CHECK_INT(load(files[i], "1d", &records), 0);
		r = run(records.data, records.len, 0, nyse);
		CHECK_INT(r.status, 0);
		CHECK_INT(count_of(r.out.data, "unexpected"), 0);
		CHECK_INT(count_of(r.out.data, "gap:"), 0);
		run_release(&r);
		buf_release(&records);
	}
}

static void
test_zeros(void)
{
	static const char *const none[] = { NULL };
	struct buf b = { 0 };
	struct run r;

	for (int i = 0; i < 200; i++)
		buf_addf(&b, "{\"type\":\"bar\",\"time\":\"2017-%02d-%02dT00:"
		    "00:00Z\",\"symbol\":\"X\",\"span\":\"1d\",\"open\":0.00,"
		    "\"high\":0.00,\"low\":0.00,\"close\":0.00,"
		    "\"volume\":0.00}\n", 1 + i / 28, 1 + i % 28);
	r = run(b.data, b.len, 0, none);
	CHECK_STR(r.out.data, "");
	CHECK_INT(count_of(r.errors.data, "open is not above zero"), 200);
	run_release(&r);
	buf_release(&b);
}

int
main(void)
{
	FILE *probe = open_golden(
	    "ticks/ibm_trades_to_bars_20131007/input_trades.csv");

	TEST("prices of zero are refused, each of them")
		test_zeros();
	if (probe == NULL) {
		printf("# skipped: golden data, no %s\n", shared_dir());
		return check_done();
	}
	fclose(probe);
#define IBM "ibm_trades_to_bars_20131007/"
	TEST("trades become the bars of a second, a minute, five, an hour") {
		test_ticks(IBM "input_trades.csv", NULL, IBM "expected_1s.csv",
		    "1s");
		test_ticks(IBM "input_trades.csv", NULL, IBM "expected_1m.csv",
		    "1m");
		test_ticks(IBM "input_trades.csv", NULL, IBM "expected_5m.csv",
		    "5m");
		test_ticks(IBM "input_trades.csv", NULL, IBM "expected_1h.csv",
		    "1h");
	}
#define BTC "btcusd_seconds_to_minutes_to_day/"
	TEST("bars of seconds become those of minutes and of the day") {
		test_ticks(BTC "input_seconds_20161007.csv", "1s",
		    BTC "expected_minutes_20161007.csv", "1m");
		test_ticks(BTC "input_seconds_20161007.csv", "1s",
		    BTC "expected_day_20161007.csv", "1d");
		test_two_steps();
	}
	TEST("minutes with quiet ones missing become hours")
		test_ticks("ninjatrader_minutes_to_hours/input_minutes.csv",
		    "1m", "ninjatrader_minutes_to_hours/expected_hours.csv",
		    "1h");
	TEST("what users of others complained about is told")
		test_snippets();
	TEST("a change of clocks is neither a gap nor a day too many")
		test_epochs();
	TEST("fifteen years of real days are those of the calendar")
		test_calendar();
	return check_done();
}
