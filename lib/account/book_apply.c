/* SPDX-License-Identifier: MIT */
/* Ledger lines into the book, one function a type of line. */
#include <stdlib.h>
#include <string.h>

#include "account/book.h"
#include "account/book_grow.h"
#include "record/named.h"

static const char *const role_names[] = {"", "stop", "profit", "trail",
    "time"};

const char *
order_role_name(enum order_role r)
{
	return role_names[r];
}

static int
bad_line(struct problem *p, const char *what)
{
	return problem_set(p, 3, "a ledger line is not understood: %s", what);
}

/* "ES=50,NQ=20": a figure for each symbol named. */
static int
each_figure(struct book *b, const char *s, size_t n,
    void (*set)(struct position *, struct dec))
{
	while (n > 0) {
		const char *comma = memchr(s, ',', n);
		size_t len = comma != NULL ? (size_t)(comma - s) : n;
		const char *eq = memchr(s, '=', len);
		struct dec v;
		int64_t i;

		if (eq == NULL || dec_parse(eq + 1, len - 1 -
		    (size_t)(eq - s), &v) != DEC_OK)
			return -1;
		i = book_symbol(b, s, (size_t)(eq - s));
		if (i < 0)
			return -1;
		set(&b->positions[i], v);
		s += len + (comma != NULL);
		n -= len + (comma != NULL);
	}
	return 0;
}

static void
set_multiplier(struct position *p, struct dec v)
{
	p->multiplier = v;
	p->is_future = 1;
}

static void
set_margin(struct position *p, struct dec v)
{
	p->margin = v;
	p->is_future = 1;
}

static int
apply_ledger(struct book *b, const struct record *r, struct problem *p)
{
	const char *s;
	size_t n;

	if (named_money(r, "cash", &b->initial) != 0)
		return bad_line(p, "ledger without cash");
	b->cash = b->initial;
	b->is_open = 1;
	named_str(r, "multiplier", &s, &n);
	if (each_figure(b, s, n, set_multiplier) != 0)
		return bad_line(p, "multiplier");
	named_str(r, "margin", &s, &n);
	return each_figure(b, s, n, set_margin) != 0 ?
	    bad_line(p, "margin") : 0;
}

/* The symbol of a line, made when it is new. */
static int64_t
line_symbol(struct book *b, const struct record *r)
{
	const char *s;
	size_t n;

	named_str(r, "symbol", &s, &n);
	return n == 0 ? -1 : book_symbol(b, s, n);
}

static int
apply_order(struct book *b, const struct record *r, struct problem *p)
{
	const char *id, *name, *seal, *field, *what;
	size_t id_len, name_len, seal_len;
	int64_t symbol = line_symbol(b, r), strategy, i;
	struct approval *a;
	int is_new;

	named_str(r, "id", &id, &id_len);
	named_str(r, "strategy", &name, &name_len);
	named_str(r, "seal", &seal, &seal_len);
	strategy = book_strategy(b, name, name_len);
	i = table_intern(&b->approvals, id, id_len, &is_new);
	if (symbol < 0 || strategy < 0 || i < 0 || !is_new ||
	    book_grow_approvals(b) != 0)
		return bad_line(p, "order");
	a = &b->approval[i];
	if (terms_read(r, &a->terms, &field, &what) != 0)
		return bad_line(p, field);
	a->symbol = (uint32_t)symbol;
	a->strategy = (uint32_t)strategy;
	a->known = named_time(r, "known");
	a->seal = strndup(seal, seal_len);
	return a->seal == NULL ? problem_set(p, 1, "out of memory") : 0;
}

static enum order_role
line_role(const struct record *r)
{
	const char *s;
	size_t n;

	named_str(r, "role", &s, &n);
	for (int i = 1; i < 5; i++)
		if (strlen(role_names[i]) == n &&
		    memcmp(role_names[i], s, n) == 0)
			return (enum order_role)i;
	return ROLE_PLAIN;
}

/* Behind the others of its symbol: orders are tried in the order decided. */
static void
list_add(struct book *b, uint32_t i)
{
	struct order *o = &b->order[i];
	struct position *p = &b->positions[o->symbol];

	o->next = NO_ORDER;
	o->previous = p->last_live;
	if (p->last_live != NO_ORDER)
		b->order[p->last_live].next = i;
	else
		p->first_live = i;
	p->last_live = i;
	b->live++;
}

