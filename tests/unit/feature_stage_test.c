/* SPDX-License-Identifier: MIT */
/* tfeat as a stage: instants and other symbols, spans, bars that are forming,
 * records without seq, and no look ahead. */
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "feature/feature.h"
#include "feature/tfeat.h"
#include "stage/chain.h"

enum { ARGS = 200 };

struct run {
	struct chain chain;
	struct stage stage[2];
	struct buf out, *to;
	struct record r;
	char args[8192], *argv[ARGS];
};

static struct random rng = {20240311};

/* Where value() looked last. */
static const char *last, *of;
static int at;

static int
collect(struct stage *s, struct record *r)
{
	return record_print(r, *(struct buf **)s->state);
}

static const struct stage_desc sink = {
	.name = "sink",
	.kind = STAGE_FILTER,
	.record = collect,
};

/* Opens tfeat with arguments separated by blanks. */
static int
start(struct run *t, const char *args)
{
	const struct option_row *action;
	struct option_error e;
	int argc = 1;
	char *p;
	*t = (struct run){.argv = {(char *)"tfeat"}};
	of = NULL;
	snprintf(t->args, sizeof(t->args), "%s", args);
	for (p = strtok(t->args, " "); p != NULL; p = strtok(NULL, " "))
		t->argv[argc++] = p;
	t->to = &t->out;
	t->chain.stages = t->stage;
	t->chain.count = 2;
	t->stage[0] = (struct stage){.desc = &tfeat_stage,
	    .chain = &t->chain, .next = &t->stage[1], .full_argc = argc,
	    .full_argv = t->argv};
	t->stage[0].common.quiet = 1;
	t->stage[0].state = calloc(1, tfeat_stage.state_size);
	t->stage[1] = (struct stage){.desc = &sink, .chain = &t->chain,
	    .state = &t->to};
	t->stage[0].argc = option_parse(tfeat_stage.options,
	    t->stage[0].state, common_options, &t->stage[0].common, argc,
	    t->argv, &action, &e);
	t->stage[0].argv = t->argv + 1;
	if (t->stage[0].argc < 0 || record_init(&t->r) < 0)
		return -1;
	return tfeat_stage.open(&t->stage[0]);
}

static int
feed(struct run *t, const char *line)
{
	struct record_error e;
	if (record_parse(&t->r, line, strlen(line), &e) < 0) {
		printf("# bad line: %s\n", line);
		return -1;
	}
	return tfeat_stage.record(&t->stage[0], &t->r);
}

static void
finish(struct run *t)
{
	tfeat_stage.close(&t->stage[0]);
	free(t->stage[0].state);
	record_release(&t->r);
	buf_release(&t->out);
}

#define START(t, args)                                                      \
	struct run t;                                                       \
	if (start(&t, args) < 0)                                            \
	printf("# cannot start with %s\n", args)

static const char *
text(struct run *t)
{
	return buf_str(&t->out) != NULL ? t->out.data : "";
}

static int
count(struct run *t, const char *what)
{
	const char *p = text(t);
	int n = 0;
	for (; (p = strstr(p, what)) != NULL; p++)
		n++;
	return n;
}

/* The field of the output's line i as a double; NAN: null or not there. */
static double
value(struct run *t, int line, const char *name)
{
	const char *p, *nl;
	struct record r;
	struct record_error e;
	struct key k = {.name = name, .len = (uint16_t)strlen(name)};
	const struct field *f;
	double x = NAN;
	if (of != text(t) || line < at) {
		of = last = text(t);
		at = 0;
	}
	for (; at < line; at++)
		last = strchr(last, '\n') + 1;
	p = last;
	nl = strchr(p, '\n');
	if (record_init(&r) < 0 ||
	    record_parse(&r, p, (size_t)(nl - p), &e) < 0)
		exit(1);
	f = record_find(&r, &k);
	if (f == NULL || field_real(f, &x) < 0)
		x = NAN;
	record_release(&r);
	return x;
}

