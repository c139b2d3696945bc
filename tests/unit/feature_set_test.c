/* SPDX-License-Identifier: MIT */
/* Features put together: sources, names, series that do not mix, warm-up, and
 * the feature lines of a strategy file. */
#include "feature/feature_set.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "feature/strategy_file.h"

static struct random rng = {7};

/* Builds a set; NULL when it holds, else why not. */
static const char *
build(struct feature_set *set, const char *const *texts)
{
	static struct feature_error e;
	memset(set, 0, sizeof(*set));
	for (; *texts != NULL; texts++)
		if (feature_set_add(set, *texts, &e) < 0)
			return e.text;
	return feature_set_link(set, &e) < 0 ? e.text : NULL;
}

static const char *
why_not(const char *a, const char *b)
{
	const char *const texts[] = {a, b, NULL};
	struct feature_set set;
	const char *why = build(&set, texts);
	feature_set_release(&set);
	return why != NULL ? why : "accepted";
}

static void *
new_block(const struct feature_set *set)
{
	void *block = calloc(1, set->block);
	if (block == NULL)
		exit(1);
	feature_set_init(set, block);
	return block;
}

static int
step(struct feature_set *set, void *block, double close)
{
	struct feature_input in = {0};
	int i;
	for (i = 0; i < set->nfields; i++)
		set->values[i] = close + i;
	set->values[VALUE_CLOSE] = close;
	return feature_set_update(set, block, &in);
}

static double
price(void)
{
	return (double)(100 + random_below(&rng, 50));
}

static void
test_sources(void)
{
	static const char *const chain[] = {"fast=sma:2", "sma:3,src=fast",
	    "sum:2,src=other", NULL};
	struct feature_set set;
	TEST("a feature reads an earlier one and any field") {
		CHECK(build(&set, chain) == NULL);
		void *block = new_block(&set);
		CHECK_INT(set.noutputs, 3);
		CHECK_INT(set.nfields, VALUE_BASE + 1);
		CHECK_STR(set.fields[VALUE_BASE].key.name, "other");
		CHECK_STR(set.keys[1].name, "sma_3_fast");
		CHECK_INT(set.fields[VALUE_CLOSE].user, 0);
		CHECK_INT(set.fields[VALUE_HIGH].user, -1);
		double *out = set.values + set.nfields;
		CHECK(!step(&set, block, 1) && isnan(out[0]));
		CHECK(!step(&set, block, 3) && out[0] == 2 && isnan(out[1]));
		CHECK(out[2] == 1 + 3 + 2 * VALUE_BASE);
		CHECK(!step(&set, block, 5) && out[0] == 4 && isnan(out[1]));
		CHECK(step(&set, block, 7) && out[0] == 6 && out[1] == 4);
		free(block);
		feature_set_release(&set);
	}
	TEST("what cannot be is refused") {
		CHECK(strstr(why_not("sma:3", "sma:3"), "comes twice"));
		CHECK(strstr(why_not("x=macd", "x_signal=sma:2"), "twice"));
		CHECK(strstr(why_not("close=sma:3", NULL), "field of bars"));
		CHECK(strstr(why_not("time=sma:3", NULL), "field of bars"));
		CHECK(strstr(why_not("sma:3,src=rsi_14", "rsi"), "before it"));
		CHECK(strstr(why_not("a=sma:3,src=a", NULL), "before it"));
		CHECK_STR(why_not("rsi", "sma:3,src=rsi_14"), "accepted");
		CHECK_STR(why_not("vwap", "sma:3,src=vwap"), "accepted");
		CHECK_STR(why_not("vwap", "vwap:3"), "accepted");
	}
}

static void
test_series(void)
{
	static const char *const texts[] = {"rsi:5", "bbands:7,2", "psar",
	    "max:4", NULL};
	struct feature_set set;
	double alone[200], both[200], close[200];
	int i;
	TEST("series do not mix") {
		CHECK(build(&set, texts) == NULL);
		void *a = new_block(&set), *b = new_block(&set);
		for (i = 0; i < 200; i++) {
			close[i] = price();
			step(&set, a, close[i]);
			alone[i] = set.values[set.nfields + 1];
		}
		memset(a, 0, set.block);
		feature_set_init(&set, a);
		for (i = 0; i < 200; i++) {
			step(&set, b, price());
			step(&set, a, close[i]);
			both[i] = set.values[set.nfields + 1];
		}
		CHECK(memcmp(alone, both, sizeof(both)) == 0);
		free(a);
		free(b);
		feature_set_release(&set);
	}
}

static const char *
strategy(const char *text, struct buf *words, size_t *count)
{
	static struct feature_error e;
	char path[] = "/tmp/feature_set_test.XXXXXX";
	int fd = mkstemp(path), failed;
	buf_clear(words);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		exit(1);
	close(fd);
	failed = strategy_file_features(path, words, count, &e) < 0;
	unlink(path);
	return failed ? e.text : NULL;
}

static void
test_strategy(void)
{
	struct buf words = {0};
	size_t count;
	TEST("a strategy file gives its feature lines and no others") {
		CHECK(strategy("# trend\nfeature sma:10  sma:30 # two\n"
		               "use @momentum\r\n\n  feature\trsi:14\r\n"
		               "signal buy when feature > 3\n"
		               "features x\nsize 5\nfeature last", &words,
		          &count) == NULL);
		CHECK_INT(count, 4);
		CHECK(words.len == sizeof("sma:10\0sma:30\0rsi:14\0last") &&
		    memcmp(words.data, "sma:10\0sma:30\0rsi:14\0last",
		        words.len) == 0);
		CHECK(strategy("", &words, &count) == NULL && count == 0);
	}
	TEST("a feature line without features is an error with its line") {
		const char *why = strategy("use x\nfeature # none\n", &words,
		    &count);
		CHECK(why != NULL && strstr(why, ":2: feature names nothing"));
	}
	TEST("a file that is not there is an error") {
		struct feature_error e;
		CHECK(strategy_file_features("/nonexistent/x", &words, &count,
		          &e) < 0);
		CHECK(strstr(e.text, "cannot read '/nonexistent/x'") != NULL);
	}
	buf_release(&words);
}

int
main(void)
{
	test_sources();
	test_series();
	test_strategy();
	return check_done();
}
