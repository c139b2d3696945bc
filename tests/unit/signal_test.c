/* SPDX-License-Identifier: MIT */
/* Rules: reading, meaning, combining. */
#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "base/time.h"
#include "check.h"
#include "rule_oracle.h"
#include "signal/clock.h"
#include "signal/decide.h"
#include "signal/mixin.h"
#include "signal/wish.h"

/* The message that a rule gives, or "" when it is right. */
static const char *
message(const char *text)
{
	static char out[2048];
	struct rules r = {.tool = "tsignal"};
	rules_operand(&r, text);
	snprintf(
	    out, sizeof(out), "%s", r.errors.len > 0 ? buf_str(&r.errors) : "");
	rules_release(&r);
	return out;
}

static int
says(const char *rule, const char *part)
{
	int yes = strstr(message(rule), part) != NULL;
	if (!yes)
		printf("# '%s' says: %s\n", rule, message(rule));
	return yes;
}

/* The normal form of a rule, or "!" when it is wrong. */
static const char *
normal(const char *text)
{
	static char out[16384];
	struct rules r = {.tool = "tsignal"};
	struct buf b = {0};
	if (rules_operand(&r, text) < 0 || rule_print(&r, &r.rules[0], &b) != 0)
		snprintf(out, sizeof(out), "!");
	else
		snprintf(out, sizeof(out), "%s", buf_str(&b));
	buf_release(&b);
	rules_release(&r);
	return out;
}

/* A condition over columns a, b, c, bar after bar: T, F or - for null. */
static const char *
trace(const char *condition, const double *a, const double *b, int n)
{
	static char out[64];
	char text[512];
	struct rules r = {.tool = "tsignal"};
	struct code c = {0};
	snprintf(text, sizeof(text), "buy when %s", condition);
	memset(out, 0, sizeof(out));
	if (rules_operand(&r, text) < 0 || code_compile(&c, &r) < 0) {
		rules_release(&r);
		return "!";
	}
	struct code_state *s = code_state_new(&c);
	for (int t = 0; t < n; t++) {
		double in[8] = {0};
		for (uint32_t i = 0; i < c.ninputs; i++)
			in[i] = c.inputs[i].name[0] == 'a' ? a[t] : b[t];
		code_run(&c, s, in, NULL);
		double x = code_value(&c, s, r.rules[0].when);
		out[t] = isnan(x) ? '-' : x == 1 ? 'T' : 'F';
	}
	free(s);
	code_release(&c);
	rules_release(&r);
	return out;
}

static void
test_messages(void)
{
	TEST("an unknown word has its rule, a caret and the nearest word")
	{
		CHECK_STR(message("buy when sma_10 crosss above sma_30"),
		    "rule 1: unknown word 'crosss' (did you mean 'crosses'?)\n"
		    "  buy when sma_10 crosss above sma_30\n"
		    "                  ^");
	}
	TEST("each kind of mistake is named")
	{
		CHECK(says("by when close > 1", "(did you mean 'buy'?)"));
		CHECK(says("BUY when close > 1", "(did you mean 'buy'?)"));
		CHECK(says("buy wen close > 1", "(did you mean 'when'?)"));
		CHECK(says("buy", "'when' is missing after 'buy'"));
		CHECK(says("", "a rule begins with an action"));
		CHECK(says("buy when", "a value is missing at the end"));
		CHECK(says("buy when hihgest(close, 3) > 1",
		    "unknown function 'hihgest' (did you mean 'highest'?)"));
		CHECK(says("buy when close == 1", "write '='"));
		CHECK(says("buy when a > 1 && b > 2", "write 'and'"));
		CHECK(says("buy when 1 < a < 3", "do not chain"));
		CHECK(says("buy when close + 1", "a number where a condition"));
		CHECK(says(
		    "buy when (a > 1) + 1 > 2", "a condition where a number"));
		CHECK(says("buy when a[0] > 1", "number of bars"));
		CHECK(says("buy when a[-1] > 1", "number of bars"));
		CHECK(says("buy when a[1.5] > 1", "number of bars"));
		CHECK(says("buy when (a + 1)[1] > 1", "unexpected '['"));
		CHECK(says("buy when highest(a) > 1", "',' is missing"));
		CHECK(says("buy when (a > 1", "')' is missing"));
		CHECK(says("buy when a > 1 limit 5 limit 6", "given twice"));
		CHECK(says("buy when a > 1 tif dat", "did you mean 'day'?"));
		CHECK(says("buy when a > 1 trail 5", "trail 5%"));
		CHECK(says("buy when a > 1 stop-loss 3%", "write '-3%'"));
		CHECK(says("buy when a > 1 max-bars 0", "whole number"));
		CHECK(says("hold when a > 1 limit 3", "takes no 'limit'"));
		CHECK(says("buy when a > 1 size", "value is missing"));
		CHECK(says("buy when a > 007", "bad number '007'"));
		CHECK(says("buy when a > 1.2.3", "bad number"));
		CHECK(says("buy when a > 1e999", "bad number"));
		CHECK(says("buy when a > $n", "unknown parameter '$n'"));
		CHECK(says("buy when a > 1 and", "missing at the end"));
		CHECK(says("buy when stop > 1", "missing before 'stop'"));
		CHECK(says("x*0: buy when a > 1", "a weight is"));
		CHECK(says("buy when a > 1\x1b[2J", "unexpected character"));
	}
	TEST("no control character of a rule reaches the message")
	{
		const char *m = message("buy when a > 1 \x1b]0;x\x07 \x80");
		CHECK(strchr(m, '\x1b') == NULL && strchr(m, '\x07') == NULL &&
		      strchr(m, '\x80') == NULL);
	}
	TEST("a caret under a long rule stays in view")
	{
		char text[600] = "buy when a > 1";
		while (strlen(text) < 400)
			strcat(text, " and a > 1");
		strcat(text, " annd b > 2");
		const char *m = message(text);
		CHECK(strlen(m) < 300);
		const char *line = strstr(m, "\n  "), *caret;
		CHECK(line != NULL);
		caret = line != NULL ? strstr(line + 3, "\n  ") : NULL;
		CHECK(caret != NULL && strchr(caret, '^') != NULL);
		if (caret != NULL)
			CHECK(strncmp(line + (strchr(caret, '^') - caret),
				  "annd", 4) == 0);
	}
}

