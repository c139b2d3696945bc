/* SPDX-License-Identifier: MIT */
/* The laws of tclean, for every option over random streams: the sums, the
 * prefix, the instant, the order in which things are known, and that it is the
 * same fused. */
#include <unistd.h>

#include "base/random.h"
#include "base/time.h"
#include "clean_run.h"

/* ---- streams ---- */

static const char *
odd_price(struct random *g)
{
	static const char *const odd[] = { "0", "-1", "null", "1e2" };

	return odd[random_below(g, 4)];
}

static void
add_head(struct buf *b, const char *type, int seq, int64_t time, int symbol)
{
	char text[TIME_TEXT_MAX];

	buf_addf(b, "{\"type\":\"%s\",\"seq\":%d,\"time\":\"%.*s\","
	    "\"symbol\":\"%c\"", type, seq, (int)time_print(time, 0, text),
	    text, 'A' + symbol);
}

static void
add_bar(struct buf *b, struct random *g, int seq, int64_t time, int symbol)
{
	int close = 98 + (int)random_below(g, 5);

	if (random_below(g, 60) == 0)
		close *= 2;
	add_head(b, "bar", seq, time, symbol);
	buf_addf(b, ",\"span\":\"1m\",\"open\":100,\"high\":250,\"low\":90.5,"
	    "\"close\":");
	if (random_below(g, 40) == 0)
		buf_add_str(b, odd_price(g));
	else
		buf_addf(b, "%d", close);
	buf_addf(b, ",\"volume\":%d", (int)random_below(g, 4) * 100);
	if (random_below(g, 3) == 0)
		buf_addf(b, ",\"trades\":%d,\"vwap\":99.25",
		    (int)random_below(g, 9));
}

static void
add_trade(struct buf *b, struct random *g, int seq, int64_t time, int symbol)
{
	add_head(b, "trade", seq, time, symbol);
	buf_add_str(b, ",\"price\":");
	if (random_below(g, 40) == 0)
		buf_add_str(b, odd_price(g));
	else
		buf_addf(b, "%d.%d", 99 + (int)random_below(g, 3),
		    1 + (int)random_below(g, 9));
	buf_addf(b, ",\"size\":%d", 1 + (int)random_below(g, 300));
}

/* What one instant has: each symbol with a chance, now and then twice, late
 * by a year, or followed by a record that is none of the market. */
static void
add_instant(struct buf *b, struct random *g, int *seq, int64_t time,
    int is_trades)
{
	int symbols[6], count = 0;

	for (int k = 0; k < 3; k++) {
		if (random_below(g, 4) != 0)
			symbols[count++] = k;
		if (count > 0 && random_below(g, 25) == 0)
			symbols[count++] = k;
	}
	for (int i = 0; i < count; i++) {
		int64_t at = *seq > 30 && random_below(g, 50) == 0
		    ? time - 400 * TIME_DAY : time;

		(is_trades ? add_trade : add_bar)(b, g, ++*seq, at,
		    symbols[i]);
		buf_add_str(b, i + 1 < count ? ",\"more\":true}\n" : "}\n");
		if (random_below(g, 20) == 0)
			buf_addf(b, "{\"type\":\"note\",\"n\":%d}\n", i);
		if (random_below(g, 80) == 0)
			buf_add_str(b, "no record\n");
	}
}

/* From half past eight in New York on, a quiet hour, and the next day. */
static void
make_stream(struct buf *b, struct random *g, int is_trades)
{
	int64_t time = INT64_C(1583501400) * TIME_SECOND; /* 2020-03-06 Fri */
	int seq = 0;

	buf_clear(b);
	buf_add_str(b, "{\"type\":\"meta\",\"format\":\"tape 1\","
	    "\"time_zone\":\"America/New_York\"}\n");
	for (int i = 0; i < 90; i++) {
		time += is_trades
		    ? (1 + (int64_t)random_below(g, 30)) * TIME_SECOND
		    : (1 + (int64_t)(random_below(g, 12) == 0)) * TIME_MINUTE;
		if (i == 60)
			time += (is_trades ? 1 : 3) * TIME_HOUR;
		if (i == 75)
			time += 67 * TIME_HOUR;
		add_instant(b, g, &seq, time, is_trades);
	}
	buf_addf(b, "{\"type\":\"end\",\"records\":%d,\"last_seq\":%d}\n", seq,
	    seq);
}

/* ---- the laws ---- */

static int64_t
count_at_end(const char *out, const char *name)
{
	const char *at = strstr(out, name);

	return at == NULL ? -1 : strtoll(at + strlen(name), NULL, 10);
}