static void
list_remove(struct book *b, uint32_t i)
{
	struct order *o = &b->order[i];
	struct position *p = &b->positions[o->symbol];

	if (o->previous != NO_ORDER)
		b->order[o->previous].next = o->next;
	else
		p->first_live = o->next;
	if (o->next != NO_ORDER)
		b->order[o->next].previous = o->previous;
	else
		p->last_live = o->previous;
	b->live--;
}

/* What a dead child did not fill may be given to another. */
static void
give_back(struct book *b, const struct order *o)
{
	struct approval *a;

	if (o->parent == NO_ORDER || o->role != ROLE_PLAIN)
		return;
	a = &b->approval[o->parent];
	dec_sub(a->given, order_leaves(o), &a->given);
}

static void
take_from_parent(struct book *b, const struct order *o)
{
	struct approval *a;

	if (o->parent == NO_ORDER || o->role != ROLE_PLAIN)
		return;
	a = &b->approval[o->parent];
	dec_add(a->given, o->terms.qty, &a->given);
}

static uint32_t
find_index(const struct table *t, const struct record *r, const char *name)
{
	const char *s;
	size_t n;
	int64_t i;

	named_str(r, name, &s, &n);
	i = n > 0 ? table_find(t, s, n) : -1;
	return i < 0 ? NO_ORDER : (uint32_t)i;
}

static int
apply_request(struct book *b, const struct record *r, struct problem *p)
{
	const struct field *f = named_find(r, "request");
	const char *id, *field, *what;
	size_t id_len;
	int64_t symbol, i;
	struct order *o;
	int is_new;

	if (f == NULL || !field_is(f, "new"))
		return 0;
	symbol = line_symbol(b, r);
	named_str(r, "id", &id, &id_len);
	i = table_intern(&b->orders, id, id_len, &is_new);
	if (symbol < 0 || i < 0 || !is_new || book_grow_orders(b) != 0)
		return bad_line(p, "request");
	o = &b->order[i];
	if (terms_read(r, &o->terms, &field, &what) != 0)
		return bad_line(p, field);
	o->symbol = (uint32_t)symbol;
	o->parent = find_index(&b->approvals, r, "parent");
	o->entry = find_index(&b->orders, r, "entry");
	o->role = line_role(r);
	o->known = named_time(r, "known");
	o->after = named_time(r, "after");
	named_copy(r, "timeout", o->timeout, sizeof o->timeout);
	named_copy(r, "then", o->then, sizeof o->then);
	o->has_high = named_dec(r, "high", &o->high) == 0;
	o->has_decided = named_dec(r, "price", &o->decided) == 0;
	o->decided_on = named_time(r, "priced_on");
	take_from_parent(b, o);
	list_add(b, (uint32_t)i);
	return 0;
}

static int
apply_execution(struct book *b, struct order *o, const struct record *r,
    struct problem *p)
{
	struct dec qty, price;
	struct money fee;

	if (named_dec(r, "last_qty", &qty) != 0 ||
	    named_dec(r, "last_price", &price) != 0 ||
	    named_money(r, "fee", &fee) != 0)
		return bad_line(p, "report of an execution");
	o->is_triggered = 1; /* what is left of a stop is a market order */
	return book_fill(b, o, qty, price, fee) == 0 ? 0 :
	    problem_set(p, 1, "the account's sums overflow");
}

static enum order_state
event_state(const struct field *event, const struct order *o)
{
	if (field_is(event, "accepted"))
		return ORDER_ACCEPTED;
	if (field_is(event, "partial"))
		return ORDER_PARTIAL;
	if (field_is(event, "filled"))
		return ORDER_FILLED;
	if (field_is(event, "canceled"))
		return ORDER_CANCELED;
	if (field_is(event, "expired"))
		return ORDER_EXPIRED;
	if (field_is(event, "rejected"))
		return ORDER_REJECTED;
	return o->state;
}