/* A bar of minute m of 2024-01-02. */
static int
bar(struct run *t, const char *symbol, int m, double close, int more)
{
	char line[256];
	snprintf(line, sizeof(line),
	    "{\"type\":\"bar\",\"seq\":1,\"time\":\"2024-01-02T%02d:%02d:00Z\","
	    "\"symbol\":\"%s\",\"span\":\"1m\",\"close\":%.2f%s}",
	    m / 60, m % 60, symbol, close, more ? ",\"more\":true" : "");
	return feed(t, line);
}

static void
test_instant(void)
{
	TEST("bars wait for the others of their instant") {
		START(t, "xrank xdemean xzscore ratio,symbol=B");
		bar(&t, "A", 0, 10, 1);
		bar(&t, "B", 0, 20, 1);
		CHECK_INT(count(&t, "\n"), 0);
		bar(&t, "C", 0, 60, 0);
		CHECK_INT(count(&t, "\n"), 3);
		CHECK(value(&t, 0, "xrank") == 0);
		CHECK(value(&t, 1, "xrank") == 0.5);
		CHECK(value(&t, 2, "xrank") == 1);
		CHECK(value(&t, 0, "xdemean") == -20);
		CHECK(fabs(value(&t, 2, "xzscore") - 30 / sqrt(1400 / 3.0)) <
		    1e-12);
		CHECK(value(&t, 0, "ratio_B") == 0.5);
		CHECK(value(&t, 1, "ratio_B") == 1);
		CHECK(value(&t, 2, "ratio_B") == 3);
		finish(&t);
	}
	TEST("without other symbols nothing waits") {
		START(t, "sma:1");
		bar(&t, "A", 0, 10, 1);
		CHECK_INT(count(&t, "\n"), 1);
		finish(&t);
	}
	TEST("equal values share their rank; one alone has none") {
		START(t, "xrank xdemean xzscore");
		bar(&t, "A", 0, 10, 1);
		bar(&t, "B", 0, 10, 1);
		bar(&t, "C", 0, 10, 0);
		CHECK(value(&t, 0, "xrank") == 0.5);
		CHECK(isnan(value(&t, 0, "xzscore")));
		bar(&t, "A", 1, 11, 0);
		CHECK(isnan(value(&t, 3, "xrank")));
		CHECK(isnan(value(&t, 3, "xzscore")));
		CHECK(value(&t, 3, "xdemean") == 0);
		finish(&t);
	}
	TEST("null is no member") {
		START(u, "sma:2 xrank,src=sma_2");
		bar(&u, "A", 0, 1, 1);
		bar(&u, "B", 0, 2, 0);
		bar(&u, "A", 1, 1, 1);
		bar(&u, "C", 1, 9, 1);
		bar(&u, "B", 1, 2, 0);
		CHECK(isnan(value(&u, 0, "xrank_sma_2")));
		CHECK(value(&u, 2, "xrank_sma_2") == 0);
		CHECK(isnan(value(&u, 3, "xrank_sma_2")));
		CHECK(value(&u, 4, "xrank_sma_2") == 1);
		finish(&u);
	}
}

