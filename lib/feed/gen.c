/* SPDX-License-Identifier: MIT */
/* Made-up bars: a seeded random walk in integers, the same bytes for ever.
 *
 * Each symbol has its own generator, and a bar takes eight draws: a gap of at
 * most 0.5 %, four steps of at most 1 % (a daily deviation near 1.2 %), how far
 * the high and the low reach beyond (at most 1 %), and the volume. A 256th of
 * the way back to 100.00 keeps prices near it however long it runs. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"
#include "feed/name.h"
#include "feed/put.h"
#include "feed/source.h"

enum {
	GEN_SYMBOLS_MAX = 10000,
	GEN_PRICE = 10000, /* cents */
	GEN_FLOOR = 100,
};

/* 2000-01-03, a Monday. */
#define GEN_START (INT64_C(10959) * TIME_DAY)

struct walk {
	struct random random;
	int64_t close; /* cents */
	uint32_t symbol;
};

struct gen {
	int64_t seed, bars, symbols, span;
	struct walk *walks; /* owned */
	int64_t bar, at; /* which bar is next, and of which symbol */
	int64_t time;
	struct item item;
};

static int
read_number(const char **s, int64_t *out)
{
	size_t n = strcspn(*s, ",");
	struct dec d;

	if (dec_parse(*s, n, &d) != DEC_OK || d.scale != 0 || d.m < 0)
		return -1;
	*s += n + ((*s)[n] == ',');
	*out = d.m;
	return 0;
}

static int
read_operand(struct source *src, struct gen *g)
{
	const char *s = src->operand + strlen("gen:");

	g->span = src->feed->span > 0 ? src->feed->span : TIME_DAY;
	if (!name_is_gen(src->operand)
	    || read_number(&s, &g->seed) < 0 || read_number(&s, &g->bars) < 0
	    || read_number(&s, &g->symbols) < 0 || g->symbols < 1
	    || g->symbols > GEN_SYMBOLS_MAX
	    || (*s != '\0' && span_parse(s, strlen(s), &g->span) < 0))
		return source_fail(src, EXIT_USAGE, 0, "bad generator (wants "
		    "gen:SEED,BARS,SYMBOLS[,SPAN] with at most 10000 symbols)");
	/* Weekends are left out: 7 days pass for 5. */
	if (g->bars > (INT64_MAX - GEN_START) / g->span / 7 * 5 - 5)
		return source_fail(src, EXIT_USAGE, 0, "that many bars end "
		    "after 2262 (fix: a shorter span, gen:%lld,%lld,%lld,1m)",
		    (long long)g->seed, (long long)g->bars,
		    (long long)g->symbols);
	if (src->symbol != NULL && g->symbols > 1)
		return source_fail(src, EXIT_USAGE, 0, "%lld symbols cannot "
		    "all be '%s'", (long long)g->symbols, src->symbol);
	return 0;
}

static int
start_walk(struct source *src, struct walk *w, int64_t seed, int64_t i)
{
	char name[16];
	int n = snprintf(name, sizeof name, "GEN%d", (int)i + 1);
	int64_t id;

	id = src->symbol != NULL ? source_symbol(src)
	    : table_intern(&src->feed->symbols, name, (size_t)n, NULL);
	if (id < 0)
		return stage_fail_memory(src->feed->stage);
	w->symbol = (uint32_t)id;
	w->close = GEN_PRICE;
	w->random.state = (uint64_t)seed;
	/* A jump to a place of its own: the state steps by a fixed number. */
	w->random.state = random_next(&w->random) + (uint64_t)i
	    * UINT64_C(0xd1342543de82ef95);
	return 0;
}

static int
gen_open(struct source *src)
{
	struct gen *g = calloc(1, sizeof *g);

	src->state = g;
	if (g == NULL)
		return stage_fail_memory(src->feed->stage);
	if (read_operand(src, g) < 0)
		return -1;
	g->walks = calloc((size_t)g->symbols, sizeof *g->walks);
	if (g->walks == NULL)
		return stage_fail_memory(src->feed->stage);
	for (int64_t i = 0; i < g->symbols; i++)
		if (start_walk(src, &g->walks[i], g->seed, i) < 0)
			return -1;
	g->time = GEN_START;
	src->digits = time_digits(g->span);
	return 0;
}

/* Uniform in -max..max. */
static int64_t
swing(struct random *r, int64_t max)
{
	return (int64_t)random_below(r, (uint64_t)(2 * max + 1)) - max;
}

static int64_t
at_least(int64_t v, int64_t floor)
{
	return v < floor ? floor : v;
}

/* Without last zeros, as decimals are kept. */
static struct dec
cents(int64_t v)
{
	struct dec d = { v, 2 };

	for (; d.scale > 0 && d.m % 10 == 0; d.scale--)
		d.m /= 10;
	return d;
}

static void
walk_bar(struct walk *w, struct item *it)
{
	struct random *r = &w->random;
	int64_t open, close, high, low, move = 0, p = w->close;

	open = at_least(p + p * swing(r, 50) / 10000, GEN_FLOOR);
	for (int i = 0; i < 4; i++)
		move += swing(r, 100);
	close = open + open * move / 10000 + (GEN_PRICE - open) / 256;
	close = at_least(close, GEN_FLOOR);
	high = open > close ? open : close;
	low = open > close ? close : open;
	high += high * (int64_t)random_below(r, 101) / 10000;
	low -= low * (int64_t)random_below(r, 101) / 10000;
	it->v[0] = cents(open);
	it->v[IS_HIGH - IS_OPEN] = cents(high);
	it->v[IS_LOW - IS_OPEN] = cents(low);
	it->v[IS_CLOSE - IS_OPEN] = cents(close);
	it->v[IS_VOLUME - IS_OPEN] = dec_int(100000
	    + (int64_t)random_below(r, 400000) + llabs(move) * 2000);
	w->close = close;
}

/* 1970-01-01 was a Thursday. */
static int
is_weekend(int64_t t)
{
	return (t / TIME_DAY + 3) % 7 >= 5;
}

static void
step(struct gen *g)
{
	g->at = 0;
	g->bar++;
	do
		g->time += g->span;
	while (g->span <= TIME_DAY && is_weekend(g->time));
}

static int
gen_next(struct source *src)
{
	struct gen *g = src->state;
	int rc;

	do {
		if (g->at == g->symbols)
			step(g);
		if (g->bar >= g->bars)
			return 0;
		src->feed->rows++;
		g->item.type = REC_BAR;
		g->item.has = g->item.known = 0x1f; /* open to volume */
		g->item.time = g->time;
		g->item.symbol = g->walks[g->at].symbol;
		walk_bar(&g->walks[g->at++], &g->item);
		rc = source_at(src, g->time, g->span, 0);
	} while (rc > 0);
	return rc < 0 ? -1 : 1;
}

static struct record *
gen_get(struct source *src)
{
	struct gen *g = src->state;

	return item_put(src->feed, &g->item, g->span);
}

static void
gen_close(struct source *src)
{
	struct gen *g = src->state;

	if (g == NULL)
		return;
	free(g->walks);
	free(g);
	src->state = NULL;
}

const struct source_reader gen_reader = {
	.open = gen_open,
	.next = gen_next,
	.get = gen_get,
	.close = gen_close,
};

const struct feed_format feed_format_gen = {
	.name = "gen",
	.summary = "gen:SEED,BARS,SYMBOLS[,SPAN] makes a seeded random walk",
	.reader = &gen_reader,
};