static void
test_limits(void)
{
	char text[RULE_TEXT_MAX + 200];
	TEST("depth is bounded: 60 levels are read, 100 are not")
	{
		for (int depth = 60; depth <= 100; depth += 40) {
			char *p = text + sprintf(text, "buy when ");
			for (int i = 0; i < depth; i++)
				*p++ = '(';
			p += sprintf(p, "a > 1");
			for (int i = 0; i < depth; i++)
				*p++ = ')';
			*p = '\0';
			CHECK(says(text, depth == 60 ? "" : "too deep"));
			CHECK((message(text)[0] == '\0') == (depth == 60));
		}
		for (size_t i = 0; i < 200; i++)
			memcpy(text + 9 + 4 * i, "not ", 5);
		CHECK(says(text, "too deep"));
		memset(text + 9, '-', 300);
		text[309] = '\0';
		CHECK(says(text, "too deep"));
	}
	TEST("a long chain of sums is no deeper than a short one")
	{
		char *p = text + sprintf(text, "buy when a");
		while (p < text + 1000)
			p += sprintf(p, "+1");
		sprintf(p, " > 5");
		CHECK_STR(message(text), "");
	}
	TEST("what stands side by side is not deep")
	{
		char *p = text + sprintf(text, "buy when (a > -1)");
		for (int i = 0; i < 100; i++)
			p += sprintf(p, " and not (-abs(a) > 1)");
		CHECK_STR(message(text), "");
	}
	TEST("a rule of more than 4096 bytes is refused")
	{
		memset(text, ' ', sizeof(text));
		memcpy(text, "buy when a > 1", 14);
		text[sizeof(text) - 1] = '\0';
		CHECK(says(text, "too long"));
	}
	TEST("memory of all rules together is bounded")
	{
		struct rules r = {.tool = "tsignal"};
		struct code c = {0};
		for (int i = 0; i < 200; i++) {
			char rule[256];
			snprintf(rule, sizeof(rule),
			    "buy when highest(a + %d, 9999) > "
			    "lowest(b + %d, 9999)",
			    i, i);
			CHECK(rules_operand(&r, rule) == 0);
		}
		/* 400 windows of 20001 words: 8 million */
		CHECK(code_compile(&c, &r) < 0);
		CHECK(strstr(buf_str(&r.errors), "look back at too much") !=
		      NULL);
		code_release(&c);
		rules_release(&r);
	}
}

static void
test_normal_form(void)
{
	TEST("precedence, loosest first: or and not comparison sum product -")
	{
		CHECK_STR(normal("buy when not a>1 and b>2 or c<3"),
		    "buy when not a > 1 and b > 2 or c < 3 tif day");
		CHECK_STR(normal("buy when (not (a>1)) and ((b>2) or c<3)"),
		    "buy when not a > 1 and (b > 2 or c < 3) tif day");
		CHECK_STR(normal("buy when not (a>1 and b>2)"),
		    "buy when not (a > 1 and b > 2) tif day");
		CHECK_STR(normal("buy when (a-(b-c))*-a[2]>=((a*b)/c)"),
		    "buy when (a - (b - c)) * -a[2] >= a * b / c tif day");
		CHECK_STR(normal("buy when a/(b*c) = -(a+b)"),
		    "buy when a / (b * c) = -(a + b) tif day");
		CHECK_STR(normal("buy when a between b and c and d"),
		    "buy when a between b and c and d tif day");
		CHECK_STR(normal("buy when min(a,b,3)[2] crosses  below 5%"),
		    "buy when min(min(a, b), 3)[2] crosses below 5% tif day");
		CHECK_STR(normal("buy when (a > b) = true"),
		    "buy when (a > b) = true tif day");
	}
	TEST("clauses stand in any order")
	{
		CHECK_STR(
		    normal("x: sell when a rises for 1 tif gtc max-bars 3 "
			   "take-profit +2% trail 5% stop-loss -3% size 10 "
			   "stop a-1 limit a+1"),
		    "sell when a rises limit a + 1 stop a - 1 size 10 "
		    "stop-loss -3% take-profit +2% trail 5% max-bars 3 "
		    "tif gtc");
		CHECK_STR(normal("buy when a>1 stop-loss -3 * a"),
		    "buy when a > 1 stop-loss -3 * a tif day");
		CHECK_STR(normal("buy when a>1 stop-loss -3% tif bar"),
		    "buy when a > 1 stop-loss -3% tif bar");
	}
	TEST("names: given, numbered, weighted")
	{
		struct rules r = {.tool = "tsignal"};
		CHECK(rules_operand(&r, "fast-1 * 0.7 : buy when a > 1") == 0);
		CHECK(rules_operand(&r, "buy when a > 1") == 0);
		CHECK(rules_operand(&r, "@momentum:5*0.25") == 0);
		CHECK_STR(r.rules[0].name, "fast-1");
		CHECK(dec_to_double(r.rules[0].weight) == 0.7);
		CHECK_STR(r.rules[1].name, "r2");
		CHECK_STR(r.rules[2].name, "momentum");
		CHECK_STR(r.rules[3].name, "momentum");
		CHECK(dec_to_double(r.rules[3].weight) == 0.25);
		rules_release(&r);
	}
}

