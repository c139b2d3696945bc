/* SPDX-License-Identifier: MIT */
/* tsignal as a stage: what comes out for what goes in. */
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "signal/code.h"
#include "signal/mixin.h"
#include "signal/tsignal.h"
#include "stage/chain.h"

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

struct run {
	struct chain chain;
	struct stage stage[2];
	struct buf out, *to;
	struct record r;
	char args[512], *argv[12];
};

/* Opens tsignal with arguments separated by '|'. */
static int
start(struct run *t, const char *args)
{
	const struct option_row *action;
	struct option_error e;
	int argc = 1;
	*t = (struct run){.argv = {(char *)"tsignal"}};
	snprintf(t->args, sizeof(t->args), "%s", args);
	for (char *p = strtok(t->args, "|"); p != NULL; p = strtok(NULL, "|"))
		t->argv[argc++] = p;
	t->to = &t->out;
	t->chain.stages = t->stage;
	t->chain.count = 2;
	t->stage[0] = (struct stage){.desc = &tsignal_stage,
	    .chain = &t->chain,
	    .next = &t->stage[1],
	    .full_argc = argc,
	    .full_argv = t->argv};
	t->stage[0].common.quiet = 1;
	t->stage[0].state = calloc(1, tsignal_stage.state_size);
	t->stage[1] =
	    (struct stage){.desc = &sink, .chain = &t->chain, .state = &t->to};
	t->stage[0].argc = option_parse(tsignal_stage.options,
	    t->stage[0].state, common_options, &t->stage[0].common, argc,
	    t->argv, &action, &e);
	t->stage[0].argv = t->argv + 1;
	if (t->stage[0].argc < 0 || record_init(&t->r) < 0)
		return -1;
	return tsignal_stage.open(&t->stage[0]);
}

static int
feed(struct run *t, const char *line)
{
	struct record_error e;
	if (record_parse(&t->r, line, strlen(line), &e) < 0) {
		printf("# bad line: %s\n", line);
		return -1;
	}
	return tsignal_stage.record(&t->stage[0], &t->r);
}

static int
finish(struct run *t)
{
	tsignal_stage.close(&t->stage[0]);
	free(t->stage[0].state);
	record_release(&t->r);
	buf_release(&t->out);
	return t->stage[0].status;
}

#define START(t, args)                                                         \
	struct run t;                                                          \
	if (start(&t, args) < 0)                                               \
	printf("# cannot start with %s\n", args)

static int
feed_bar(struct run *t, const char *symbol, const char *span, double x)
{
	char line[256];
	snprintf(line, sizeof(line),
	    "{\"type\":\"bar\",\"seq\":1,\"time\":\"2024-01-02T10:00:00Z\","
	    "\"symbol\":\"%s\",\"span\":\"%s\",\"close\":%d}",
	    symbol, span, (int)x);
	return feed(t, line);
}

static int
count(struct run *t, const char *what)
{
	int n = 0;
	const char *p = buf_str(&t->out);
	for (; (p = strstr(p, what)) != NULL; p++)
		n++;
	return n;
}

static void
test_pass(void)
{
	TEST("what is no bar passes as it is, and a signal follows its bar")
	{
		START(t, "buy when close > 1");
		const char *odd = "{\"type\":\"odd\", \"x\": [1, 2]}";
		const char *trade =
		    "{\"type\":\"trade\",\"seq\":1,\"time\":"
		    "\"2024-01-02T10:00:00Z\",\"symbol\":\"A\",\"price\":5,"
		    "\"size\":1}";
		CHECK(feed(&t, odd) == 0 && feed(&t, trade) == 0);
		CHECK(feed_bar(&t, "A", "1d", 1) == 0);
		CHECK(feed_bar(&t, "A", "1d", 2) == 0);
		CHECK(feed(&t, "{\"type\":\"end\",\"records\":3}") == 0);
		const char *out = buf_str(&t.out);
		CHECK(strncmp(out, odd, strlen(odd)) == 0);
		CHECK(
		    strncmp(out + strlen(odd) + 1, trade, strlen(trade)) == 0);
		CHECK_INT(count(&t, "\"signal\""), 1);
		const char *bar = strstr(out, "\"close\":2");
		const char *signal = strstr(out, "\"signal\"");
		CHECK(bar != NULL && signal != NULL && signal > bar);
		CHECK(strstr(out, "{\"type\":\"end\",\"records\":3,"
				  "\"tsignal_signals\":1}") != NULL);
		CHECK_INT(finish(&t), 0);
	}
	TEST("--all holds on every other bar")
	{
		START(t, "--all|buy when close > 1|sell when close > 2");
		for (int i = 0; i < 4; i++)
			CHECK(feed_bar(&t, "A", "1d", i) == 0);
		CHECK_INT(count(&t, "\"HOLD\""), 2);
		CHECK_INT(count(&t, "\"BUY\""), 2);
		CHECK_INT(count(&t, "\"SELL\""), 1);
		CHECK_INT(finish(&t), 0);
	}
}