static int
apply_report(struct book *b, const struct record *r, struct problem *p)
{
	const struct field *event = named_find(r, "event");
	uint32_t i = find_index(&b->orders, r, "id");
	struct order *o;
	int was_live;

	if (event == NULL || i == NO_ORDER)
		return bad_line(p, "report");
	o = &b->order[i];
	was_live = order_is_live(o);
	if (field_is(event, "partial") || field_is(event, "filled")) {
		if (apply_execution(b, o, r, p) != 0)
			return -1;
	} else if (field_is(event, "replaced")) {
		if (named_dec(r, "qty", &o->terms.qty) != 0)
			return bad_line(p, "report of a replacement");
		named_dec(r, "limit", &o->terms.limit);
		named_dec(r, "stop", &o->terms.stop);
	}
	o->state = event_state(event, o);
	if (was_live && !order_is_live(o)) {
		list_remove(b, i);
		give_back(b, o);
	}
	return 0;
}

/* The instant up to which the strategies named are in the ledger. One that an
 * older history brought takes nothing back: what is known stays so. */
static int
apply_instant(struct book *b, const struct record *r, int is_end)
{
	int64_t known = named_time(r, "known");
	const char *s;
	size_t n;

	if (known >= b->known) {
		b->known = known;
		b->is_ended = is_end;
	}
	named_str(r, "strategies", &s, &n);
	while (n > 0) {
		const char *comma = memchr(s, ',', n);
		size_t len = comma != NULL ? (size_t)(comma - s) : n;
		int64_t i = book_strategy(b, s, len);

		if (i < 0)
			return -1;
		if (known >= b->marks[i].known) {
			b->marks[i].known = known;
			b->marks[i].is_closed = is_end;
		}
		s += len + (comma != NULL);
		n -= len + (comma != NULL);
	}
	return 0;
}

static int
apply_mark(struct book *b, const struct record *r, struct problem *p)
{
	int64_t i = line_symbol(b, r);
	struct position *at;

	if (i < 0)
		return bad_line(p, "mark");
	at = &b->positions[i];
	at->mark_start = named_time(r, "time");
	at->mark_known = at->ended_known = named_time(r, "known");
	at->has_mark = named_dec(r, "price", &at->mark) == 0;
	return 0;
}

static int
apply_working(struct book *b, const struct record *r, struct problem *p)
{
	uint32_t i = find_index(&b->orders, r, "id");
	struct order *o;

	if (i == NO_ORDER)
		return bad_line(p, "working");
	o = &b->order[i];
	o->has_high = named_dec(r, "high", &o->high) == 0;
	o->is_triggered = named_find(r, "triggered") != NULL;
	if (named_int(r, "bars", &o->bars) != 0 ||
	    named_int(r, "day", &o->day) != 0)
		return bad_line(p, "working");
	if (named_int(r, "seen", &o->seen) != 0)
		o->seen = o->bars;
	return 0;
}

/* Its stop was passed, and nothing of it filled. */
static int
apply_triggered(struct book *b, const struct record *r, struct problem *p)
{
	uint32_t i = find_index(&b->orders, r, "id");

	if (i == NO_ORDER)
		return bad_line(p, "triggered");
	b->order[i].is_triggered = 1;
	return 0;
}

int
book_apply(void *book, struct record *r, struct problem *p)
{
	struct book *b = book;
	const struct field *type = named_find(r, "type");

	if (type == NULL)
		return bad_line(p, "no type");
	if (field_is(type, "ledger"))
		return apply_ledger(b, r, p);
	if (!b->is_open)
		return bad_line(p, "the first one is not of type ledger");
	if (field_is(type, "order"))
		return apply_order(b, r, p);
	if (field_is(type, "request"))
		return apply_request(b, r, p);
	if (field_is(type, "report"))
		return apply_report(b, r, p);
	if (field_is(type, "mark"))
		return apply_mark(b, r, p);
	if (field_is(type, "triggered"))
		return apply_triggered(b, r, p);
	if (field_is(type, "working"))
		return apply_working(b, r, p);
	if (field_is(type, "instant") || field_is(type, "end"))
		return apply_instant(b, r, field_is(type, "end")) == 0 ? 0 :
		    problem_set(p, 1, "out of memory");
	return 0;
}