static void
test_meaning(void)
{
	const double N = NAN;
	TEST("three-valued logic is Kleene's")
	{
		/* T T T F F F N N N against T F N */
		const double a[] = {1, 1, 1, 0, 0, 0, N, N, N};
		const double b[] = {1, 0, N, 1, 0, N, 1, 0, N};
		CHECK_STR(trace("a > 0 and b > 0", a, b, 9), "TF-FFF-F-");
		CHECK_STR(trace("a > 0 or b > 0", a, b, 9), "TTTTF-T--");
		CHECK_STR(trace("not a > 0", a, b, 9), "FFFTTT---");
		CHECK_STR(trace("(a > 0) = (b > 0)", a, b, 9), "TF-FT----");
	}
	TEST("a cross needs the other side or equality on the bar before")
	{
		const double a[] = {2, 1, 2, 2, 1, 2, 3, N, 3, 1, N, 3, 4};
		const double b[] = {1, 1, 1, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2};
		CHECK_STR(
		    trace("a crosses above b", a, b, 13), "-FTFFTFF-F--F");
		CHECK_STR(
		    trace("a crosses below b", a, b, 13), "FFFFTFF-FTFFF");
	}
	TEST("a step down undoes rises, whatever else is not known")
	{
		const double a[] = {1, 2, 3, 3, 4, 5, N, 6, 7, 8, 7};
		CHECK_STR(trace("a rises", a, a, 11), "-TTFTT--TTF");
		CHECK_STR(trace("a rises for 2", a, a, 11), "--TFFT---TF");
		CHECK_STR(trace("a falls", a, a, 11), "-FFFFF--FFT");
	}
	TEST("windows wait until they are full, and for nulls to leave")
	{
		const double a[] = {1, 3, 2, N, 5, 4, 4, 6};
		CHECK_STR(trace("highest(a, 3) = 3", a, a, 8), "--T---FF");
		CHECK_STR(trace("lowest(a, 2) = 4", a, a, 8), "-FF--TTT");
		CHECK_STR(trace("a[2] = 1", a, a, 8), "--TFF-FF");
		CHECK_STR(trace("change(a, 1) = 2", a, a, 8), "-TF--FFT");
	}
	TEST("since counts from the bar itself, and is null before")
	{
		const double a[] = {0, 1, 0, N, 0, 1, 1};
		CHECK_STR(trace("since(a > 0) = 0", a, a, 7), "-TFFFTT");
		CHECK_STR(trace("since(a > 0) = 2", a, a, 7), "-FFTFFF");
	}
	TEST("history is kept on bars that the rest of the rule refuses")
	{
		const double a[] = {1, 2, 3, 4, 5};
		const double b[] = {0, 0, 0, 0, 1};
		CHECK_STR(trace("b > 0 and a[3] = 2", a, b, 5), "FFFFT");
		CHECK_STR(
		    trace("b > 0 and highest(a, 4) = 5", a, b, 5), "FFFFT");
	}
	TEST("no division by zero, no infinity")
	{
		const double a[] = {0, 1e308, -1e308, 5};
		CHECK_STR(trace("1 / a > 0 or true", a, a, 4), "TTTT");
		CHECK_STR(trace("1 / a < 99", a, a, 4), "-TTT");
		CHECK_STR(trace("a * 10 > 1", a, a, 4), "F--T");
		CHECK_STR(trace("a / a = 1", a, a, 4), "-TTT");
	}
	TEST("a percentage is the double of its fraction")
	{
		const double a[] = {0.05, 0.07, 0.0055};
		CHECK_STR(
		    trace("a = 5% or a = 7% or a = 0.55%", a, a, 3), "TTT");
	}
	TEST("names are true or false where a condition stands")
	{
		const double a[] = {1, 0, N};
		CHECK_STR(trace("a", a, a, 3), "TF-");
		CHECK_STR(trace("not a", a, a, 3), "FT-");
		CHECK_STR(trace("a = true", a, a, 3), "TF-");
	}
}

