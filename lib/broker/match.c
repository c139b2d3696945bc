/* SPDX-License-Identifier: MIT */
/* Matching an instant: opens before what happens inside the bars, orders that
 * reduce a position before the others, stops before limits, each in the order
 * decided. */
#include "broker/match.h"

#include <stdlib.h>
#include <string.h>

#include "record/named.h"

/* The orders that the bars of the instant may fill, oldest first. Exits that
 * a fill makes are added behind. */
struct candidate {
	uint32_t order;
	unsigned tried; /* a bit a phase: once in each */
};

struct candidates {
	struct candidate *list;
	uint32_t count, cap;
};

static int
add_candidate(struct candidates *c, uint32_t order)
{
	if (paper_grow((void **)&c->list, &c->cap, c->count,
	    sizeof *c->list) != 0)
		return -1;
	c->list[c->count++] = (struct candidate){.order = order};
	return 0;
}

static int
compare_index(const void *a, const void *b)
{
	uint32_t x = ((const struct candidate *)a)->order;
	uint32_t y = ((const struct candidate *)b)->order;

	return x < y ? -1 : x > y;
}

static int
gather(const struct paper *p, struct candidates *c)
{
	for (uint32_t i = 0; i < p->bar_count; i++) {
		const struct paper_bar *bar = &p->bars[i];
		uint32_t at = p->book.positions[bar->symbol].first_live;

		if (paper_bar_of(p, bar->symbol) != bar)
			continue;
		for (; at != NO_ORDER; at = p->book.order[at].next)
			if (add_candidate(c, at) != 0)
				return -1;
	}
	if (c->count > 1)
		qsort(c->list, c->count, sizeof *c->list, compare_index);
	return 0;
}

/* Whether this bar may fill the order: it starts after all that was seen when
 * the order was decided, and after the latency. */
int
match_is_eligible(const struct paper *p, const struct order *o,
    const struct paper_bar *bar)
{
	if (bar->start <= o->after && o->after != TIME_NONE)
		return 0;
	if (o->role == ROLE_TIME && o->bars < o->terms.max_bars)
		return 0;
	return p->opt.latency == 0 || o->known == TIME_NONE ||
	    bar->start >= o->known + p->opt.latency;
}

static int
meets(const struct paper *p, const struct order *o,
    const struct paper_bar *bar)
{
	return bar->symbol == o->symbol && !bar->is_old &&
	    match_is_eligible(p, o, bar);
}

/* The bar of the instant that meets the order first; NULL: none. */
static const struct paper_bar *
bar_for(const struct paper *p, const struct order *o)
{
	for (uint32_t i = 0; i < p->bar_count; i++)
		if (meets(p, o, &p->bars[i]))
			return &p->bars[i];
	return NULL;
}

int
match_reduces(const struct paper *p, const struct order *o)
{
	return dec_sign(p->book.positions[o->symbol].qty) * o->terms.side < 0;
}

/* The level that a trail hangs at: the best price less the fraction. */
static int
trail_level(const struct order *o, struct dec *out)
{
	return o->has_high ? price_moved(o->high, o->terms.side < 0 ?
	    dec_neg(o->terms.trail) : o->terms.trail, out) : -1;
}

/* The order as the price rules see it; 0: it has no level yet. */
static int
as_fill_order(const struct paper *p, const struct order *o,
    struct fill_order *out)
{
	*out = (struct fill_order){.side = o->terms.side,
	    .type = o->terms.type, .limit = o->terms.limit,
	    .stop = o->terms.stop, .is_triggered = o->is_triggered};
	out->at_close = o->terms.tif == TIF_CLS ||
	    (o->terms.type == TYPE_MARKET && o->terms.tif != TIF_OPG &&
	    p->opt.fill == PAPER_NEXT_CLOSE);
	if (o->terms.type != TYPE_TRAIL)
		return 1;
	out->type = TYPE_STOP;
	return o->is_triggered || trail_level(o, &out->stop) == 0;
}

int
match_say(struct paper *p, struct stage *s, uint32_t i, const char *event,
    const char *reason, const struct paper_bar *bar)
{
	return paper_report(p, s, &(struct paper_event){.event = event,
	    .reason = reason, .order = i, .bar = bar,
	    .priced_on = TIME_NONE});
}

/* Orders that end with a phase of their first bar. */
int
match_is_over_at_open(enum tif tif)
{
	return tif == TIF_IOC || tif == TIF_FOK || tif == TIF_OPG;
}

/* One phase of matching: which orders, and whether they are at the front. */
struct pass {
	enum fill_phase phase;
	int reduces; /* 1: only orders that reduce a position; 0: all others */
	int stops; /* 1, 0; -1: both */
};

static int
is_stop(const struct order *o)
{
	return o->terms.type == TYPE_STOP || o->terms.type == TYPE_TRAIL ||
	    (o->terms.type == TYPE_STOP_LIMIT && !o->is_triggered);
}

/* A stop that was passed without a fill is a line of its own: the level may
 * move afterwards, so no later run could tell it from the bars. */
