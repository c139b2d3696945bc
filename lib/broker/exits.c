/* SPDX-License-Identifier: MIT */
/* Attached exits: stop-loss, take-profit, trail and time, made when their
 * entry fills, live from the bar after (or on it, --exits same-bar), each the
 * end of the others. */
#include <string.h>

#include "broker/paper.h"
#include "record/named.h"

/* Fill price * (1 + side * fraction), rounded to the tick towards the fill:
 * -3% loses three percent on either side. */
static int
relative_price(const struct order *entry, struct dec fraction,
    struct dec *out)
{
	enum dec_round how;

	if (entry->terms.side < 0)
		fraction = dec_neg(fraction);
	how = dec_sign(fraction) < 0 ? DEC_CEIL : DEC_FLOOR;
	if (price_moved(order_average(entry), fraction, out) != 0)
		return -1;
	return dec_sign(entry->terms.tick) > 0 ?
	    dec_round_to(*out, entry->terms.tick, how, out) : 0;
}

static int
exit_price(const struct order *entry, const struct exit_price *e,
    struct dec *out)
{
	if (e->kind == EXIT_PRICE_RELATIVE)
		return relative_price(entry, e->value, out);
	*out = e->value;
	return 0;
}

/* What an entry opened and its exits have not closed: of a flip only what lies
 * beyond flat. Exits stand behind their entry in the book. */
static struct dec
guarded(const struct paper *p, const struct order *entry)
{
	const struct book *b = &p->book;
	struct dec held = dec_abs(b->positions[entry->symbol].qty);
	struct dec open = entry->cum;
	uint32_t at = (uint32_t)(entry - b->order);

	for (uint32_t i = at + 1; i < b->orders.count; i++)
		if (b->order[i].entry == at && b->order[i].role != ROLE_PLAIN)
			dec_sub(open, b->order[i].cum, &open);
	return dec_cmp(held, open) < 0 ? held : open;
}

/* The terms of one exit: 1, 0 when the entry asks for none, -1 overflow. */
static int
exit_terms(const struct paper *p, const struct order *entry,
    enum order_role role, struct terms *t)
{
	const struct terms *from = &entry->terms;

	*t = (struct terms){.side = -from->side, .tif = TIF_GTC,
	    .qty = guarded(p, entry), .has_target = 1, .tick = from->tick,
	    .allow = from->allow};
	switch (role) {
	case ROLE_STOP:
		t->type = TYPE_STOP;
		t->has_stop = 1;
		return from->stop_loss.kind == EXIT_PRICE_NONE ? 0 :
		    exit_price(entry, &from->stop_loss, &t->stop) == 0 ? 1 : -1;
	case ROLE_PROFIT:
		t->type = TYPE_LIMIT;
		t->has_limit = 1;
		return from->take_profit.kind == EXIT_PRICE_NONE ? 0 :
		    exit_price(entry, &from->take_profit, &t->limit) == 0 ?
		    1 : -1;
	case ROLE_TRAIL:
		t->type = TYPE_TRAIL;
		t->trail = from->trail;
		return from->type != TYPE_TRAIL && dec_sign(from->trail) > 0;
	case ROLE_TIME:
		t->type = TYPE_MARKET;
		t->max_bars = from->max_bars;
		return from->max_bars > 0;
	case ROLE_PLAIN:
		break;
	}
	return 0;
}

/* "ENTRY-stop"; "ENTRY-stop2" when the entry fills on after that one ended. */
static void
exit_id(const struct paper *p, uint32_t entry, enum order_role role,
    char *out, size_t n)
{
	const struct book *b = &p->book;
	int len = snprintf(out, n, "%s-%s", order_id(b, &b->order[entry]),
	    order_role_name(role));

	for (int k = 2; table_find(&b->orders, out, strlen(out)) >= 0; k++)
		snprintf(out + len, n - (size_t)len, "%d", k);
}

static int
make_exit(struct paper *p, struct stage *s, uint32_t entry,
    enum order_role role, const struct terms *t, int64_t after)
{
	const struct order *o = &p->book.order[entry];
	struct record *line = &p->line;
	char id[160];
	int64_t i;
	int rc;