static void
test_steps(void)
{
	TEST("steps count a value within 1e-9 of a multiple as that multiple")
	{
		CHECK(step_floor(0.3, 0.1) == 0.3); /* 0.3 / 0.1 < 3 */
		CHECK(step_floor(1.15, 0.01) == 1.15);
		CHECK(step_ceil(1.1500000000001, 0.01) == 1.15);
		CHECK(step_ceil(1.151, 0.01) == 1.16);
		CHECK(step_floor(-1.151, 0.01) == -1.16);
		CHECK(step_floor(1.1599999, 0.01) == 1.15);
		CHECK(step_round(2.5, 1) == 2 && step_round(3.5, 1) == 4);
		CHECK(step_floor(1234.5, 100) == 1200);
		CHECK(isnan(step_floor(1, 0)) && isnan(step_round(1, -1)));
		CHECK(isnan(step_floor(NAN, 1)) && isnan(step_ceil(1, NAN)));
	}
	TEST("floors at 0.01 are the doubles of their decimals")
	{
		struct random g = {7};
		for (int i = 0; i < 20000; i++) {
			int64_t cents = (int64_t)random_below(&g, 100000000);
			double x = (double)cents / 100;
			double more = x + 0.001 * (double)(1 + i % 9);
			CHECK(step_floor(x, 0.01) == x);
			CHECK(step_floor(more, 0.01) == x);
			CHECK(step_ceil(x, 0.01) == x);
		}
	}
}

/* Random expressions as text. */
static void
grow(struct random *g, struct buf *b, int is_bool, int depth)
{
	static const char *const bools[] = {"(# and #)", "(# or #)", "(not #)",
	    "(@ < @)", "(@ <= @)", "(@ > @)", "(@ >= @)", "(@ = @)", "(@ != @)",
	    "(@ crosses above @)", "(@ crosses below @)", "(@ between @ and @)",
	    "(@ rises)", "(@ rises for 3)", "(@ falls for 2)", "(# = #)",
	    "d[2]"};
	static const char *const numbers[] = {"(@ + @)", "(@ - @)", "(@ * @)",
	    "(@ / @)", "(-@)", "abs(@)", "min(@, @)", "max(@, @, @)",
	    "floor(@, 0.5)", "ceil(@, abs(@))", "round(@, 2)", "highest(@, 4)",
	    "lowest(@, 3)", "change(@, 2)", "since(#)", "abs(@)[3]",
	    "highest(@, 2)[1]"};
	static const char *const leaves[] = {
	    "a", "b", "c", "a[1]", "b[5]", "2", "0.5", "300%", "0"};
	const char *s;
	if (is_bool)
		s = depth == 0 ? (random_below(g, 4) ? "d" : "true")
			       : bools[random_below(g, 17)];
	else
		s = depth == 0 ? leaves[random_below(g, 9)]
			       : numbers[random_below(g, 17)];
	for (; *s != '\0'; s++) {
		if (*s != '#' && *s != '@') {
			buf_add_char(b, *s);
			continue;
		}
		int next = depth - 1 - (int)random_below(g, 2);
		grow(g, b, *s == '#', next > 0 ? next : 0);
	}
}

static void
fill(struct random *g, struct oracle *o)
{
	for (int k = 0; k < ORACLE_COLUMNS; k++)
		for (int t = 0; t < ORACLE_BARS; t++) {
			double x = (double)random_below(g, 9) - 3;
			if (k == 1)
				x /= 4;
			if (k == 3)
				x = x > 0;
			o->data[k][t] =
			    random_below(g, 12) == 0 ? (double)NAN : x;
		}
}

static int
is_same(double x, double y)
{
	return (isnan(x) && isnan(y)) || x == y ||
	       fabs(x - y) <= 1e-12 * fabs(x);
}

/* Runs fast and slow side by side; the number of differences. */
static int
differences(const struct rules *r, const struct code *c, const struct oracle *o)
{
	struct code_state *s = code_state_new(c);
	int bad = 0;
	for (int t = 0; t < ORACLE_BARS; t++) {
		double in[16];
		for (uint32_t i = 0; i < c->ninputs; i++)
			in[i] = o->data[c->inputs[i].name[0] - 'a'][t];
		code_run(c, s, in, NULL);
		for (int i = 0; i < r->nrules; i++)
			bad += !is_same(code_value(c, s, r->rules[i].when),
			    oracle_value(o, r->rules[i].when, t));
	}
	free(s);
	return bad;
}

static void
test_oracle(void)
{
	struct random g = {20240229};
	int wrong = 0, known = 0, unstable = 0, rejected = 0;
	TEST("5000 random rules mean what their definition says")
	{
		for (int i = 0; i < 1250; i++) {
			struct rules r = {.tool = "tsignal"};
			struct code c = {0};
			struct oracle o = {.r = &r};
			for (int k = 0; k < 4; k++) {
				struct buf b = {0};
				buf_add_str(&b, "buy when ");
				grow(&g, &b, 1, 1 + i % 4);
				rejected += rules_operand(&r, buf_str(&b)) < 0;
				char *once = strdup(normal(b.data));
				unstable += strcmp(once, normal(once)) != 0 ||
					    once[0] == '!';
				free(once);
				buf_release(&b);
			}
			fill(&g, &o);
			if (r.nerrors == 0 && code_compile(&c, &r) == 0) {
				wrong += differences(&r, &c, &o);
				known++;
			}
			code_release(&c);
			rules_release(&r);
		}
		CHECK_INT(wrong, 0);
		CHECK_INT(rejected, 0);
		CHECK_INT(known, 1250);
	}
	TEST("the normal form of each reads back to itself")
	CHECK_INT(unstable, 0);
}

