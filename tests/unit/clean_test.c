/* SPDX-License-Identifier: MIT */
/* tclean as a stage: its laws over streams that are wrong in many ways, and
 * real data with known defects. */
#include <jansson.h>
#include <poll.h>
#include <sys/wait.h>

#include "base/random.h"
#include "base/time.h"
#include "clean_run.h"

static const char *const none[] = { NULL };

/* The line that has `what` in it, copied, or "". */
static const char *
line_with(const char *text, const char *what, char line[1024])
{
	const char *at = strstr(text, what), *from = at, *to;

	line[0] = '\0';
	if (at == NULL)
		return line;
	while (from > text && from[-1] != '\n')
		from--;
	to = strchr(at, '\n');
	snprintf(line, 1024, "%.*s", (int)(to - from), from);
	return line;
}

/* ---- streams made here ---- */

static const char *
one_of(struct random *g, const char *usual, const char *const odd[4])
{
	return random_below(g, 40) != 0 ? usual : odd[random_below(g, 4)];
}

/* One bar; the odd values are what the rules are for. */
static void
add_bar(struct buf *b, struct random *g, int seq, int64_t time, char symbol)
{
	static const char *const opens[] = { "0", "-5", "null", "500" };
	static const char *const highs[] = { "1", "\"12\"", "1e2", "12.000" };
	static const char *const volumes[] = { "-1", "0", "true", "1.5" };
	const char *open = one_of(g, "10.5", opens);
	const char *high = one_of(g, "12", highs);
	const char *volume = one_of(g, "700", volumes);
	int close = 9 + (int)random_below(g, 4);
	char text[TIME_TEXT_MAX];

	if (random_below(g, 50) == 0)
		seq -= 2;
	if (random_below(g, 50) == 0)
		time -= 400 * TIME_DAY; /* before all others */
	buf_addf(b, "{\"type\":\"bar\",\"seq\":%d,\"time\":\"%.*s\","
	    "\"symbol\":\"%c\",\"span\":\"1d\"", seq,
	    (int)time_print(time, 0, text), text, symbol);
	buf_addf(b, ",\"open\":%s,\"high\":%s,\"low\":9,\"close\":%d,"
	    "\"volume\":%s", open, high, close, volume);
}

/* Adds what stands from start on once more. */
static void
repeat(struct buf *b, size_t start)
{
	size_t n = b->len - start;
	char *to = buf_reserve(b, n);

	memcpy(to, b->data + start, n);
	b->len += n;
}

static void
make_stream(struct buf *b, struct random *g, int instants)
{
	int64_t time = 1577836800 * TIME_SECOND; /* 2020-01-01 */
	int seq = 0;

	buf_add_str(b, "{\"type\":\"meta\",\"format\":\"tape 1\"}\n");
	for (int i = 0; i < instants; i++) {
		int count = 1 + (int)random_below(g, 4);

		time += TIME_DAY;
		for (int k = 0; k < count; k++) {
			size_t start = b->len;

			add_bar(b, g, ++seq, time, (char)('A' + k));
			buf_add_str(b, k + 1 < count ? ",\"more\":true}\n"
			                             : "}\n");
			if (random_below(g, 30) == 0) /* said twice */
				repeat(b, start);
			if (random_below(g, 10) == 0)
				buf_addf(b, "{\"type\":\"note\",\"n\":%d}\n",
				    i);
		}
	}
	buf_add_str(b, "{\"type\":\"end\",\"records\":1}\n");
}