static void
test_ends(void)
{
	TEST("an instant ends at the first record of a later one, and at end") {
		START(t, "xrank");
		bar(&t, "A", 0, 1, 1);
		bar(&t, "B", 0, 2, 1);
		bar(&t, "A", 1, 3, 1);
		CHECK_INT(count(&t, "\n"), 2);
		CHECK(value(&t, 1, "xrank") == 1);
		feed(&t, "{\"type\":\"end\",\"records\":3}");
		CHECK_INT(count(&t, "\n"), 4);
		CHECK(strstr(strchr(text(&t), '\n'), "\"type\":\"end\"") !=
		    NULL);
		finish(&t);
	}
	TEST("one that broke off is not told: the law of the prefix") {
		START(t, "xrank");
		bar(&t, "A", 0, 1, 0);
		bar(&t, "A", 1, 1, 1);
		CHECK(tfeat_stage.end(&t.stage[0]) == 0);
		CHECK_INT(count(&t, "\n"), 1);
		finish(&t);
	}
	TEST("other records keep their place, and their bytes") {
		const char *odd = "{\"type\":\"odd\", \"x\": [1, 2]}";
		const char *trade = "{\"type\":\"trade\",\"seq\":1,\"time\":"
		    "\"2024-01-02T00:01:00Z\",\"symbol\":\"A\",\"price\":5,"
		    "\"size\":1,\"more\":true}";
		START(t, "xrank");
		CHECK(feed(&t, odd) == 0);
		CHECK_INT(count(&t, "odd"), 1);
		CHECK(feed(&t, trade) == 0 && feed(&t, odd) == 0);
		CHECK_INT(count(&t, "\n"), 1);
		bar(&t, "A", 0, 1, 0);
		CHECK_INT(count(&t, "\n"), 4);
		CHECK(strncmp(strchr(text(&t), '\n') + 1, trade,
		          strlen(trade)) == 0);
		CHECK_INT(count(&t, odd), 2);
		finish(&t);
	}
	TEST("spans of an instant are ranked apart") {
		START(t, "xrank ratio,symbol=A");
		feed(&t, "{\"type\":\"bar\",\"seq\":1,\"time\":"
		         "\"2024-01-02T00:00:00Z\",\"symbol\":\"A\",\"span\":"
		         "\"1h\",\"close\":100,\"more\":true}");
		bar(&t, "A", 59, 1, 1);
		bar(&t, "B", 59, 2, 0);
		CHECK(isnan(value(&t, 0, "xrank")));
		CHECK(value(&t, 1, "xrank") == 0 && value(&t, 2, "xrank") == 1);
		CHECK(value(&t, 2, "ratio_A") == 2);
		finish(&t);
	}
}

/* Random walks of some symbols, each with gaps, as lines. */
enum { SYMBOLS = 7, MINUTES = 300 };
static char *lines[SYMBOLS * MINUTES];
static int nlines;
static double closes[MINUTES][SYMBOLS]; /* NAN: no bar */

static void
make_lines(int is_reversed)
{
	char line[512];
	int m, k, i, end;
	for (nlines = 0, m = 0; m < MINUTES; m++) {
		end = -1;
		for (k = 0; k < SYMBOLS; k++) {
			i = is_reversed ? k : SYMBOLS - 1 - k;
			if (end < 0 && !isnan(closes[m][i]))
				end = i;
		}
		for (k = 0; k < SYMBOLS; k++) {
			double c;
			i = is_reversed ? SYMBOLS - 1 - k : k;
			c = closes[m][i];
			if (isnan(c))
				continue;
			snprintf(line, sizeof(line), "{\"type\":\"bar\",\"seq\":"
			    "%d,\"time\":\"2024-01-%02dT%02d:%02d:00Z\","
			    "\"symbol\":\"S%d\",\"span\":\"1m\",\"open\":%.2f,"
			    "\"high\":%.2f,\"low\":%.2f,\"close\":%.2f,"
			    "\"volume\":%d%s}", nlines + 1, 2 + m / 60, 9,
			    m % 60, i, c - 0.05, c + 0.25, c - 0.3, c,
			    1 + (int)random_below(&rng, 1000),
			    i == end ? "" : ",\"more\":true");
			free(lines[nlines]);
			lines[nlines++] = strdup(line);
		}
	}
}

static void
make_walks(void)
{
	double price[SYMBOLS];
	int m, k;
	for (k = 0; k < SYMBOLS; k++)
		price[k] = 50 + 10 * k;
	for (m = 0; m < MINUTES; m++)
		for (k = 0; k < SYMBOLS; k++) {
			price[k] += ((double)random_below(&rng, 201) - 100) /
			    100;
			price[k] = round(100 * price[k]) / 100;
			closes[m][k] = random_below(&rng, 10) > 0 ? price[k]
			                                          : NAN;
		}
}

/* From its definition, over a row of the table. */
static double
oracle_across(const char *name, const double *row, int who)
{
	double below = 0, equal = -1, sum = 0, squares = 0, n = 0;
	int k;
	for (k = 0; k < SYMBOLS; k++) {
		if (isnan(row[k]))
			continue;
		n++;
		sum += row[k];
		below += row[k] < row[who];
		equal += row[k] == row[who];
	}
	for (k = 0; k < SYMBOLS; k++)
		if (!isnan(row[k]))
			squares += pow(row[k] - sum / n, 2);
	if (strcmp(name, "xrank") == 0)
		return n > 1 ? (below + equal / 2) / (n - 1) : NAN;
	if (strcmp(name, "xdemean") == 0)
		return row[who] - sum / n;
	return squares > 0 ? (row[who] - sum / n) / sqrt(squares / n) : NAN;
}