static void
test_windows(void)
{
	TEST("a long window agrees with looking at all of it")
	{
		struct random g = {3};
		enum { BARS = 3000 };
		static double x[BARS];
		for (int32_t n = 1; n < 700; n = n * 3 + 1) {
			union word *w = calloc(window_words(n), sizeof(*w));
			int wrong = 0;
			for (int t = 0; t < BARS; t++) {
				x[t] = random_below(&g, 900) == 0
					   ? (double)NAN
					   : (double)random_below(&g, 50);
				double slow = t + 1 < n ? (double)NAN : x[t];
				for (int k = 0; k < n && t + 1 >= n; k++)
					slow = isnan(x[t - k]) || isnan(slow)
						   ? (double)NAN
						   : fmax(slow, x[t - k]);
				wrong += !is_same(
				    window_highest(w, n, x[t], t + 1), slow);
			}
			CHECK_INT(wrong, 0);
			free(w);
		}
	}
}

static int64_t
at(const char *s)
{
	int64_t ns = 0;
	if (time_parse(s, strlen(s), &ns, NULL) < 0)
		printf("# bad time %s\n", s);
	return ns;
}

static const char *
last_of(enum calendar_kind calendar, const char *start, int64_t span)
{
	static char out[4];
	double clock[CLOCKS];
	clock_read(clock, &(struct clock_calendar){.kind = calendar}, NULL,
	    (int64_t[]){at(start), span});
	for (int i = 0; i < 3; i++) {
		double x = clock[CLOCK_LAST_OF_DAY + i];
		out[i] = isnan(x) ? '-' : x == 1 ? 'T' : 'F';
	}
	return out;
}

static void
test_clock(void)
{
	TEST("last_of day, week, month by calendar")
	{
		/* 2024-05-31 is a Friday, 2024-03-29 too */
		CHECK_STR(
		    last_of(CALENDAR_24X7, "2024-05-31T00:00:00Z", TIME_DAY),
		    "TFT");
		CHECK_STR(last_of(CALENDAR_WEEKDAYS, "2024-05-31T00:00:00Z",
			      TIME_DAY),
		    "TTT");
		CHECK_STR(last_of(CALENDAR_WEEKDAYS, "2024-03-29T00:00:00Z",
			      TIME_DAY),
		    "TTT");
		CHECK_STR(
		    last_of(CALENDAR_24X7, "2024-03-29T00:00:00Z", TIME_DAY),
		    "TFF");
		CHECK_STR(last_of(CALENDAR_WEEKDAYS, "2024-05-29T00:00:00Z",
			      TIME_DAY),
		    "TFF");
		CHECK_STR(
		    last_of(CALENDAR_NONE, "2024-05-31T00:00:00Z", TIME_DAY),
		    "---");
		CHECK_STR(
		    last_of(CALENDAR_24X7, "2024-06-02T23:00:00Z", TIME_HOUR),
		    "TTF");
		CHECK_STR(
		    last_of(CALENDAR_24X7, "2024-06-02T22:00:00Z", TIME_HOUR),
		    "FFF");
	}
	TEST("weekdays does not say when a day of hours ends")
	{
		CHECK_STR(last_of(CALENDAR_WEEKDAYS, "2024-05-29T15:00:00Z",
			      TIME_HOUR),
		    "-FF");
		CHECK_STR(last_of(CALENDAR_WEEKDAYS, "2024-05-31T15:00:00Z",
			      TIME_HOUR),
		    "---");
		CHECK_STR(last_of(CALENDAR_WEEKDAYS, "2024-05-31T23:00:00Z",
			      TIME_HOUR),
		    "TTT");
		CHECK_STR(last_of(CALENDAR_WEEKDAYS, "2024-06-01T00:00:00Z",
			      TIME_DAY),
		    "---");
	}
	TEST("hour and weekday follow the zone")
	{
		double utc[CLOCKS], there[CLOCKS];
		struct zone *z = zone_new("-05:00");
		int64_t bar[2] = {at("2024-01-01T03:30:00Z"), TIME_HOUR};
		clock_read(utc, &(struct clock_calendar){.kind = CALENDAR_NONE}, NULL, bar);
		clock_read(there, &(struct clock_calendar){.kind = CALENDAR_NONE}, z, bar);
		CHECK(utc[CLOCK_HOUR] == 3 && utc[CLOCK_WEEKDAY] == 1);
		CHECK(there[CLOCK_HOUR] == 22 && there[CLOCK_WEEKDAY] == 7);
		CHECK(utc[CLOCK_MONTH] == there[CLOCK_MONTH] + 1);
		CHECK(utc[CLOCK_WEEK] == there[CLOCK_WEEK] + 1);
		zone_free(z);
	}
	TEST("a day of 25 hours ends where its date does")
	{
		double clock[CLOCKS];
		struct zone *z = zone_new("America/New_York");
		/* midnight in New York; summer time ends on that day */
		int64_t bar[2] = {at("2024-11-03T04:00:00Z"), TIME_DAY};
		if (z == NULL)
			printf("# skipped: no zoneinfo\n");
		else
			clock_read(clock, &(struct clock_calendar){.kind = CALENDAR_24X7}, z, bar);
		CHECK(z == NULL || (clock[CLOCK_LAST_OF_DAY] == 1 &&
				       clock[CLOCK_LAST_OF_WEEK] == 1 &&
				       clock[CLOCK_LAST_OF_MONTH] == 0));
		zone_free(z);
	}
	TEST("the ends of time break nothing")
	{
		double clock[CLOCKS];
		int64_t ends[][2] = {{INT64_MAX, TIME_DAY},
		    {INT64_MIN + 1, TIME_HOUR}, {INT64_MAX, 1},
		    {INT64_MIN, INT64_MAX}};
		for (size_t i = 0; i < 4; i++) {
			clock_read(clock, &(struct clock_calendar){.kind = CALENDAR_WEEKDAYS}, NULL, ends[i]);
			CHECK(clock[CLOCK_WEEKDAY] >= 1 &&
			      clock[CLOCK_WEEKDAY] <= 7);
		}
	}
	TEST("first_of is true on the first bar ever, then on each new period")
	{
		struct rules r = {.tool = "tsignal"};
		struct code c = {0};
		const char *days[] = {"2024-05-30T00:00:00Z",
		    "2024-05-31T00:00:00Z", "2024-06-03T00:00:00Z",
		    "2024-06-04T00:00:00Z"};
		const char *want[] = {"TTT", "TFF", "TTT", "TFF"};
		CHECK(rules_operand(&r, "buy when first_of(day)") == 0);
		CHECK(rules_operand(&r, "buy when first_of(week)") == 0);
		CHECK(rules_operand(&r, "buy when first_of(month)") == 0);
		CHECK(code_compile(&c, &r) == 0 && c.has_clock);
		struct code_state *s = code_state_new(&c);
		for (int t = 0; t < 4; t++) {
			double clock[CLOCKS];
			clock_read(clock, &(struct clock_calendar){.kind = CALENDAR_NONE}, NULL,
			    (int64_t[]){at(days[t]), TIME_DAY});
			code_run(&c, s, NULL, clock);
			for (int i = 0; i < 3; i++)
				CHECK(code_value(&c, s, r.rules[i].when) ==
				      (want[t][i] == 'T'));
		}
		free(s);
		code_release(&c);
		rules_release(&r);
	}
}