static void
test_series(void)
{
	TEST("each symbol at each span has its own memory")
	{
		START(t, "buy when close > close[1]");
		const char *symbol[] = {"A", "B", "A", "B", "A", "A"};
		const char *span[] = {"1d", "1d", "1h", "1d", "1d", "1h"};
		const int close[] = {5, 9, 1, 8, 6, 2};
		/*                          first first first down up up */
		for (int i = 0; i < 6; i++)
			CHECK(feed_bar(&t, symbol[i], span[i], close[i]) == 0);
		CHECK_INT(count(&t, "\"signal\""), 2);
		CHECK(strstr(buf_str(&t.out), "close 6 > close[1] 5") != NULL);
		CHECK(strstr(buf_str(&t.out), "close 2 > close[1] 1") != NULL);
		CHECK_INT(finish(&t), 0);
	}
	TEST("many symbols")
	{
		START(t, "buy when close > close[1]");
		for (int i = 0; i < 600; i++) {
			char symbol[16];
			snprintf(symbol, sizeof(symbol), "S%d", i % 300);
			CHECK(feed_bar(&t, symbol, "1d", i) == 0);
		}
		CHECK_INT(count(&t, "\"signal\""), 300);
		CHECK_INT(finish(&t), 0);
	}
}

static void
test_fields(void)
{
	TEST("a name that the first bar has not is a usage error")
	{
		START(t, "buy when clos > 1");
		CHECK(feed_bar(&t, "A", "1d", 1) < 0);
		CHECK_INT(finish(&t), EXIT_USAGE);
	}
	TEST("text is no number, a number no condition")
	{
		START(t, "buy when symbol > 1");
		CHECK(feed_bar(&t, "A", "1d", 1) < 0);
		CHECK_INT(finish(&t), EXIT_USAGE);
		CHECK(start(&t, "buy when close or close > 1") == 0);
		CHECK(feed_bar(&t, "A", "1d", 1) < 0);
		CHECK_INT(finish(&t), EXIT_USAGE);
	}
	TEST("later a field that is gone, null or text is null")
	{
		START(t, "buy when close > 0");
#define FRONT                                                                  \
	"{\"type\":\"bar\",\"time\":\"2024-01-02T00:00:00Z\","                 \
	"\"symbol\":\"A\",\"span\":\"1d\""
		CHECK(feed(&t, FRONT ",\"close\":null}") == 0);
		CHECK(feed(&t, FRONT ",\"close\":\"x\"}") == 0);
		CHECK(feed(&t, FRONT "}") == 0);
		CHECK_INT(count(&t, "\"signal\""), 0);
		CHECK(feed(&t, FRONT ",\"close\":1}") == 0);
		CHECK_INT(count(&t, "\"signal\""), 1);
		CHECK_INT(finish(&t), 0);
	}
	TEST("a bar without symbol or with a bad one is bad input")
	{
		const char *bad[] = {"{\"type\":\"bar\",\"close\":1}",
		    "{\"type\":\"bar\",\"symbol\":5,\"close\":1}",
		    "{\"type\":\"bar\",\"symbol\":\"a b\",\"close\":1}",
		    "{\"type\":\"bar\",\"symbol\":\"a\\u0041\",\"close\":1}",
		    "{\"type\":\"bar\",\"symbol\":\"A\",\"close\":1}",
		    "{\"type\":\"bar\",\"symbol\":\"A\",\"span\":\"x\"}"};
		for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
			START(t, "buy when true");
			CHECK(feed(&t, bad[i]) < 0);
			CHECK_INT(finish(&t), EXIT_INPUT);
		}
	}
	TEST("true and false of a field are a condition")
	{
		START(t, "buy when up and not up[1]");
		CHECK(feed(&t, FRONT ",\"up\":false}") == 0);
		CHECK(feed(&t, FRONT ",\"up\":true}") == 0);
		CHECK(feed(&t, FRONT ",\"up\":true}") == 0);
		CHECK_INT(count(&t, "\"signal\""), 1);
		CHECK_INT(finish(&t), 0);
	}
	TEST("hours are those of meta's zone")
	{
		START(t, "buy when hour() = 5");
		CHECK(feed(&t,
			  "{\"type\":\"meta\",\"time_zone\":\"-05:00\"}") == 0);
		CHECK(feed_bar(&t, "A", "1h", 1) == 0); /* 10:00 UTC */
		CHECK_INT(count(&t, "\"signal\""), 1);
		CHECK_INT(finish(&t), 0);
	}
}

