/* SPDX-License-Identifier: MIT */
/* What the account is worth at the last prices, and what of its cash is free
 * to open more. */
#include "risk/desk.h"

int
desk_cost(const struct position *p, struct dec qty, struct dec price,
    struct money *out)
{
	if (dec_sign(p->margin) > 0)
		return money_product(qty, p->margin, out);
	return money_product(qty, price, out) |
	    money_mul(*out, p->multiplier, out);
}

/* Where it would trade at the worst that is known: its own price, or for a
 * sale the market if that is higher. */
static int
working_price(const struct desk *d, const char *symbol, const struct terms *t,
    struct dec *out)
{
	int has_mark = desk_mark_of(d, symbol, out) == 0;
	struct dec own = t->has_limit ? t->limit : t->stop;

	if (!t->has_limit && !t->has_stop)
		return has_mark ? 0 : -1;
	if (!has_mark || t->side > 0 || dec_cmp(own, *out) > 0)
		*out = own;
	return 0;
}

/* Of a quantity: what is left when the position was closed by it. */
static struct dec
opening_part(const struct position *p, int side, struct dec qty)
{
	struct dec open = qty, held = dec_abs(p->qty);

	if (dec_sign(p->qty) * side >= 0)
		return qty;
	if (dec_cmp(qty, held) <= 0 || dec_sub(qty, held, &open) != 0)
		return dec_int(0);
	return open;
}

int
desk_working_cost(const struct desk *d, const char *symbol,
    const struct working *w, struct money *out)
{
	const struct position *p = desk_position(d, symbol);
	struct dec open = opening_part(p, w->terms->side, w->leaves), price;

	out->v = 0;
	if (w->is_attached || dec_sign(w->target) * w->terms->side <= 0 ||
	    dec_sign(open) == 0)
		return 0;
	if (working_price(d, symbol, w->terms, &price) != 0)
		return -1;
	return desk_cost(p, open, price, out);
}

/* What a position is worth, and what of the cash it holds fast. */
static int
weigh(const struct position *p, struct dec mark, struct money *worth,
    struct money *held)
{
	struct money value, lost;
	int rc = money_product(p->qty, mark, &value);

	held->v = 0;
	if (!p->is_future) {
		rc |= money_mul(value, p->multiplier, worth);
		if (money_sign(*worth) < 0)
			rc |= money_mul(*worth, dec_int(-2), held);
		return rc;
	}
	rc |= money_sub(value, p->cost, &value);
	rc |= money_mul(value, p->multiplier, worth);
	rc |= desk_cost(p, dec_abs(p->qty), mark, held);
	lost.v = money_sign(*worth) < 0 ? -worth->v : 0;
	return rc | money_add(*held, lost, held);
}

static int
add_position(const struct desk *d, uint32_t i, struct funds *f)
{
	const struct position *p = &d->book->positions[i];
	struct money worth, held;
	struct dec mark;

	if (dec_sign(p->qty) == 0)
		return 0;
	return desk_mark_of(d, table_text(&d->book->symbols, i), &mark) |
	    weigh(p, mark, &worth, &held) |
	    money_add(f->equity, worth, &f->equity) |
	    money_sub(f->free, held, &f->free);
}

static int
reserve_live(const struct desk *d, uint32_t symbol, struct funds *f)
{
	const struct book *b = d->book;
	const char *name = table_text(&b->symbols, symbol);
	int rc = 0;

	for (uint32_t i = b->positions[symbol].first_live; i != NO_ORDER;
	    i = b->order[i].next) {
		const struct order *o = &b->order[i];
		struct working w = {.terms = &o->terms,
		    .leaves = order_leaves(o), .target = o->terms.target,
		    .is_attached = o->role != ROLE_PLAIN};
		struct money cost;

		rc |= desk_working_cost(d, name, &w, &cost);
		if (rc == 0)
			rc = money_sub(f->free, cost, &f->free);
	}
	return rc;
}

/* Of the book alone: once for each instant, however many decisions it has. */
static void
count_book(struct desk *d)
{
	struct funds *f = &d->funds;
	int rc = 0;

	*f = (struct funds){.equity = d->book->cash, .cash = d->book->cash,
	    .free = d->book->cash};
	for (uint32_t i = 0; i < d->book->symbols.count && rc == 0; i++)
		rc = add_position(d, i, f);
	f->has_equity = rc == 0;
	for (uint32_t i = 0; i < d->book->symbols.count && rc == 0; i++)
		rc = reserve_live(d, i, f);
	f->has_free = rc == 0;
	d->has_funds = 1;
}

static int
reserve_fresh(const struct desk *d, struct funds *f)
{
	for (uint32_t i = 0; i < d->fresh_count; i++) {
		const struct fresh *o = &d->fresh[i];
		struct working w = {.terms = &o->terms,
		    .leaves = o->terms.qty, .target = o->terms.target};
		struct money cost;

		if (o->is_canceled)
			continue;
		if (desk_working_cost(d, table_text(&d->symbols, o->symbol),
		    &w, &cost) != 0 || money_sub(f->free, cost, &f->free) != 0)
			return -1;
	}
	return 0;
}

static int
release_gone(const struct desk *d, struct funds *f)
{
	for (uint32_t i = 0; i < d->gone_count; i++) {
		const struct order *o = &d->book->order[d->gone[i].order];
		struct working w = {.terms = &o->terms,
		    .leaves = order_leaves(o), .target = o->terms.target,
		    .is_attached = o->role != ROLE_PLAIN};
		struct money cost;

		if (desk_working_cost(d, table_text(&d->book->symbols,
		    o->symbol), &w, &cost) != 0 ||
		    money_add(f->free, cost, &f->free) != 0)
			return -1;
	}
	return 0;
}

void
desk_funds(struct desk *d, struct funds *out)
{
	if (!d->has_funds)
		count_book(d);
	*out = d->funds;
	if (out->has_free && (reserve_fresh(d, out) != 0 ||
	    release_gone(d, out) != 0))
		out->has_free = 0;
}