	exit_id(p, entry, role, id, sizeof id);
	record_make(line, REC_REQUEST);
	rc = named_put_time(line, "time", p->last_time, p->digits);
	rc |= named_put_str(line, "symbol",
	    table_text(&p->book.symbols, o->symbol));
	rc |= named_put_str(line, "request", "new");
	rc |= named_put_str(line, "id", id);
	if (o->parent != NO_ORDER)
		rc |= named_put_str(line, "parent",
		    table_text(&p->book.approvals, o->parent));
	rc |= named_put_str(line, "entry", order_id(&p->book, o));
	rc |= named_put_str(line, "role", order_role_name(role));
	rc |= terms_put(t, line);
	rc |= named_put_time(line, "known", p->known, p->digits);
	if (after != TIME_NONE)
		rc |= named_put_time(line, "after", after, p->digits);
	if (rc != 0 || paper_ledger_line(p, s, line) != 0)
		return rc != 0 ? stage_fail_memory(s) : -1;
	i = table_find(&p->book.orders, id, strlen(id));
	return paper_report(p, s, &(struct paper_event){.event = "accepted",
	    .order = (uint32_t)i, .priced_on = TIME_NONE});
}

/* More of the entry was filled: its exits grow with it. */
static int
grow_exit(struct paper *p, struct stage *s, uint32_t exit,
    const struct terms *t)
{
	struct order *o = &p->book.order[exit];

	o->terms = *t;
	if (dec_add(o->cum, t->qty, &o->terms.qty) != 0)
		return stage_fail(s, EXIT_SYSTEM, "the size of an exit "
		    "overflows");
	return paper_report(p, s, &(struct paper_event){.event = "replaced",
	    .order = exit, .priced_on = TIME_NONE});
}

static uint32_t
find_exit(const struct paper *p, uint32_t entry, enum order_role role)
{
	const struct book *b = &p->book;
	uint32_t i = b->positions[b->order[entry].symbol].first_live;

	for (; i != NO_ORDER; i = b->order[i].next)
		if (b->order[i].entry == entry && b->order[i].role == role)
			return i;
	return NO_ORDER;
}

/* On the entry bar itself, what was before the bar counts as seen. Of an entry
 * filled inside its bar nobody knows what of the bar came afterwards. */
int
paper_add_exits(struct paper *p, struct stage *s, uint32_t entry,
    const struct paper_event *fill)
{
	const struct paper_bar *bar = fill->bar;
	int64_t after = p->opt.exits && fill->at_open ? bar->start - 1 :
	    bar->start;

	/* A fill that only reduced what was held opened nothing to guard. */
	if (dec_sign(p->book.positions[bar->symbol].qty) *
	    p->book.order[entry].terms.side <= 0)
		return 0;
	for (int role = ROLE_STOP; role <= ROLE_TIME; role++) {
		const struct order *o = &p->book.order[entry];
		struct terms t;
		uint32_t old;
		int has = exit_terms(p, o, (enum order_role)role, &t);

		if (has < 0)
			return stage_fail(s, EXIT_SYSTEM, "the price of an "
			    "exit overflows");
		if (has == 0)
			continue;
		old = find_exit(p, entry, (enum order_role)role);
		if (old != NO_ORDER ? grow_exit(p, s, old, &t) != 0 :
		    make_exit(p, s, entry, (enum order_role)role, &t,
		    role == ROLE_TIME ? bar->start : after) != 0)
			return -1;
	}
	return 0;
}

static int
cancel(struct paper *p, struct stage *s, uint32_t i, const char *reason)
{
	return paper_report(p, s, &(struct paper_event){.event = "canceled",
	    .order = i, .reason = reason, .priced_on = TIME_NONE});
}

int
paper_cancel_others(struct paper *p, struct stage *s, uint32_t filled)
{
	uint32_t entry = p->book.order[filled].entry;
	uint32_t symbol = p->book.order[filled].symbol;
	uint32_t i = p->book.positions[symbol].first_live, next;

	for (; i != NO_ORDER; i = next) {
		const struct order *o = &p->book.order[i];

		next = o->next;
		if (o->role != ROLE_PLAIN && o->entry == entry &&
		    cancel(p, s, i, "ONE_CANCELS_OTHER") != 0)
			return -1;
	}
	return 0;
}

/* Exits of a position that is gone, or turned, have nothing to guard. */
int
paper_settle_exits(struct paper *p, struct stage *s, uint32_t symbol)
{
	const struct position *at = &p->book.positions[symbol];
	uint32_t i = at->first_live, next;

	for (; i != NO_ORDER; i = next) {
		const struct order *o = &p->book.order[i];

		next = o->next;
		at = &p->book.positions[symbol];
		if (o->role != ROLE_PLAIN &&
		    dec_sign(at->qty) * o->terms.side >= 0 &&
		    cancel(p, s, i, "POSITION_CLOSED") != 0)
			return -1;
	}
	return 0;
}