/* Which rule decides for each action, as "rule/strength ..." */
static const char *
decisions(const char *how, const char *fires)
{
	static char out[128];
	struct rules r = {.tool = "tsignal"};
	struct decision d = {.rule = -1};
	unsigned char fired[8] = {0};
	const char *rules[] = {"x*0.5: buy when a", "sell when a",
	    "y*0.25: buy when a", "z*0.25: buy when a"};
	size_t n = 0;
	for (int i = 0; i < 4; i++) {
		rules_operand(&r, rules[i]);
		fired[i] = fires[i] == '1';
	}
	if (how[0] != '\0' && rules_combine(&r, "test", how, strlen(how)) < 0)
		snprintf(out, sizeof(out), "!");
	else
		out[0] = '\0';
	while (out[0] != '!' && decide_next(&r, fired, d.rule + 1, &d))
		n += (size_t)snprintf(
		    out + n, sizeof(out) - n, "%d/%.2f ", d.rule, d.strength);
	rules_release(&r);
	return out;
}

static void
test_combine(void)
{
	TEST("without --combine each rule speaks for itself, in order")
	CHECK_STR(decisions("", "1101"), "0/1.00 1/1.00 3/1.00 ");
	TEST("any, all, vote and weight go over rules of the same action")
	{
		CHECK_STR(decisions("any", "0111"), "1/1.00 2/0.67 ");
		CHECK_STR(decisions("all", "1111"), "0/1.00 1/1.00 ");
		CHECK_STR(decisions("all", "1110"), "1/1.00 ");
		CHECK_STR(decisions("vote:2", "0011"), "2/0.67 ");
		CHECK_STR(decisions("vote:2", "0101"), "");
		CHECK_STR(decisions("weight:0.75", "1010"), "0/0.75 ");
		CHECK_STR(decisions("weight:0.75", "0011"), "");
		CHECK_STR(decisions("weight:0.5", "0011"), "2/0.50 ");
	}
	TEST("other ways to combine are refused")
	{
		const char *bad[] = {"anyx", "vote", "vote:", "vote:0",
		    "vote:1.5", "weight:x", "weight:-1", "most", "vote:2 "};
		for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
			CHECK_STR(decisions(bad[i], "1111"), "!");
	}
}

