/* SPDX-License-Identifier: MIT */
/* Keeping the desk: prices seen, orders approved and cancelled since the
 * ledger was read. */
#include "risk/desk.h"

#include <stdlib.h>
#include <string.h>

void
desk_init(struct desk *d, struct book *book)
{
	memset(d, 0, sizeof *d);
	d->book = book;
}

void
desk_release(struct desk *d)
{
	table_release(&d->symbols);
	free(d->marks);
	free(d->fresh);
	free(d->gone);
	free(d->working);
	memset(d, 0, sizeof *d);
}

/* Room for one more than count; the new part is zero. */
static int
grow(void **array, uint32_t *cap, uint32_t count, size_t size)
{
	uint32_t want = *cap == 0 ? 16 : *cap * 2;
	void *grown;

	if (count < *cap)
		return 0;
	grown = realloc(*array, want * size);
	if (grown == NULL)
		return -1;
	memset((char *)grown + *cap * size, 0, (want - *cap) * size);
	*array = grown;
	*cap = want;
	return 0;
}

static int64_t
symbol_index(struct desk *d, const char *symbol, size_t n)
{
	int64_t i = table_intern(&d->symbols, symbol, n, NULL);

	return i < 0 || grow((void **)&d->marks, &d->mark_cap, (uint32_t)i,
	    sizeof *d->marks) != 0 ? -1 : i;
}

int
desk_mark(struct desk *d, const char *symbol, size_t n, struct dec price)
{
	int64_t i = symbol_index(d, symbol, n);

	if (i < 0)
		return -1;
	d->marks[i] = price;
	d->has_funds = 0;
	return 0;
}

int
desk_mark_of(const struct desk *d, const char *symbol, struct dec *out)
{
	int64_t i = table_find(&d->symbols, symbol, strlen(symbol));
	const struct position *p;

	if (i >= 0 && i < d->mark_cap && dec_sign(d->marks[i]) > 0) {
		*out = d->marks[i];
		return 0;
	}
	p = desk_position(d, symbol);
	*out = p->mark;
	return p->has_mark && dec_sign(p->mark) > 0 ? 0 : -1;
}

const struct position *
desk_position(const struct desk *d, const char *symbol)
{
	static const struct position flat = {.multiplier = {1, 0},
	    .first_live = NO_ORDER, .last_live = NO_ORDER};
	int64_t i = table_find(&d->book->symbols, symbol, strlen(symbol));

	return i < 0 ? &flat : &d->book->positions[i];
}

static struct working *
add_working(struct desk *d)
{
	struct working *w;

	if (grow((void **)&d->working, &d->working_cap, d->working_count,
	    sizeof *d->working) != 0)
		return NULL;
	w = &d->working[d->working_count++];
	memset(w, 0, sizeof *w);
	return w;
}

static int
is_gone(const struct desk *d, uint32_t order)
{
	for (uint32_t i = 0; i < d->gone_count; i++)
		if (d->gone[i].order == order)
			return 1;
	return 0;
}

static int
add_live(struct desk *d, uint32_t i)
{
	const struct order *o = &d->book->order[i];
	struct working *w;

	if (is_gone(d, i))
		return 0;
	w = add_working(d);
	if (w == NULL)
		return -1;
	w->id = order_id(d->book, o);
	w->terms = &o->terms;
	w->leaves = order_leaves(o);
	w->target = o->parent != NO_ORDER ?
	    d->book->approval[o->parent].terms.target : o->terms.target;
	w->is_attached = o->role != ROLE_PLAIN;
	w->known = o->known;
	w->index = i;
	return 0;
}

static int
add_fresh(struct desk *d, uint32_t i)
{
	const struct fresh *f = &d->fresh[i];
	struct working *w;

	if (f->is_canceled)
		return 0;
	w = add_working(d);
	if (w == NULL)
		return -1;
	w->id = f->id;
	w->terms = &f->terms;
	w->leaves = f->terms.qty;
	w->target = f->terms.target;
	w->known = f->known;
	w->is_fresh = 1;
	w->index = i;
	return 0;
}

int
desk_look(struct desk *d, const char *symbol)
{
	const struct position *p = desk_position(d, symbol);
	int64_t s = table_find(&d->symbols, symbol, strlen(symbol));
	int rc = 0;

	d->working_count = 0;
	for (uint32_t i = p->first_live; i != NO_ORDER;
	    i = d->book->order[i].next)
		rc |= add_live(d, i);
	for (uint32_t i = 0; i < d->fresh_count; i++)
		if (s == d->fresh[i].symbol)
			rc |= add_fresh(d, i);
	return rc;
}

int
desk_is_waiting(const struct desk *d, int64_t seq)
{
	if (d->book->live > 0)
		return 1;
	for (uint32_t i = 0; i < d->fresh_count; i++)
		if (d->fresh[i].seq < seq)
			return 1;
	for (uint32_t i = 0; i < d->gone_count; i++)
		if (d->gone[i].seq < seq)
			return 1;
	return 0;
}

void
desk_settle(struct desk *d, int64_t seq)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < d->fresh_count; i++)
		if (d->fresh[i].seq >= seq)
			d->fresh[kept++] = d->fresh[i];
	d->fresh_count = kept;
	kept = 0;
	for (uint32_t i = 0; i < d->gone_count; i++)
		if (d->gone[i].seq >= seq)
			d->gone[kept++] = d->gone[i];
	d->gone_count = kept;
	d->has_funds = 0;
}

int
desk_fill(struct desk *d, int64_t seq)
{
	for (uint32_t i = 0; i < d->fresh_count; i++) {
		const struct fresh *f = &d->fresh[i];
		const struct table_name *name = &d->symbols.names[f->symbol];
		struct order o = {.terms = f->terms};
		int64_t symbol;

		if (f->seq >= seq || f->is_canceled)
			continue;
		symbol = book_symbol(d->book, name->text, name->len);
		o.symbol = (uint32_t)symbol;
		if (symbol < 0 || book_fill(d->book, &o, f->terms.qty,
		    f->close, (struct money){0}) != 0)
			return -1;
	}
	desk_settle(d, seq);
	return 0;
}

int
desk_cancel(struct desk *d, int64_t seq)
{
	for (uint32_t i = 0; i < d->working_count; i++) {
		const struct working *w = &d->working[i];

		if (!w->is_leaving)
			continue;
		if (w->is_fresh) {
			d->fresh[w->index].is_canceled = 1;
			continue;
		}
		if (grow((void **)&d->gone, &d->gone_cap, d->gone_count,
		    sizeof *d->gone) != 0)
			return -1;
		d->gone[d->gone_count++] = (struct gone){w->index, seq};
	}
	return 0;
}

int
desk_approve(struct desk *d, const char *symbol, const struct fresh *f)
{
	int64_t i = symbol_index(d, symbol, strlen(symbol));

	if (i < 0 || grow((void **)&d->fresh, &d->fresh_cap, d->fresh_count,
	    sizeof *d->fresh) != 0)
		return -1;
	d->fresh[d->fresh_count] = *f;
	d->fresh[d->fresh_count++].symbol = (uint32_t)i;
	return 0;
}