static int
is_prefix(const struct buf *a, const struct buf *b)
{
	return a->len <= b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* Without the lines from the last bar on: it may have been held. */
static size_t
certain_len(const struct buf *b)
{
	static const char bar[] = "{\"type\":\"bar\"";
	size_t n = b->len;

	for (; n > 0; n--)
		if (b->len - n >= sizeof bar - 1 &&
		    memcmp(b->data + n, bar, sizeof bar - 1) == 0 &&
		    b->data[n - 1] == '\n')
			break;
	return n;
}

static void
check_prefixes(const struct buf *in)
{
	struct run all = run(in->data, in->len, 0, none), bare;

	bare = run(in->data, in->len, 0, none);
	remove_all(&bare.out, ",\"more\":true");
	for (size_t n = 0; n < in->len; n++) {
		struct run part;

		if (n > 0 && in->data[n - 1] != '\n')
			continue;
		part = run(in->data, n, 0, none);
		CHECK_INT(part.status, 0);
		CHECK(memcmp(part.out.data, all.out.data,
		    certain_len(&part.out)) == 0);
		CHECK(is_prefix(&part.errors, &all.errors));
		remove_all(&part.out, ",\"more\":true");
		CHECK(is_prefix(&part.out, &bare.out));
		run_release(&part);
	}
	run_release(&all);
	run_release(&bare);
}

/* Whether the bar that is held goes out when the last of its instant is
 * refused, with nothing more to read. */
static int
is_let_go(void)
{
	static const char input[] =
	    "{\"type\":\"bar\",\"seq\":1,\"time\":\"2020-01-02T00:00:00Z\","
	    "\"symbol\":\"A\",\"span\":\"1d\",\"open\":1,\"high\":1,"
	    "\"low\":1,\"close\":1,\"volume\":1,\"more\":true}\n"
	    "{\"type\":\"bar\",\"seq\":2,\"time\":\"2020-01-02T00:00:00Z\","
	    "\"symbol\":\"B\",\"span\":\"1d\",\"open\":1,\"high\":1,"
	    "\"low\":1,\"close\":0,\"volume\":1}\n";
	char *argv[] = { "tclean", "-q", "--errors", "/dev/null", NULL };
	int in[2], out[2], is_out;
	struct pollfd p = { .events = POLLIN };
	pid_t child;

	if (pipe(in) != 0 || pipe(out) != 0)
		return 0;
	fflush(stdout);
	child = fork();
	if (child == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		close(in[1]);
		_exit(stage_main(&tclean_stage, 4, argv));
	}
	p.fd = out[0];
	/* the wait ends at once, or the test has failed */
	is_out = write(in[1], input, sizeof input - 1) > 0 &&
	    poll(&p, 1, 20000) == 1;
	close(in[0]);
	close(in[1]);
	waitpid(child, NULL, 0);
	close(out[0]);
	close(out[1]);
	return is_out;
}

static int64_t
count_at_end(const char *out, const char *name)
{
	const char *at = strstr(out, name);

	return at == NULL ? -1 : strtoll(at + strlen(name), NULL, 10);
}

/* What is true of every output, seen by plain reading of its lines. */
static void
check_output(const char *out)
{
	char last_time[32] = "", times[26][32] = { "" }, line[1024];
	int last_seq = 0, had_more = 0;

	for (const char *at = out; *at != '\0'; at = strchr(at, '\n') + 1) {
		double o, h, l, c, v;
		char time[32], symbol;
		int seq;

		snprintf(line, sizeof line, "%.*s",
		    (int)(strchr(at, '\n') - at), at);
		if (sscanf(line, "{\"type\":\"bar\",\"seq\":%d,\"time\":\"%20s"
		        "\",\"symbol\":\"%c\",\"span\":\"1d\",\"open\":%lf,"
		        "\"high\":%lf,\"low\":%lf,\"close\":%lf,\"volume\":%lf",
		        &seq, time, &symbol, &o, &h, &l, &c, &v) != 8)
			continue;
		CHECK(l > 0 && l <= o && l <= c && o <= h && c <= h && v >= 0);
		CHECK(seq > last_seq);
		CHECK(strcmp(time, times[symbol - 'A']) > 0);
		CHECK(had_more == (strcmp(time, last_time) == 0));
		had_more = strstr(line, "\"more\":true") != NULL;
		last_seq = seq;
		strcpy(last_time, time);
		strcpy(times[symbol - 'A'], time);
	}
	CHECK(!had_more);
}

/* ---- real data ---- */

static const char *
shared_dir(void)
{
	const char *dir = getenv("TAPE_SHARED");

	return dir != NULL ? dir : "../shared";
}

static int
load(const char *name, struct buf *out)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof path, "%s/golden/public/dirty/%s", shared_dir(),
	    name);
	f = fopen(path, "re");
	if (f == NULL)
		return -1;
	read_all(fileno(f), out);
	fclose(f);
	return buf_str(out) == NULL ? -1 : 0;
}

