/* SPDX-License-Identifier: MIT */
/* Matching an instant: opens before what happens inside the bars, orders that
 * reduce a position before the others, stops before limits, each in the order
 * decided. */
#include <stdlib.h>
#include <string.h>

#include "broker/fill.h"
#include "broker/paper.h"
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
static int
is_eligible(const struct paper *p, const struct order *o,
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
	    is_eligible(p, o, bar);
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

static int
reduces(const struct paper *p, const struct order *o)
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

/* A market order filled at the close that it was decided on. */
static void
price_back(const struct paper *p, const struct order *o,
    struct fill_result *at, int64_t *priced_on)
{
	const struct position *pos = &p->book.positions[o->symbol];

	if (p->opt.fill != PAPER_THIS_CLOSE || o->terms.type != TYPE_MARKET)
		return;
	at->price = o->has_decided ? o->decided : pos->mark;
	*priced_on = o->has_decided ? o->decided_on : pos->mark_start;
}

/* No more than the bar's range, with --slippage-cap bar. */
static void
cap_slippage(const struct paper *p, const struct paper_bar *bar,
    struct dec *price)
{
	if (!p->opt.slippage_cap)
		return;
	if (dec_cmp(*price, bar->prices.high) > 0)
		*price = bar->prices.high;
	if (dec_cmp(*price, bar->prices.low) < 0)
		*price = bar->prices.low;
}

/* How much may be filled: what is left of the order, of the way to its
 * target, and of the bar's volume. *is_trimmed: by the target. */
static struct dec
fillable(const struct paper *p, const struct order *o,
    const struct paper_bar *bar, int *is_trimmed)
{
	const struct position *pos = &p->book.positions[o->symbol];
	struct dec qty = order_leaves(o), room;

	*is_trimmed = 0;
	if (o->terms.has_target &&
	    dec_sub(o->terms.target, pos->qty, &room) == 0) {
		if (o->terms.side < 0)
			room = dec_neg(room);
		if (dec_cmp(room, qty) < 0) {
			qty = dec_sign(room) > 0 ? room : dec_int(0);
			*is_trimmed = 1;
		}
	}
	if (dec_sign(p->opt.participation) > 0 &&
	    dec_cmp(bar->volume_left, qty) < 0) {
		qty = dec_round(bar->volume_left,
		    o->terms.qty.scale == 0 ? 0 : 9, DEC_DOWN);
		*is_trimmed = 0;
	}
	return qty;
}

static int
fee_of(const struct paper *p, const struct order *o, struct dec qty,
    struct dec price, struct money *fee)
{
	struct money value;

	return money_product(qty, price, &value) |
	    money_mul(value, p->book.positions[o->symbol].multiplier,
	    &value) |
	    commission_fee(&p->commission, qty, value, fee);
}

/* Money tied up by the futures held. */
static int
margin_held(const struct book *b, struct money *out)
{
	int rc = 0;

	out->v = 0;
	for (uint32_t i = 0; i < b->symbols.count; i++) {
		struct money part;

		if (dec_sign(b->positions[i].margin) == 0)
			continue;
		rc |= money_product(dec_abs(b->positions[i].qty),
		    b->positions[i].margin, &part);
		rc |= money_add(*out, part, out);
	}
	return rc;
}

/* Whether cash covers the fill: a buy in full, a future by its margin. What
 * covers a short, and what was sealed with margin, always passes. */
static int
is_covered(const struct paper *p, const struct order *o, struct dec qty,
    struct dec price, struct money fee)
{
	const struct position *pos = &p->book.positions[o->symbol];
	struct money need = {0}, have = p->book.cash;
	struct dec open = qty;
	int rc = 0;

	if (o->terms.allow & ALLOW_MARGIN)
		return 1;
	if (reduces(p, o) && dec_sub(qty, dec_abs(pos->qty), &open) == 0 &&
	    dec_sign(open) <= 0)
		return 1;
	if (pos->is_future) {
		struct money held;

		/* What is turned round gives its own margin back. */
		if (reduces(p, o))
			rc |= dec_sub(open, dec_abs(pos->qty), &open);
		rc |= margin_held(&p->book, &held);
		rc |= book_equity(&p->book, &have);
		rc |= money_sub(have, held, &have);
		rc |= money_product(open, pos->margin, &need);
	} else if (o->terms.side > 0) {
		rc |= money_product(qty, price, &need);
	} else {
		return 1;
	}
	rc |= money_add(need, fee, &need);
	return rc == 0 && money_cmp(need, have) <= 0;
}

static const char *
model_name(const struct paper *p, const struct order *o)
{
	static const char *const market[] = {"next-open", "next-close",
	    "this-close"};
	static const char *const types[] = {"", "limit", "stop", "stop-limit",
	    "trail"};

	return o->terms.type == TYPE_MARKET ? market[p->opt.fill] :
	    types[o->terms.type];
}

static int
say(struct paper *p, struct stage *s, uint32_t i, const char *event,
    const char *reason, const struct paper_bar *bar)
{
	return paper_report(p, s, &(struct paper_event){.event = event,
	    .reason = reason, .order = i, .bar = bar,
	    .priced_on = TIME_NONE});
}

/* Books an execution, and what follows from it. */
static int
execute(struct paper *p, struct stage *s, uint32_t i, struct paper_event *e)
{
	struct order *o = &p->book.order[i];
	struct paper_bar *bar = &p->bars[e->bar - p->bars];
	struct dec left;

	if (dec_sign(p->opt.participation) > 0)
		dec_sub(bar->volume_left, e->qty, &bar->volume_left);
	dec_sub(order_leaves(o), e->qty, &left);
	e->event = dec_sign(left) > 0 ? "partial" : "filled";
	e->is_execution = 1;
	e->order = i;
	e->model = model_name(p, o);
	if (paper_touch(p, o->symbol) != 0)
		return stage_fail_memory(s);
	if (paper_report(p, s, e) != 0)
		return -1;
	o = &p->book.order[i];
	if (o->role != ROLE_PLAIN)
		return order_is_live(o) ? 0 : paper_cancel_others(p, s, i);
	return paper_add_exits(p, s, i, e);
}

/* Fills an order at a price that the bar gives, as far as it may be. */
static int
fill(struct paper *p, struct stage *s, uint32_t i,
    const struct paper_bar *bar, struct fill_result *at)
{
	struct order *o = &p->book.order[i];
	struct paper_event e = {.bar = bar, .priced_on = TIME_NONE};
	int is_trimmed;

	e.qty = fillable(p, o, bar, &is_trimmed);
	if (is_trimmed && dec_sign(e.qty) == 0)
		return say(p, s, i, "canceled", "TARGET_REACHED", bar);
	if (dec_sign(e.qty) == 0)
		return 0;
	if (o->terms.tif == TIF_FOK && dec_cmp(e.qty, order_leaves(o)) < 0)
		return 0;
	price_back(p, o, at, &e.priced_on);
	e.price = at->price;
	e.at_open = at->at_open;
	if (at->slips) {
		if (slippage_apply(&p->slippage, o->terms.side, e.qty,
		    bar->prices.has_volume ? bar->prices.volume : dec_int(0),
		    &e.price) != 0 || dec_sign(e.price) <= 0)
			return say(p, s, i, "rejected", "NO_PRICE", bar);
		cap_slippage(p, bar, &e.price);
	}
	if (fee_of(p, o, e.qty, e.price, &e.fee) != 0)
		return stage_fail(s, EXIT_SYSTEM, "a fee overflows");
	if (!is_covered(p, o, e.qty, e.price, e.fee))
		return say(p, s, i, "rejected", "INSUFFICIENT_CASH", bar);
	if (execute(p, s, i, &e) != 0)
		return -1;
	if (is_trimmed && order_is_live(&p->book.order[i]))
		return say(p, s, i, "canceled", "TARGET_REACHED", bar);
	return 0;
}

/* Orders that end with a phase of their first bar. */
static int
is_over_at_open(enum tif tif)
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

/* Whether the time in force is over after this bar; a day order that works
 * inside the day ends when a later day's bar comes (before_bar). */
static int
is_expired(const struct order *o, const struct paper_bar *bar)
{
	if (o->role != ROLE_PLAIN)
		return 0;
	switch (o->terms.tif) {
	case TIF_DAY:
		return bar->span >= TIME_DAY;
	case TIF_GTC:
		return 0;
	default:
		return 1;
	}
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
	if (at->fills && fill(p, s, i, bar, at) != 0)
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
	    !as.at_close && is_over_at_open(o->terms.tif)))
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
	    (pass->reduces && !reduces(p, o)) ||
	    (pass->stops >= 0 && is_stop(o) != pass->stops))
		return 0;
	c->tried |= 1u << pass->phase;
	for (uint32_t k = 0; k < p->bar_count && order_is_live(o); k++) {
		if (!meets(p, o, &p->bars[k]))
			continue;
		if (try_on(p, s, i, &p->bars[k], pass->phase) != 0)
			return -1;
		o = &p->book.order[i];
		if (is_expired(o, &p->bars[k]))
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
		if (say(p, s, c->list[i].order, "expired", "DAY", bar) != 0)
			return -1;
	}
	return 0;
}