static int
is_near(double got, double want)
{
	return isnan(want) ? isnan(got)
	                   : fabs(got - want) <= 1e-9 * fmax(1, fabs(want));
}

/* Rolling over the instants in which both have a bar. */
static double
oracle_pair(const char *name, int m, int who, int n)
{
	double x[MINUTES], y[MINUTES], mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
	int k, count = 0;
	if (isnan(closes[m][who]) || isnan(closes[m][2]))
		return NAN;
	for (k = m; k >= 0 && count < n + 1; k--)
		if (!isnan(closes[k][who]) && !isnan(closes[k][2])) {
			/* as printed: two decimals */
			x[count] = round(closes[k][who] * 100) / 100;
			y[count++] = round(closes[k][2] * 100) / 100;
		}
	if (strcmp(name, "rs") == 0)
		return count < n + 1 ? NAN
		    : 100 * (x[0] / x[n] / (y[0] / y[n]) - 1);
	if (strcmp(name, "beta") == 0) {
		if (count < n + 1)
			return NAN;
		for (k = 0; k < n; k++) {
			x[k] = x[k] / x[k + 1] - 1;
			y[k] = y[k] / y[k + 1] - 1;
		}
	} else if (count < n)
		return NAN;
	for (k = 0; k < n; k++) {
		mx += x[k] / n;
		my += y[k] / n;
	}
	for (k = 0; k < n; k++) {
		xx += (x[k] - mx) * (x[k] - mx);
		yy += (y[k] - my) * (y[k] - my);
		xy += (x[k] - mx) * (y[k] - my);
	}
	return strcmp(name, "beta") == 0 ? xy / yy : xy / sqrt(xx * yy);
}