static int
note_trigger(struct paper *p, struct stage *s, uint32_t i)
{
	const struct order *o = &p->book.order[i];
	struct record *line = &p->line;
	int rc;

	record_make(line, REC_OTHER);
	rc = named_put_str(line, "type", "triggered");
	rc |= named_put_time(line, "time", p->last_time, p->digits);
	rc |= named_put_str(line, "symbol",
	    table_text(&p->book.symbols, o->symbol));
	rc |= named_put_str(line, "id", order_id(&p->book, o));
	return rc != 0 ? stage_fail_memory(s) :
	    paper_ledger_line(p, s, line);
}

/* Acts on what the price rules said of an order. */
static int
act(struct paper *p, struct stage *s, uint32_t i,
    const struct paper_bar *bar, struct fill_result *at)
{
	struct order *o = &p->book.order[i];
	int is_new = at->triggers && !o->is_triggered;

	o->is_triggered |= at->triggers;
	if (at->fills && match_fill(p, s, i, bar, at) != 0)
		return -1;
	o = &p->book.order[i];
	return is_new && o->executions == 0 && order_is_live(o) ?
	    note_trigger(p, s, i) : 0;
}

/* One phase of one bar. */
static int
try_on(struct paper *p, struct stage *s, uint32_t i,
    const struct paper_bar *bar, enum fill_phase phase)
{
	const struct order *o = &p->book.order[i];
	struct fill_order as;
	struct fill_result at;

	if (!as_fill_order(p, o, &as) || (phase != FILL_OPEN &&
	    !as.at_close && match_is_over_at_open(o->terms.tif)))
		return 0;
	fill_try(&as, &bar->prices, phase, &at);
	return act(p, s, i, bar, &at);
}

/* The bars of an instant in their order: trades of one moment may be many. An
 * order that ends with its first bar meets no other. */
static int
try_order(struct paper *p, struct stage *s, struct candidate *c,
    const struct pass *pass)
{
	uint32_t i = c->order;
	const struct order *o = &p->book.order[i];

	if ((c->tried & 1u << pass->phase) != 0 ||
	    (pass->reduces && !match_reduces(p, o)) ||
	    (pass->stops >= 0 && is_stop(o) != pass->stops))
		return 0;
	c->tried |= 1u << pass->phase;
	for (uint32_t k = 0; k < p->bar_count && order_is_live(o); k++) {
		if (!meets(p, o, &p->bars[k]))
			continue;
		if (try_on(p, s, i, &p->bars[k], pass->phase) != 0)
			return -1;
		o = &p->book.order[i];
		if (match_is_expired(o, &p->bars[k]))
			break;
	}
	return 0;
}

static const struct pass passes[] = {
    {FILL_OPEN, 1, -1}, {FILL_OPEN, 0, -1},
    {FILL_INSIDE, 1, 1}, {FILL_INSIDE, 1, 0},
    {FILL_INSIDE, 0, 1}, {FILL_INSIDE, 0, 0},
    {FILL_CLOSE, 1, -1}, {FILL_CLOSE, 0, -1},
};

/* Exits made on this bar join in, with --exits same-bar. */
static int
join_new(const struct paper *p, struct candidates *c, uint32_t *known)
{
	for (; *known < p->book.orders.count; ++*known)
		if (add_candidate(c, *known) != 0)
			return -1;
	return 0;
}

static int
run_passes(struct paper *p, struct stage *s, struct candidates *c)
{
	uint32_t known = p->book.orders.count;

	for (size_t k = 0; k < sizeof passes / sizeof *passes; k++) {
		for (uint32_t i = 0; i < c->count; i++)
			if (try_order(p, s, &c->list[i], &passes[k]) != 0)
				return -1;
		if (join_new(p, c, &known) != 0)
			return stage_fail_memory(s);
	}
	return 0;
}

/* Day orders of an earlier day end before this bar can fill them. */
static int
expire_before(struct paper *p, struct stage *s, const struct candidates *c)
{
	for (uint32_t i = 0; i < c->count; i++) {
		struct order *o = &p->book.order[c->list[i].order];
		const struct paper_bar *bar = bar_for(p, o);

		if (bar == NULL || o->terms.tif != TIF_DAY ||
		    o->role != ROLE_PLAIN || o->bars == 0 ||
		    paper_day(p, bar->start) <= o->day)
			continue;
		if (match_say(p, s, c->list[i].order, "expired", "DAY", bar) != 0)
			return -1;
	}
	return 0;
}

int
paper_match(struct paper *p, struct stage *s)
{
	struct candidates c = {0};
	int rc = gather(p, &c) == 0 ? 0 : stage_fail_memory(s);

	if (rc == 0)
		rc = expire_before(p, s, &c);
	if (rc == 0)
		rc = run_passes(p, s, &c);
	free(c.list);
	for (uint32_t i = 0; i < p->changed_count && rc == 0; i++)
		rc = paper_settle_exits(p, s, p->changed[i]);
	return rc == 0 ? match_age(p, s) : rc;
}