static int
markets_of(const char *text)
{
	return count_of(text, "{\"type\":\"bar\"") +
	    count_of(text, "{\"type\":\"trade\"");
}

static int
is_prefix(const struct buf *a, const struct buf *b)
{
	return a->len <= b->len && memcmp(a->data, b->data, a->len) == 0;
}

static void
check_sums(const struct buf *in, const struct run *r, int is_making)
{
	const char *out = r->out.data;
	int64_t merged = count_at_end(out, "_merged\":");
	int64_t made = count_at_end(out, "_made\":");
	int64_t refused = count_at_end(out, "_refused\":");
	int64_t dropped = count_at_end(out, "_dropped\":");
	int64_t all = count_at_end(out, "_in\":");
	int64_t passed = count_at_end(out, "_out\":") - made;

	CHECK_INT(all, markets_of(in->data) + count_of(in->data, "no record"));
	CHECK_INT(all, passed + merged + refused + dropped);
	CHECK_INT(passed + made, markets_of(out));
	CHECK_INT(refused, count_of(r->errors.data, "\n"));
	CHECK_INT(count_at_end(out, "_flagged\":"),
	    count_of(out, "\"flags\":"));
	CHECK_INT(count_of(out, "\"note\""), count_of(in->data, "\"note\""));
	CHECK(made == 0 || is_making);
	if (is_making) {
		CHECK_INT(count_at_end(out, "\"records\":"), passed + made);
		CHECK_INT(count_at_end(out, "\"last_seq\":"), passed + made);
	}
}

/* Where the line has that, or NULL. */
static const char *
has(const char *line, const char *what)
{
	size_t n = (size_t)(strchr(line, '\n') - line);

	return memmem(line, n, what, strlen(what));
}

static int64_t
known_of(const char *line)
{
	const char *time = has(line, "\"time\":\"") + 8;
	const char *span = has(line, "\"span\":\"");
	int64_t at = 0, length = 0;

	time_parse(time, (size_t)(strchr(time, '"') - time), &at, NULL);
	if (span != NULL)
		span_parse(span + 8,
		    (size_t)(strchr(span + 8, '"') - span - 8), &length);
	return at + length;
}

/* Seq rises; what is known later comes later; every record of an instant but
 * the last has `more`. */
static void
check_order(const char *out)
{
	int64_t last = INT64_MIN, known;
	int had_more = 0;
	long long seq = 0, is;

	for (; *out != '\0'; out = strchr(out, '\n') + 1) {
		if (strncmp(out, "{\"type\":\"bar\"", 13) != 0 &&
		    strncmp(out, "{\"type\":\"trade\"", 15) != 0)
			continue;
		/* what breaks off at the end is known then */
		if (has(out, "\"partial\"") && has(out, "\"span\":\"1ns\"")) {
			had_more = has(out, "\"more\":true") != NULL;
			continue;
		}
		known = known_of(out);
		is = strtoll(has(out, "\"seq\":") + 6, NULL, 10);
		CHECK(is > seq);
		CHECK(known >= last);
		CHECK_INT(had_more, known == last);
		seq = is;
		last = known;
		had_more = has(out, "\"more\":true") != NULL;
	}
	CHECK(!had_more);
}

/* Of every fifth beginning of the input. The record that is held may still have a
 * `more` that it loses, or the other way round. */
static void
check_prefixes(const struct buf *in, const struct run *whole,
    const char *const *options)
{
	struct buf bare = { 0 };
	int line = 0;

	buf_add(&bare, whole->out.data, whole->out.len);
	remove_all(&bare, ",\"more\":true");
	for (size_t n = 0; n < in->len - 1; n++) {
		struct run part;

		if (n > 0 && (in->data[n - 1] != '\n' || ++line % 5 != 0))
			continue;
		part = run(in->data, n, 0, options);
		CHECK_INT(part.status, 0);
		CHECK(is_prefix(&part.errors, &whole->errors));
		remove_all(&part.out, ",\"more\":true");
		if (!is_prefix(&part.out, &bare)) {
			CHECK_STR(part.out.data, "a prefix");
			n = in->len;
		}
		run_release(&part);
	}
	buf_release(&bare);
}