static void
test_mixins(void)
{
	TEST("a ready-made rule in an expression is its condition")
	{
		CHECK_STR(normal("buy when a > 1 and @momentum:5"),
		    "buy when a > 1 and change(close, 5) > 0 tif day");
		CHECK_STR(normal("buy when not @volume:1.5,2"),
		    "buy when not volume > 1.5 * (volume[1] + volume[2]) / 2 "
		    "tif day");
		CHECK_STR(normal("buy when since(@mean-reversion) < 3"),
		    "buy when since(close <= lowest(close, 7)) < 3 tif day");
	}
	TEST("as an operand it is all its rules")
	{
		for (int i = 0; mixins[i] != NULL; i++) {
			struct rules r = {.tool = "tsignal"};
			char text[64];
			snprintf(text, sizeof(text), "@%s", mixins[i]->name);
			CHECK(rules_operand(&r, text) == 0);
			CHECK(r.nrules >= 1);
			CHECK_INT(r.rules[0].action, ACTION_BUY);
			for (int k = 0; k < r.nrules; k++)
				CHECK_STR(r.rules[k].name, mixins[i]->name);
			for (int k = 0; k < r.nrules; k++)
				CHECK(rule_check(&r, &r.rules[k]) == 0);
			rules_release(&r);
		}
	}
	TEST("arguments stand in the names of fields, too")
	{
		CHECK_STR(normal("buy when @bollinger:10,2.5"),
		    "buy when close < bbands_10_2p5_lower tif day");
		CHECK_STR(normal("buy when @sma-cross:5,8 and @supertrend"),
		    "buy when sma_5 > sma_8 and supertrend_10_3_direction > 0 "
		    "tif day");
		CHECK_STR(normal("buy when @xmomentum:12,1,0.8"),
		    "buy when xrank_roc_11_lag_1 >= 0.8 tif day");
		CHECK_STR(normal("buy when @pairs:30,1.5"),
		    "buy when zscore_30_xdemean < -1.5 tif day");
		CHECK_STR(normal("buy when @donchian:55,20"),
		    "buy when close > highest(high, 55)[1] tif day");
	}
	TEST("its mistakes are named")
	{
		CHECK(says("@rsi-reversal:14,30,101", "from 0 to 100"));
		CHECK(says("@donchian:20,10,5", "takes 2 arguments"));
		CHECK(says("@momentm", "did you mean '@momentum'?"));
		CHECK(says("@momentum:0", "n is a whole number from 1 to"));
		CHECK(says("@momentum:1.5", "whole number"));
		CHECK(says("@momentum:1,2", "takes 1 argument"));
		CHECK(says("@momentum:", "whole number"));
		CHECK(says("@momentum*0", "expected the end"));
		CHECK(says("buy when @volum", "did you mean '@volume'?"));
		CHECK(says("buy when @momentum > 3", "condition where"));
		CHECK(
		    says("@nowhere/x.strat", "cannot read 'nowhere/x.strat'"));
	}
}

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		printf("# cannot write %s\n", path);
}

static void
test_files(void)
{
	char dir[] = "/tmp/tape-signal-XXXXXX", path[64], operand[80];
	if (mkdtemp(dir) == NULL)
		return;
	snprintf(path, sizeof(path), "%s/trend_1.strat", dir);
	snprintf(operand, sizeof(operand), "@%s", path);
	TEST("a strategy file gives rules, parameters and a name")
	{
		struct rules r = {.tool = "tsignal"};
		struct buf b = {0};
		write_file(path,
		    "# a comment\n"
		    "feature sma:10 sma:30\n"
		    "size equity:20%\r\n"
		    "signal up: buy when a > $level stop-loss -$loss% # so\n"
		    "use momentum:$n*0.7\n"
		    "\n"
		    "param level = -2.5\n"
		    "param loss = 3\n"
		    "  param n=9\n"
		    "combine weight:0.7");
		CHECK(rules_operand(&r, operand) == 0);
		CHECK_STR(r.strategy, "trend_1");
		CHECK_INT(r.nrules, 3);
		CHECK_INT(r.combine.kind, COMBINE_WEIGHT);
		if (r.nrules == 3) {
			rule_print(&r, &r.rules[0], &b);
			buf_add_str(&b, "; ");
			rule_print(&r, &r.rules[1], &b);
			CHECK_STR(buf_str(&b),
			    "buy when a > -2.5 stop-loss -3% tif day; buy when "
			    "change(close, 9) crosses above 0 tif day");
		}
		buf_release(&b);
		rules_release(&r);
	}
	TEST("its mistakes have their line")
	{
		struct rules r = {.tool = "tsignal"};
		write_file(path, "signl buy when a > 1\n"
				 "signal buy when a >> 1\n"
				 "param x 3\n");
		CHECK(rules_operand(&r, operand) < 0);
		const char *m = buf_str(&r.errors);
		CHECK(
		    strstr(m, "trend_1.strat:1: unknown word 'signl' (did you "
			      "mean 'signal'?)") != NULL);
		CHECK(strstr(m, "trend_1.strat:2: ") != NULL);
		CHECK(strstr(m, "trend_1.strat:3: a parameter is written") !=
		      NULL);
		CHECK_INT(r.nerrors, 3);
		rules_release(&r);
	}
	TEST("an empty file is read")
	{
		struct rules r = {.tool = "tsignal"};
		write_file(path, "");
		CHECK(rules_operand(&r, operand) == 0);
		CHECK_INT(r.nrules, 0);
		rules_release(&r);
	}
	unlink(path);
	rmdir(dir);
}