/* Lines as a random walk gives them. */
static void
feed_walk(struct run *t, int bars)
{
	struct random g = {11};
	double x = 50;
	for (int i = 0; i < bars; i++) {
		x += (double)random_below(&g, 7) - 3;
		CHECK(feed_bar(t, i % 3 ? "A" : "B", "1d", x) == 0);
	}
}

static void
test_prefix(void)
{
	TEST("the output of a prefix is a prefix of the output")
	{
#define RULES                                                                  \
	"--combine|any|buy when close crosses above highest(close, 5)[1]|"     \
	"sell when close falls for 2 and since(close > 50) > 1|@momentum:4"
		START(whole, RULES);
		feed_walk(&whole, 200);
		CHECK(count(&whole, "\"signal\"") > 10);
		for (int n = 1; n < 200; n += 37) {
			START(part, RULES);
			feed_walk(&part, n);
			CHECK(part.out.len < whole.out.len);
			CHECK(memcmp(part.out.data, whole.out.data,
				  part.out.len) == 0);
			finish(&part);
		}
		CHECK_INT(finish(&whole), 0);
	}
}

/* The fields that a ready-made rule reads. */
static int
fields_of(const char *operand, char names[8][64])
{
	struct rules r = {.tool = "tsignal"};
	struct code c = {0};
	int n = 0;
	if (rules_operand(&r, operand) == 0 && code_compile(&c, &r) == 0)
		for (; n < (int)c.ninputs && n < 8; n++)
			snprintf(names[n], 64, "%.*s", (int)c.inputs[n].len,
			    c.inputs[n].name);
	code_release(&c);
	rules_release(&r);
	return n;
}

/* Of the size that a field of that name has; now and then null. */
static void
print_value(char *to, size_t size, const char *name, struct random *g)
{
	double u = (double)random_below(g, 1001) / 1000;
	double x = strncmp(name, "zscore", 6) == 0       ? 8 * u - 4
		   : strncmp(name, "xrank", 5) == 0      ? (u < 0.5 ? 0 : 1)
		   : strcmp(name, "volume") == 0 && u > 0.9 ? 200
		   : strncmp(name, "rsi", 3) == 0        ? 100 * u
		   : strncmp(name, "supertrend", 10) == 0 ? (u < 0.5 ? -1 : 1)
							  : 50 + 3 * u;
	if (random_below(g, 80) == 0)
		snprintf(to, size, ",\"%s\":null", name);
	else
		snprintf(to, size, ",\"%s\":%.4f", name, x);
}

/* Hours of two symbols over a year. */
static void
feed_fields(struct run *t, const char *operand, int bars)
{
	char names[8][64], line[1024];
	int n = fields_of(operand, names);
	struct random g = {5};
	for (int i = 0; i < bars; i++) {
		int hour = i / 2;
		size_t at = (size_t)snprintf(line, sizeof(line),
		    "{\"type\":\"bar\",\"seq\":%d,\"time\":\"2024-%02d-%02dT%02d:"
		    "00:00Z\",\"symbol\":\"%c\",\"span\":\"1h\"",
		    i + 1, 1 + hour / (12 * 28) % 12, 1 + hour / 12 % 28,
		    9 + hour % 12, i % 2 ? 'A' : 'B');
		if (n == 0 || strcmp(names[0], "close") != 0)
			at += (size_t)snprintf(line + at, sizeof(line) - at,
			    "%s", n > 0 ? "" : ",\"close\":1");
		for (int k = 0; k < n; k++) {
			print_value(
			    line + at, sizeof(line) - at, names[k], &g);
			at += strlen(line + at);
		}
		snprintf(line + at, sizeof(line) - at, "}");
		CHECK(feed(t, line) == 0);
	}
}