/* timestamp,open,high,low,close,volume as bars; what is no number is null. */
static void
bars_of_csv(char *csv, const char *span, struct buf *out)
{
	static const char *const names[] = { "open", "high", "low", "close",
		"volume" };
	char *line, *save = NULL;
	int seq = 0;

	strtok_r(csv, "\r\n", &save);
	while ((line = strtok_r(NULL, "\r\n", &save)) != NULL) {
		char *time = strsep(&line, ","), *word;

		buf_addf(out, "{\"type\":\"bar\",\"seq\":%d,\"time\":\"%s%s\","
		    "\"symbol\":\"X\",\"span\":\"%s\"", ++seq, time,
		    strchr(time, 'T') != NULL ? "Z" : "T00:00:00Z", span);
		for (int i = 0; i < 5; i++) {
			word = strsep(&line, ",");
			if (*word == '\0' || strcmp(word, "NaN") == 0)
				word = "null";
			buf_addf(out, ",\"%s\":%s", names[i], word);
		}
		buf_add_str(out, "}\n");
	}
	buf_str(out);
}

static struct run
run_csv(const char *name, const char *span, struct buf *bars,
    const char *const *options)
{
	struct buf csv = { 0 };
	struct run r = { .status = -1 };

	if (load(name, &csv) == 0) {
		bars_of_csv(csv.data, span, bars);
		r = run(bars->data, bars->len, 0, options);
	}
	buf_release(&csv);
	return r;
}

static json_t *
load_truth(const char *name)
{
	struct buf text = { 0 };
	json_t *truth = NULL;

	if (load(name, &text) == 0)
		truth = json_loads(text.data, 0, NULL);
	buf_release(&text);
	return truth;
}

static const char *
text_of(json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s == NULL ? "" : s;
}

/* What becomes of each kind of defect; NULL reason: it passes. */
static const struct defect {
	const char *kind, *reason;
} defects[] = {
	{ "high_low_swapped", "high is below low" },
	{ "empty_field", " is null" },
	{ "nan_token", " is null" },
	{ "out_of_order", "out of order" },
	{ "zero_price", " is not above zero" },
	{ "negative_price", " is not above zero" },
	{ "conflicting_duplicate", "duplicate time, different values" },
	{ "zero_volume", NULL }, /* legal: nothing was traded */
	{ "exact_duplicate", NULL },
};

static void
check_defect(json_t *d, const struct run *r)
{
	const char *kind = text_of(d, "kind"), *date = text_of(d, "date");
	char key[64], line[1024];

	if (strcmp(kind, "spike_100x") == 0) {
		snprintf(key, sizeof key, "\"time\":\"%sT", date);
		CHECK(strstr(line_with(r->out.data, key, line),
		    "\"flags\":\"jump\"") != NULL);
	} else if (strcmp(kind, "missing_day") == 0) {
		/* 28 December follows a holiday, the first day missed */
		snprintf(key, sizeof key, "gap:%s",
		    strcmp(date, "2015-12-28") == 0 ? "2015-12-25" : date);
		CHECK_INT(count_of(r->out.data, key), 1);
	}
	for (size_t i = 0; i < sizeof defects / sizeof *defects; i++) {
		if (strcmp(defects[i].kind, kind) != 0)
			continue;
		snprintf(key, sizeof key, "\"time\":\"%sT", date);
		if (defects[i].reason == NULL) {
			CHECK_INT(count_of(r->out.data, key), 1);
			continue;
		}
		snprintf(key, sizeof key, "\\\"time\\\":\\\"%sT", date);
		CHECK(strstr(line_with(r->errors.data, key, line),
		    defects[i].reason) != NULL);
	}
}

/* The gap flag that the bar after `before` should have, by the naive way. */
static void
gap_due(const char *before, const char *date, char want[32])
{
	int64_t t, due;
	struct civil c;

	time_parse(before, 20, &due, NULL);
	time_parse(date, 20, &t, NULL);
	do {
		due += TIME_DAY;
		time_civil(due, &c);
	} while (c.weekday > 5);
	snprintf(want, 32, "gap:%04d-%02d-%02d", c.year, c.month, c.day);
	if (due == t)
		want[0] = '\0';
}

static void
check_gaps(const char *out)
{
	char before[32] = "", want[32], line[1024];

	for (; *out != '\0'; out = strchr(out, '\n') + 1) {
		char date[32] = "";

		snprintf(line, sizeof line, "%.*s",
		    (int)(strchr(out, '\n') - out), out);
		sscanf(strstr(line, "\"time\":\"") + 8, "%20s", date);
		if (before[0] != '\0') {
			gap_due(before, date, want);
			CHECK_INT(count_of(line, "gap:"), want[0] != '\0');
			CHECK(strstr(line, want) != NULL);
		}
		strcpy(before, date);
	}
}