static void
test_oracles(void)
{
	static const char *const names[] = {"xrank", "xdemean", "xzscore"};
	int line = 0, m, k, i, wrong = 0;
	TEST("random instants agree with the definitions") {
		START(t, "xrank xdemean xzscore rs:5,symbol=S2 "
		         "beta:6,symbol=S2 correl:6,symbol=S2");
		for (i = 0; i < nlines; i++)
			CHECK(feed(&t, lines[i]) == 0);
		for (m = 0; m < MINUTES && wrong < 5; m++)
			for (k = 0; k < SYMBOLS; k++) {
				if (isnan(closes[m][k]))
					continue;
				for (i = 0; i < 3; i++)
					wrong += !is_near(value(&t, line,
					    names[i]), oracle_across(names[i],
					    closes[m], k));
				wrong += !is_near(value(&t, line, "rs_5_S2"),
				    oracle_pair("rs", m, k, 5));
				wrong += !is_near(value(&t, line,
				    "beta_6_S2"), oracle_pair("beta", m, k, 6));
				wrong += k != 2 && !is_near(value(&t, line,
				    "correl_6_S2"), oracle_pair("correl", m, k,
				    6));
				line++;
			}
		CHECK_INT(wrong, 0);
		CHECK_INT(line, nlines);
		finish(&t);
	}
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The output's lines sorted by time and symbol, without seq, more, volume. */
static char *
in_order(struct run *t)
{
	char **all = calloc((size_t)nlines, sizeof(*all)), *p, *out;
	int n = 0, i;
	size_t size = t->out.len + 1;
	if (all == NULL || (out = calloc(1, size)) == NULL)
		exit(1);
	for (p = strtok(t->out.data, "\n"); p != NULL; p = strtok(NULL, "\n"))
		all[n++] = strstr(p, "\"time\"");
	qsort(all, (size_t)n, sizeof(*all), by_text);
	for (i = 0; i < n; i++) {
		strncat(out, all[i], 46);
		strcat(out, strstr(all[i], ",\"xrank"));
		strcat(out, "\n");
	}
	free(all);
	return out;
}

static void
test_order(void)
{
	static const char args[] = "xrank xdemean xzscore roc:3 "
	    "xdemean,src=roc_3 rs:5,symbol=S2 spread,symbol=S4 "
	    "zscore:4,src=spread_S4";
	char *first, *second;
	int i;
	TEST("the order of the symbols changes no bit") {
		START(t, args);
		for (i = 0; i < nlines; i++)
			CHECK(feed(&t, lines[i]) == 0);
		CHECK(text(&t)[0] == '{');
		first = in_order(&t);
		finish(&t);
		make_lines(1);
		START(u, args);
		for (i = 0; i < nlines; i++)
			CHECK(feed(&u, lines[i]) == 0);
		CHECK(text(&u)[0] == '{');
		second = in_order(&u);
		finish(&u);
		CHECK(strlen(first) > 1000);
		CHECK(strcmp(first, second) == 0);
		free(first);
		free(second);
		make_lines(0);
	}
}

/* A use of each feature, those of pairs both ways. */
static void
every_feature(char *args, size_t size, int is_instant)
{
	int i;
	args[0] = '\0';
	for (i = 0; features[i] != NULL; i++) {
		const struct feature *f = features[i];
		size_t n = strlen(args);
		int needs = f->args[0].name != NULL && isnan(f->args[0].def);
		if (f->across != NULL && !is_instant)
			continue;
		snprintf(args + n, size - n, "%s%s%s ", f->name,
		    needs ? ":5" : "",
		    f->inputs & FEATURE_WITH
		        ? is_instant ? ",symbol=S3" : ",with=open"
		        : "");
	}
}

static void
prefixes(const char *args)
{
	int i, k, cut;
	START(whole, args);
	for (i = 0; i < nlines; i++)
		CHECK(feed(&whole, lines[i]) == 0);
	tfeat_stage.end(&whole.stage[0]);
	for (k = 0; k < 12; k++) {
		cut = (int)random_below(&rng, (uint64_t)nlines);
		START(part, args);
		for (i = 0; i < cut; i++)
			feed(&part, lines[i]);
		tfeat_stage.end(&part.stage[0]);
		CHECK(part.out.len <= whole.out.len);
		CHECK(part.out.len == 0 ||
		    memcmp(part.out.data, whole.out.data, part.out.len) == 0);
		CHECK(count(&part, "\n") > cut - SYMBOLS - 1);
		finish(&part);
	}
	finish(&whole);
}

static void
test_prefix(void)
{
	char args[8192];
	TEST("the output of a prefix is a prefix of the output") {
		every_feature(args, sizeof(args), 0);
		prefixes(args);
	}
	TEST("also with other symbols, in the middle of an instant") {
		every_feature(args, sizeof(args), 1);
		prefixes(args);
	}
}

static void
test_spans(void)
{
	int m;
	TEST("span= counts only bars of that span; others get null") {
		START(t, "sma:2,span=1h sma:2");
		for (m = 0; m < 3; m++)
			bar(&t, "A", m, m, 0);
		for (m = 0; m < 2; m++) {
			char line[256];
			snprintf(line, sizeof(line), "{\"type\":\"bar\",\"seq\":"
			    "1,\"time\":\"2024-01-02T%02d:00:00Z\",\"symbol\":"
			    "\"A\",\"span\":\"1h\",\"close\":%d}", m, 10 + m);
			CHECK(feed(&t, line) == 0);
		}
		CHECK(isnan(value(&t, 2, "sma_2_1h")));
		CHECK(value(&t, 2, "sma_2") == 1.5);
		CHECK(isnan(value(&t, 3, "sma_2_1h")));
		CHECK(value(&t, 4, "sma_2_1h") == 10.5);
		CHECK_INT(count(&t, "\"sma_2_1h\":null"), 4);
		finish(&t);
	}
	TEST("a use of another span keeps no bar from being warm") {
		START(t, "--warm drop sma:2,span=1h sma:2");
		for (m = 0; m < 3; m++)
			bar(&t, "A", m, m, 0);
		CHECK_INT(count(&t, "\n"), 2);
		finish(&t);
	}
	TEST("--warm drop waits for what has no fixed warm-up") {
		START(t, "--warm drop diff:1 bars_since,src=diff_1");
		bar(&t, "A", 0, 5, 0);
		bar(&t, "A", 1, 4, 0);
		bar(&t, "A", 2, 3, 0);
		CHECK_INT(count(&t, "\n"), 0);
		bar(&t, "A", 3, 4, 0);
		bar(&t, "A", 4, 2, 0);
		CHECK_INT(count(&t, "\n"), 2);
		CHECK(value(&t, 0, "bars_since_diff_1") == 0);
		CHECK(value(&t, 1, "bars_since_diff_1") == 1);
		finish(&t);
	}
}

static int
forming(struct run *t, int m, double close, const char *flags)
{
	char line[256];
	snprintf(line, sizeof(line),
	    "{\"type\":\"bar\",\"seq\":1,\"time\":\"2024-01-02T00:%02d:00Z\","
	    "\"symbol\":\"A\",\"span\":\"1m\",\"close\":%.2f,\"flags\":\"%s\"}",
	    m, close, flags);
	return feed(t, line);
}

static void
peeks(const char *args, const char *name)
{
	START(t, args);
	bar(&t, "A", 0, 10, 0);
	bar(&t, "A", 1, 20, 0);
	CHECK(forming(&t, 2, 100, "partial") == 0);
	CHECK(forming(&t, 2, 40, "jump,partial") == 0);
	bar(&t, "A", 2, 30, 0);
	CHECK(value(&t, 2, name) == 60);
	CHECK(value(&t, 3, name) == 30);
	CHECK(value(&t, 4, name) == 25);
	finish(&t);
}

static void
test_peek(void)
{
	TEST("--peek tells of a forming bar and forgets it")
		peeks("--peek sma:2", "sma_2");
	TEST("--peek does within instants, too")
		peeks("--peek xrank sma:2", "sma_2");
	TEST("without --peek a bar is a bar, and other flags are none") {
		START(t, "sma:2");
		bar(&t, "A", 0, 10, 0);
		forming(&t, 1, 100, "partial");
		bar(&t, "A", 2, 30, 0);
		CHECK(value(&t, 2, "sma_2") == 65);
		finish(&t);
		START(u, "--peek sma:2");
		bar(&u, "A", 0, 10, 0);
		forming(&u, 1, 100, "impartial,partially");
		bar(&u, "A", 2, 30, 0);
		CHECK(value(&u, 2, "sma_2") == 65);
		finish(&u);
	}
}

static void
test_seq(void)
{
	int i;
	TEST("records without seq are numbered") {
		START(t, "sma:1");
		for (i = 0; i < 3; i++)
			feed(&t, "{\"type\":\"bar\",\"time\":\"2024-01-02T00:00:"
			         "00Z\",\"symbol\":\"A\",\"close\":1}");
		feed(&t, "{\"type\":\"odd\"}");
		CHECK(value(&t, 0, "seq") == 1 && value(&t, 2, "seq") == 3);
		CHECK(isnan(value(&t, 3, "seq")));
		finish(&t);
	}
}

static void
test_many(void)
{
	enum { MANY = 10000 };
	char name[16];
	int i, m;
	TEST("10000 symbols, ranked at each of three instants") {
		START(t, "sma:2 xrank,src=sma_2");
		for (m = 0; m < 3; m++)
			for (i = 0; i < MANY; i++) {
				snprintf(name, sizeof(name), "S%d", i);
				bar(&t, name, m, i + m, i + 1 < MANY);
			}
		CHECK_INT(count(&t, "\n"), 3 * MANY);
		CHECK_INT(count(&t, "\"xrank_sma_2\":1}"), 2);
		CHECK_INT(count(&t, "\"xrank_sma_2\":0}"), 2);
		CHECK_INT(count(&t, "null"), 2 * MANY);
		finish(&t);
	}
}

int
main(void)
{
	int i;
	make_walks();
	make_lines(0);
	test_instant();
	test_ends();
	test_oracles();
	test_order();
	test_prefix();
	test_spans();
	test_peek();
	test_seq();
	test_many();
	for (i = 0; i < SYMBOLS * MINUTES; i++)
		free(lines[i]);
	return check_done();
}