static void
check_laws(struct random *g, const char *const *options, int is_trades)
{
	struct buf in = { 0 };
	struct run r, fused;
	int is_making = 0, is_late = 0;

	for (int i = 0; options[i] != NULL; i++) {
		is_making |= strcmp(options[i], "fill") == 0 ||
		    strcmp(options[i], "--span") == 0 ||
		    strcmp(options[i], "--bars") == 0 ||
		    strcmp(options[i], "--align") == 0;
		is_late |= strcmp(options[i], "7m") == 0;
	}
	for (int i = 0; i < 3; i++) {
		make_stream(&in, g, is_trades);
		buf_str(&in);
		r = run(in.data, in.len, 0, options);
		CHECK_INT(r.status, 0);
		check_sums(&in, &r, is_making);
		if (!is_late)
			check_order(r.out.data);
		if (i == 0)
			check_prefixes(&in, &r, options);
		/* a line that is no record ends before this stage there */
		remove_all(&in, "no record\n");
		run_release(&r);
		r = run(in.data, in.len, 0, options);
		fused = run(in.data, in.len, 1, options);
		while (strstr(r.out.data, "1e2") != NULL)
			memcpy(strstr(r.out.data, "1e2"), "100", 3);
		CHECK_STR(fused.out.data, r.out.data);
		run_release(&r);
		run_release(&fused);
	}
	buf_release(&in);
}

static const char *
adjust_file(void)
{
	static char name[] = "/tmp/clean_law_test.XXXXXX";
	static const char text[] = "date,symbol,kind,value\n"
	    "2020-03-06,A,split,3\n2020-03-09,A,split,2:1\n"
	    "2020-03-09,B,dividend,1.25\n2020-03-09,A,dividend,0.5\n";
	int fd = mkstemp(name);

	if (fd < 0 || write(fd, text, sizeof text - 1) < 0)
		return "/nonexistent";
	close(fd);
	return name;
}

int
main(void)
{
	const char *actions = adjust_file();
	const char *const of_bars[][9] = {
		{ NULL },
		{ "--calendar", "24x7", NULL },
		{ "--calendar", "24x7", "--gaps", "fill", NULL },
		{ "--calendar", "nyse", "--gaps", "fill", NULL },
		{ "--calendar", "nyse", "--gaps", "drop", NULL },
		{ "--stuck", "2", "--surge", "2", "--jump", "1%", NULL },
		{ "--now", "2020-03-06T16:00:00Z", NULL },
		{ "--span", "5m", NULL },
		{ "--span", "5m", "--keep", NULL },
		{ "--span", "5m", "--keep", "--calendar", "nyse", "--gaps",
		    "fill", NULL },
		{ "--span", "7m", "--calendar", "24x7", "--gaps", "fill",
		    NULL },
		{ "--span", "1h", "--calendar", "nyse", "--gaps", "drop",
		    NULL },
		{ "--span", "1d", "--calendar", "nyse", NULL },
		{ "--span", "1m", NULL },
		{ "--align", "all", NULL },
		{ "--align", "all", "--gaps", "flag", NULL },
		{ "--align", "A,C", "--span", "5m", NULL },
		{ "--align", "all", "--span", "5m", "--keep", NULL },
		{ "--align", "all", "--calendar", "24x7", "--gaps", "fill",
		    NULL },
		{ "--adjust", actions, NULL },
		{ "--adjust", actions, "--adjust-mode", "total", "--span",
		    "15m", NULL },
		{ "--adjust", actions, "--adjust-mode", "raw", NULL },
	};
	const char *const of_trades[][9] = {
		{ NULL },
		{ "--span", "1m", NULL },
		{ "--span", "5m", "--keep", NULL },
		{ "--span", "1m", "--calendar", "24x7", "--gaps", "fill",
		    NULL },
		{ "--span", "1m", "--align", "all", NULL },
		{ "--span", "1m", "--calendar", "nyse", "--gaps", "drop",
		    "--keep", NULL },
		{ "--bars", "tick:7", NULL },
		{ "--bars", "volume:500", NULL },
		{ "--bars", "value:9000", NULL },
		{ "--adjust", actions, "--span", "1m", NULL },
	};
	struct random g = { 20200306 };
	char name[256];

	for (size_t i = 0; i < sizeof of_bars / sizeof *of_bars; i++) {
		snprintf(name, sizeof name, "bars:");
		for (int k = 0; of_bars[i][k] != NULL; k++)
			if (of_bars[i][k][0] != '/')
				snprintf(name + strlen(name), 40, " %s",
				    of_bars[i][k]);
		TEST(name)
			check_laws(&g, of_bars[i], 0);
		check_close();
		check_name = NULL;
	}
	for (size_t i = 0; i < sizeof of_trades / sizeof *of_trades; i++) {
		snprintf(name, sizeof name, "trades:");
		for (int k = 0; of_trades[i][k] != NULL; k++)
			if (of_trades[i][k][0] != '/')
				snprintf(name + strlen(name), 40, " %s",
				    of_trades[i][k]);
		TEST(name)
			check_laws(&g, of_trades[i], 1);
		check_close();
		check_name = NULL;
	}
	unlink(actions);
	return check_done();
}
