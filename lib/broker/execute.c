/* SPDX-License-Identifier: MIT */
/* Executions: how much of an order a price fills, what it costs, whether cash
 * covers it, and what follows from it. */
#include "broker/match.h"

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
	if (match_reduces(p, o) && dec_sub(qty, dec_abs(pos->qty), &open) == 0 &&
	    dec_sign(open) <= 0)
		return 1;
	if (pos->is_future) {
		struct money held;

		/* What is turned round gives its own margin back. */
		if (match_reduces(p, o))
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
int
match_fill(struct paper *p, struct stage *s, uint32_t i,
    const struct paper_bar *bar, struct fill_result *at)
{
	struct order *o = &p->book.order[i];
	struct paper_event e = {.bar = bar, .priced_on = TIME_NONE};
	int is_trimmed;

	e.qty = fillable(p, o, bar, &is_trimmed);
	if (is_trimmed && dec_sign(e.qty) == 0)
		return match_say(p, s, i, "canceled", "TARGET_REACHED", bar);
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
			return match_say(p, s, i, "rejected", "NO_PRICE", bar);
		cap_slippage(p, bar, &e.price);
	}
	if (fee_of(p, o, e.qty, e.price, &e.fee) != 0)
		return stage_fail(s, EXIT_SYSTEM, "a fee overflows");
	if (!is_covered(p, o, e.qty, e.price, e.fee))
		return match_say(p, s, i, "rejected", "INSUFFICIENT_CASH", bar);
	if (execute(p, s, i, &e) != 0)
		return -1;
	if (is_trimmed && order_is_live(&p->book.order[i]))
		return match_say(p, s, i, "canceled", "TARGET_REACHED", bar);
	return 0;
}