/* The line that the first rule gives on a bar, or "". */
static const char *
signal_line(const char *rule, const char *bar)
{
	static char out[1024];
	struct rules r = {.tool = "tsignal", .strategy = "main"};
	struct code c = {0};
	struct wish w = {0};
	struct record b;
	struct record_error e;
	struct buf line = {0};
	unsigned char fired[8];
	struct decision d;
	out[0] = '\0';
	if (rules_operand(&r, rule) < 0 || code_compile(&c, &r) < 0 ||
	    record_init(&b) < 0 || wish_init(&w, &r, &c) < 0 ||
	    record_parse(&b, bar, strlen(bar), &e) < 0)
		return "!";
	struct code_state *s = code_state_new(&c);
	double in[8] = {0};
	for (uint32_t i = 0; i < c.ninputs; i++) {
		struct key k = {c.inputs[i].name, (uint16_t)c.inputs[i].len, 0, 0};
		const struct field *f = record_find(&b, &k);
		if (f == NULL || field_real(f, &in[i]) < 0)
			in[i] = NAN;
	}
	code_run(&c, s, in, NULL);
	decide_fired(&r, &c, s, fired);
	if (decide_next(&r, fired, 0, &d) &&
	    wish_make(&w, &b, s, &d, fired) == 0 &&
	    record_print(&w.out, &line) == 0)
		snprintf(
		    out, sizeof(out), "%.*s", (int)line.len - 1, line.data);
	free(s);
	buf_release(&line);
	record_release(&b);
	wish_release(&w);
	code_release(&c);
	rules_release(&r);
	return out;
}

#define BAR                                                                    \
	"{\"type\":\"bar\",\"seq\":7,\"time\":\"2024-01-02T00:00:00Z\","       \
	"\"symbol\":\"X\",\"span\":\"1d\",\"close\":101.50,\"low\":99,"        \
	"\"atr\":null}"
#define HEAD                                                                   \
	"{\"type\":\"signal\",\"seq\":7,\"time\":\"2024-01-02T00:00:00Z\","    \
	"\"symbol\":\"X\",\"strategy\":\"main\","

static void
test_records(void)
{
	TEST("a signal says what it wishes for, and why")
	{
		CHECK_STR(signal_line("buy when close > low * 1.02", BAR), HEAD
		    "\"action\":\"BUY\",\"strength\":1,\"rules\":\"r1\","
		    "\"price\":101.50,\"why\":\"close 101.5 > (low * 1.02) "
		    "100.98\",\"order_type\":\"market\",\"tif\":\"day\"}");
		CHECK_STR(
		    signal_line("dip: short when low <= 99 and not close < "
				"1 limit floor(close * 0.98, 0.01) stop "
				"low / 3 size 10 stop-loss close * 1.05 "
				"take-profit -2.50% trail 5% max-bars 8 "
				"tif gtc",
			BAR),
		    HEAD
		    "\"action\":\"SHORT\",\"strength\":1,\"rules\":\"dip\","
		    "\"price\":101.50,\"why\":\"low 99 <= 99 and not "
		    "close < 1\",\"order_type\":\"stop_limit\",\"limit\":"
		    "99.47,\"stop\":33,\"tif\":\"gtc\",\"size\":10,"
		    "\"stop_loss\":106.575,\"take_profit\":\"-2.50%\","
		    "\"trail\":\"5%\",\"max_bars\":8}");
	}
	TEST("order types: limit, stop, and a trail on an exit")
	{
		CHECK(strstr(signal_line("buy when low > 1 limit 5", BAR),
			  "\"order_type\":\"limit\",\"limit\":5,") != NULL);
		CHECK(strstr(signal_line("buy when low > 1 stop 5", BAR),
			  "\"order_type\":\"stop\",\"stop\":5,") != NULL);
		CHECK(strstr(signal_line("sell when low > 1 trail 5%", BAR),
			  "\"order_type\":\"trail\"") != NULL);
		CHECK(strstr(signal_line("buy when low > 1 trail 5%", BAR),
			  "\"order_type\":\"market\"") != NULL);
		CHECK(strstr(
			  signal_line("sell when low > 1 stop 5 trail 5%", BAR),
			  "\"order_type\":\"stop\"") != NULL);
	}
	TEST("a hold has no order")
	CHECK_STR(signal_line("hold when low > 1", BAR),
	    HEAD "\"action\":\"HOLD\",\"strength\":1,\"rules\":\"r1\","
		 "\"price\":101.50,\"why\":\"low 99 > 1\"}");
	TEST("a null in the condition or in a clause does not fire")
	{
		CHECK_STR(signal_line("buy when low > atr", BAR), "");
		CHECK_STR(
		    signal_line("buy when low > 1 stop low - atr", BAR), "");
		CHECK_STR(
		    signal_line("buy when low > 1 limit low / 0", BAR), "");
		CHECK(signal_line("buy when low > 1 or atr > 1", BAR)[0] != 0);
	}
	TEST("prices made by a rule have 15 significant digits")
	CHECK(strstr(signal_line("buy when low > 1 limit 0.1 + 0.2 stop "
				 "100 / 3",
			 BAR),
		  "\"limit\":0.3,\"stop\":33.3333333333333,") != NULL);
}

int
main(void)
{
	test_messages();
	test_limits();
	test_normal_form();
	test_meaning();
	test_steps();
	test_oracle();
	test_windows();
	test_clock();
	test_combine();
	test_mixins();
	test_files();
	test_records();
	return check_done();
}