/* Every line out is a line in, flags aside. */
static void
check_unchanged(const char *out, const char *in)
{
	char line[1024];

	for (; *out != '\0'; out = strchr(out, '\n') + 1) {
		char *flags;

		snprintf(line, sizeof line, "%.*s",
		    (int)(strchr(out, '\n') - out), out);
		flags = strstr(line, ",\"flags\":");
		if (flags != NULL)
			strcpy(flags, "}");
		CHECK(strstr(in, line) != NULL);
	}
}

static void
test_mixed_defects(void)
{
	static const char *const options[] = { "--calendar", "weekdays", NULL };
	struct buf bars = { 0 };
	struct run r = run_csv("mixed_defects_wm/input.csv", "1d", &bars,
	    options);
	json_t *truth = load_truth("mixed_defects_wm/truth.json"), *d;
	size_t i;

	CHECK_INT(r.status, 0);
	CHECK_INT(json_array_size(json_object_get(truth, "defects")), 27);
	json_array_foreach(json_object_get(truth, "defects"), i, d)
		check_defect(d, &r);
	CHECK_INT(count_of(bars.data, "\n"), 506);
	CHECK_INT(count_of(r.errors.data, "\n"), 15);
	CHECK_INT(count_of(r.out.data, "\n"), 506 - 15 - 4);
	/* each spike jumps up, and is told by the next day, when it is back */
	CHECK_INT(count_of(r.out.data, "\"jump\""), 2);
	CHECK_INT(count_of(r.out.data, "\"spike\""), 2);
	check_gaps(r.out.data);
	check_unchanged(r.out.data, bars.data);
	json_decref(truth);
	run_release(&r);
	buf_release(&bars);
}

/* The keys of the file are not those of a bar. */
static void
rename_keys(const char *text, struct buf *out)
{
	for (; *text != '\0'; text++) {
		if (strncmp(text, "\"timestamp\":", 12) != 0) {
			buf_add_char(out, *text);
			continue;
		}
		text += strcspn(text + 12, "\"") + 13;
		buf_addf(out, "\"type\":\"bar\",\"span\":\"1d\",\"time\":\""
		    "%.10sT00:00:00Z\"", text);
		text += 10;
	}
	buf_str(out);
}

static void
test_broken_lines(void)
{
	struct buf text = { 0 }, bars = { 0 };
	json_t *truth = load_truth("ndjson_broken_lines/truth.json"), *d;
	struct run r;
	size_t i;
	int refused = 0;

	CHECK_INT(load("ndjson_broken_lines/input.ndjson", &text), 0);
	rename_keys(text.data, &bars);
	r = run(bars.data, bars.len, 0, none);
	CHECK_INT(r.status, 0);
	json_array_foreach(json_object_get(truth, "defects"), i, d) {
		int is_legal = strstr(text_of(d, "status"), "accepted") != NULL;
		char key[32];

		snprintf(key, sizeof key, "\"line\":%d,",
		    (int)json_integer_value(json_object_get(d, "line")));
		CHECK_INT(count_of(r.errors.data, key), !is_legal);
		refused += !is_legal;
	}
	CHECK_INT(refused, 8);
	CHECK_INT(count_of(r.errors.data, "\n"), refused);
	CHECK_INT(count_of(r.out.data, "\n"), 26 - refused);
	CHECK(strstr(r.out.data,
	    "\"note\":\"\\u00e9\\n\",\"n\":[1,{\"a\":null}]") != NULL);
	json_decref(truth);
	run_release(&r);
	buf_release(&text);
	buf_release(&bars);
}