/* The best price that a trail has seen, with this bar. */
static void
raise_high(const struct paper *p, struct order *o,
    const struct paper_bar *bar)
{
	struct dec best = bar->prices.close;

	if (o->terms.type != TYPE_TRAIL)
		return;
	if (!p->opt.trail_on)
		best = o->terms.side < 0 ? bar->prices.high : bar->prices.low;
	if (!o->has_high || dec_cmp(best, o->high) * o->terms.side < 0) {
		o->high = best;
		o->has_high = 1;
	}
}

/* What the bars of the instant leave behind in orders that work on: counts,
 * trails, and the end of those whose time is over. */
static int
age_order(struct paper *p, struct stage *s, uint32_t i,
    const struct paper_bar *bar)
{
	struct order *o = &p->book.order[i];

	if (!order_is_live(o) || (o->after != TIME_NONE &&
	    bar->start < o->after))
		return 0;
	if (bar->start == o->after && o->after != TIME_NONE) {
		/* The entry bar itself counts for a trail that it began. */
		if (o->role == ROLE_TRAIL)
			raise_high(p, o, bar);
		return 0;
	}
	raise_high(p, o, bar);
	o->seen++;
	/* Bars within the latency are not among those it could fill on. */
	if (o->role == ROLE_PLAIN && !is_eligible(p, o, bar))
		return 0;
	if (o->bars++ == 0)
		o->day = paper_day(p, bar->start);
	if (bar->is_old || !is_expired(o, bar) || !is_eligible(p, o, bar))
		return 0;
	return say(p, s, i, is_over_at_open(o->terms.tif) ? "canceled" :
	    "expired", o->terms.tif == TIF_DAY ? "DAY" : "TIME_IN_FORCE", bar);
}

static int
age_orders(struct paper *p, struct stage *s)
{
	for (uint32_t i = 0; i < p->bar_count; i++) {
		const struct paper_bar *bar = &p->bars[i];
		uint32_t at = p->book.positions[bar->symbol].first_live, next;

		for (; at != NO_ORDER; at = next) {
			next = p->book.order[at].next;
			if (age_order(p, s, at, bar) != 0)
				return -1;
		}
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
	return rc == 0 ? age_orders(p, s) : rc;
}