static void
test_mixins(void)
{
	enum { BARS = 6000 };
	TEST("each ready-made rule fires, and its prefix is a prefix")
	{
		for (int i = 0; mixins[i] != NULL; i++) {
			char operand[64];
			snprintf(
			    operand, sizeof(operand), "@%s", mixins[i]->name);
			START(whole, operand);
			feed_fields(&whole, operand, BARS);
			if (count(&whole, "\"action\":\"BUY\"") < 2) {
				printf("# %s\n", operand);
				CHECK(0);
			}
			for (int n = 100; n < BARS; n += 1811) {
				START(part, operand);
				feed_fields(&part, operand, n);
				CHECK(part.out.len < whole.out.len);
				CHECK(memcmp(part.out.data, whole.out.data,
					  part.out.len) == 0);
				finish(&part);
			}
			CHECK_INT(finish(&whole), 0);
		}
	}
	TEST("an oversold RSI is bought once, until it has come back")
	{
		static const int rsi[] = {
		    50, 29, 20, 31, 28, 35, 29, 36, 29, 71, 75, 66, 72, 64, 72};
		char line[256];
		START(t, "@rsi-reversal");
		for (size_t i = 0; i < sizeof(rsi) / sizeof(*rsi); i++) {
			snprintf(line, sizeof(line),
			    "{\"type\":\"bar\",\"seq\":%zu,\"time\":"
			    "\"2024-01-02T10:00:00Z\",\"symbol\":\"A\","
			    "\"rsi_14\":%d,\"close\":%zu}",
			    i + 1, rsi[i], i);
			CHECK(feed(&t, line) == 0);
		}
		CHECK_INT(count(&t, "\"BUY\""), 2);
		CHECK_INT(count(&t, "\"SELL\""), 2);
		CHECK(strstr(t.out.data, "\"BUY\",\"strength\":1,\"rules\":"
					 "\"rsi-reversal\",\"price\":1,"));
		CHECK_INT(count(&t, "\"price\":8,"), 1);
		CHECK_INT(count(&t, "\"price\":9,"), 1);
		CHECK_INT(count(&t, "\"price\":14,"), 1);
		finish(&t);
	}
	TEST("a stream without seq is numbered, its signals with it")
	{
		START(t, "buy when close > 1");
		for (int i = 0; i < 3; i++)
			CHECK(feed(&t, "{\"type\":\"bar\",\"time\":"
				       "\"2024-01-02T10:00:00Z\",\"symbol\":"
				       "\"A\",\"close\":2}") == 0);
		CHECK_INT(count(&t, "\"seq\":3"), 2);
		CHECK_INT(count(&t, "\"signal\",\"seq\":1,"), 1);
		finish(&t);
	}
}

static void
test_options(void)
{
	struct run t;
	TEST("wrong options and rules are status 2 before any record")
	{
		const char *bad[] = {"--strategy|a b|buy when true",
		    "--strategy|abcdefghijklmnopqrstuvwxy|buy when true",
		    "--combine|most|buy when true", "buy wen true",
		    "buy when last_of(day)", "--strategy|x"};
		for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
			CHECK(start(&t, bad[i]) < 0);
			CHECK_INT(finish(&t), EXIT_USAGE);
		}
	}
	TEST("--strategy names it, --combine joins the rules that fired")
	{
		const char *args =
		    "--strategy|abc-1|--combine|vote:2|"
		    "x: buy when close > 1|y: buy when close > 2|"
		    "z: buy when close > 3";
		CHECK(start(&t, args) == 0);
		CHECK(feed_bar(&t, "A", "1d", 2) == 0);
		CHECK(feed_bar(&t, "A", "1d", 3) == 0);
		CHECK_INT(count(&t, "\"signal\""), 1);
		CHECK(
		    strstr(buf_str(&t.out),
			"\"strategy\":\"abc-1\",\"action\":\"BUY\","
			"\"strength\":0.666666666666667,\"rules\":\"x,y\","
			"\"price\":3,\"why\":\"close 3 > 1; close 3 > 2\",") !=
		    NULL);
		CHECK_INT(finish(&t), 0);
	}
}

int
main(void)
{
	test_pass();
	test_series();
	test_fields();
	test_prefix();
	test_mixins();
	test_options();
	return check_done();
}