static void
test_missing_hours(void)
{
	static const char *const options[] = { "--calendar", "24x7", "--jump",
		"1000%", NULL };
	static const char *const firsts[] = { "05T11", "05T20", "06T00",
		"10T18", "12T23", "27T00", "27T07" };
	struct buf bars = { 0 };
	struct run r = run_csv("missing_hours_btcusd/input.csv", "1h", &bars,
	    options);
	char key[64];

	CHECK_INT(r.status, 0);
	CHECK_INT(count_of(r.errors.data, "\n"), 0);
	CHECK_INT(count_of(r.out.data, "\n"), 733);
	CHECK_INT(count_of(r.out.data, "\"flags\""), 7);
	for (int i = 0; i < 7; i++) {
		snprintf(key, sizeof key, "\"flags\":\"gap:2013-10-%s:00:00Z\"",
		    firsts[i]);
		CHECK_INT(count_of(r.out.data, key), 1);
	}
	run_release(&r);
	buf_release(&bars);
}

static void
test_real_data(void)
{
	struct buf bars = { 0 };
	struct run r;
	char line[1024];

	TEST("502 good bars pass unchanged and nothing is reported") {
		r = run_csv("clean_control_spy/input.csv", "1d", &bars, none);
		CHECK_INT(count_of(bars.data, "\n"), 502);
		CHECK_INT(r.status, 0);
		CHECK_STR(r.out.data, bars.data);
		CHECK_STR(r.errors.data, "");
		run_release(&r);
		buf_clear(&bars);
	}
	TEST("an unadjusted split is the one jump")  {
		r = run_csv("unadjusted_split_goog/input.csv", "1d", &bars,
		    none);
		CHECK_INT(count_of(r.out.data, "\"flags\""), 1);
		CHECK(strstr(line_with(r.out.data, "\"flags\":\"jump\"", line),
		    "\"time\":\"2014-04-03T") != NULL);
		run_release(&r);
	}
	buf_release(&bars);
	TEST("each of 27 defects is refused, dropped or flagged as it should")
		test_mixed_defects();
	TEST("broken lines are refused with their number, all others pass")
		test_broken_lines();
	TEST("missing hours are flagged, each run of them by its first")
		test_missing_hours();
}

int
main(void)
{
	struct random g = { 20240229 };
	struct buf in = { 0 };
	struct run r, fused;
	json_t *probe;

	for (int i = 0; i < 3; i++) {
		buf_clear(&in);
		make_stream(&in, &g, 300);
		r = run(in.data, in.len, 0, none);
		fused = run(in.data, in.len, 1, none);
		TEST("what comes out is right, in order, in whole instants")
			check_output(r.out.data);
		TEST("in = out + refused + dropped, and each is what is seen") {
			const char *out = r.out.data;
			int64_t dropped = count_at_end(out, "_dropped\":");

			CHECK(dropped > 0);
			CHECK_INT(count_at_end(out, "_in\":"),
			    count_of(buf_str(&in), "{\"type\":\"bar\""));
			CHECK_INT(count_at_end(out, "_out\":"),
			    count_of(out, "{\"type\":\"bar\""));
			CHECK_INT(count_at_end(out, "_refused\":"),
			    count_of(r.errors.data, "\n"));
			CHECK(count_of(r.errors.data, "\n") > 10);
			CHECK_INT(count_at_end(out, "_flagged\":"),
			    count_of(out, "\"flags\":"));
			CHECK_INT(count_at_end(out, "_in\":"),
			    count_at_end(out, "_out\":") + dropped +
			        count_at_end(out, "_refused\":"));
		}
		TEST("other records all pass, in order") {
			CHECK_INT(count_of(r.out.data, "\"note\""),
			    count_of(in.data, "\"note\""));
		}
		TEST("records made in the same process give the same bytes") {
			/* numbers are printed anew there, as 12 for 12.000 */
			remove_all(&r.out, ".000");
			while (strstr(r.out.data, "1e2") != NULL)
				memcpy(strstr(r.out.data, "1e2"), "100", 3);
			CHECK_STR(fused.out.data, r.out.data);
			CHECK_INT(count_of(fused.errors.data, "\n"),
			    count_of(r.errors.data, "\n"));
		}
		run_release(&r);
		run_release(&fused);
	}
	buf_clear(&in);
	make_stream(&in, &g, 60);
	TEST("the output of a prefix is a prefix of the output")
		check_prefixes(&in);
	buf_release(&in);
	TEST("a held bar goes out as soon as the last of its instant is gone")
		CHECK(is_let_go());
	probe = load_truth("clean_control_spy/truth.json");
	if (probe != NULL)
		test_real_data();
	else
		printf("# skipped: real data, no %s\n", shared_dir());
	json_decref(probe);
	return check_done();
}
