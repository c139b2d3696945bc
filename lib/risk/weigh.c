/* SPDX-License-Identifier: MIT */
/* What a wish comes to: its prices on the tick, its size, its target, what it
 * may lead to at worst, and what it costs. */
#include <string.h>

#include "risk/state.h"

/* To the tick, never to the better side for the order: a limit away from the
 * market, a stop later. */
static int
round_price(struct dec *price, struct dec tick, int up)
{
	return dec_sign(tick) <= 0 ? 0 :
	    dec_round_to(*price, tick, up ? DEC_CEIL : DEC_FLOOR, price);
}

static int
round_exit(struct exit_price *e, struct dec tick, int up)
{
	return e->kind != EXIT_PRICE_AT ? 0 : round_price(&e->value, tick, up);
}

/* Attached exits trade on the other side than their entry. */
static int
round_terms(struct terms *t, int side, struct dec tick)
{
	int is_buy = side > 0;

	return round_price(&t->limit, tick, !is_buy) |
	    round_price(&t->stop, tick, is_buy) |
	    round_exit(&t->stop_loss, tick, !is_buy) |
	    round_exit(&t->take_profit, tick, is_buy);
}

/* Limit, else stop, else the close; a sale is never counted below that. */
static struct dec
price_of(const struct terms *t, int side, struct dec close)
{
	struct dec own = t->has_limit ? t->limit : t->stop;

	if ((!t->has_limit && !t->has_stop) ||
	    (side < 0 && dec_cmp(own, close) < 0))
		return close;
	return own;
}

static void
set_terms(const struct trisk *t, struct verdict *v, int side)
{
	struct risk_input *in = &v->input;

	in->terms = v->intent->terms;
	v->raw_limit = in->terms.limit;
	v->raw_stop = in->terms.stop;
	in->terms.tick = t->opt.tick;
	in->terms.allow = t->allow;
	if (round_terms(&in->terms, side, t->opt.tick) != 0)
		in->terms.limit = in->terms.stop = dec_int(0);
	in->price.v = price_of(&in->terms, side, v->close);
	in->price.is_known = dec_sign(in->price.v) > 0;
}

/* Cash that is free when the orders to be cancelled are, and what of the
 * position this order closes first is closed. */
static int
count_available(const struct trisk *t, const struct verdict *v,
    struct money *free)
{
	const struct position *p = desk_position(&t->desk, v->intent->symbol);
	struct dec held = dec_abs(p->qty), part, mark = v->close;
	struct money m;
	int rc = 0;

	for (uint32_t i = 0; i < t->desk.working_count; i++) {
		if (!t->desk.working[i].is_leaving)
			continue;
		rc |= desk_working_cost(&t->desk, v->intent->symbol,
		    &t->desk.working[i], &m);
		rc |= money_add(*free, m, free);
	}
	if (dec_sign(p->qty) * v->input.plan.side >= 0)
		return rc;
	part = dec_cmp(v->input.plan.qty, held) < 0 ? v->input.plan.qty : held;
	if (!p->is_future && dec_sign(p->qty) < 0) {
		rc |= desk_cost(p, part, mark, &m);
		rc |= money_mul(m, dec_int(2), &m);
		rc |= money_add(*free, m, free);
		rc |= desk_cost(p, part, v->input.price.v, &m);
		return rc | money_sub(*free, m, free);
	}
	rc |= desk_cost(p, part, mark, &m);
	return rc | money_add(*free, m, free);
}

/* When all of what is held is closed first, the cash of that counts too. */
static struct size_result
compute_size(struct trisk *t, struct verdict *v, const struct funds *funds)
{
	const struct position *p = desk_position(&t->desk, v->intent->symbol);
	struct size_input in = {.has_price = v->input.price.is_known,
	    .has_equity = funds->has_equity, .has_cash = funds->has_free,
	    .price = v->input.price.v, .multiplier = p->multiplier,
	    .equity = funds->equity, .cash = funds->free, .lot = t->opt.lot};

	if (v->intent->has_size) {
		v->sized_from = "signal";
		return size_given(v->intent->size, t->opt.lot);
	}
	v->sized_from = t->sizing.text;
	v->input.plan.qty = dec_abs(p->qty);
	if (in.has_cash && count_available(t, v, &in.cash) != 0)
		in.has_cash = 0;
	return size_compute(&t->sizing, &in);
}

static void
finish_terms(struct risk_input *in)
{
	struct terms *t = &in->terms;

	t->side = in->plan.side;
	t->qty = in->plan.qty;
	t->target = in->plan.target;
	t->has_target = 1;
	t->has_worst = t->has_limit;
	t->worst = t->limit;
	if (!in->plan.is_reducing)
		return;
	/* Nothing is opened that an exit could guard. */
	t->stop_loss.kind = t->take_profit.kind = EXIT_PRICE_NONE;
	t->max_bars = 0;
	if (t->type != TYPE_TRAIL)
		t->trail = dec_int(0);
}

static void
make_plan(struct trisk *t, struct verdict *v, const struct funds *funds)
{
	struct risk_input *in = &v->input;
	int side = target_side(v->intent->action, in->position);
	struct target_input wish = {.intent = v->intent,
	    .position = in->position, .known = v->known,
	    .working = t->desk.working, .count = t->desk.working_count,
	    .adds = t->opt.mode, .rebalances = t->opt.rebalance};
	struct size_result size;

	in->plan.side = side;
	set_terms(t, v, side);
	size = compute_size(t, v, funds);
	if (size.is_known)
		wish.size = size.qty;
	target_plan(&wish, &in->plan);
	if (in->plan.side != side)
		set_terms(t, v, in->plan.side);
	in->raw_qty = size.raw;
	v->is_rounded = dec_cmp(size.raw, size.qty) != 0;
	if (in->plan.leaves_all) {
		v->sized_from = "position";
		v->is_rounded = 0;
	}
	finish_terms(in);
}

/* Sums of what other orders of the side may fill: exits only as far as there
 * is a position to close. */
static void
count_worst(const struct trisk *t, struct risk_input *in)
{
	int side = in->plan.side, held = dec_sign(in->position), rc = 0;
	struct dec entries = {0}, exits = {0}, sum = in->position;

	for (uint32_t i = 0; i < t->desk.working_count; i++) {
		const struct working *w = &t->desk.working[i];

		if (w->is_leaving || w->terms->side != side)
			continue;
		if (w->is_attached || dec_sign(w->target) * side <= 0)
			rc |= dec_add(exits, w->leaves, &exits);
		else
			rc |= dec_add(entries, w->leaves, &entries);
	}
	if (held * side >= 0)
		exits = dec_int(0);
	else if (dec_cmp(exits, dec_abs(in->position)) > 0)
		exits = dec_abs(in->position);
	rc |= dec_add(entries, exits, &in->working.v);
	rc |= dec_add(in->working.v, in->terms.qty, &entries);
	rc |= side > 0 ? dec_add(sum, entries, &sum) :
	    dec_sub(sum, entries, &sum);
	in->worst = (struct figure){rc == 0, sum};
	in->working.is_known = rc == 0;
}

static struct amount
worth(const struct position *p, struct figure price, struct dec qty)
{
	struct amount a = {0};

	a.is_known = price.is_known &&
	    money_product(qty, price.v, &a.v) == 0 &&
	    money_mul(a.v, p->multiplier, &a.v) == 0;
	return a;
}

static void
count_funds(struct trisk *t, struct verdict *v, const struct funds *funds)
{
	struct risk_input *in = &v->input;
	const struct position *p = desk_position(&t->desk, v->intent->symbol);
	struct dec open = in->terms.qty, held = dec_abs(in->position);
	struct money free = funds->free;

	in->equity = (struct amount){funds->has_equity, funds->equity};
	in->cash = (struct amount){1, funds->cash};
	in->notional = worth(p, in->price, in->terms.qty);
	in->worst_notional = worth(p, in->price, dec_abs(in->worst.v));
	in->worst_notional.is_known &= in->worst.is_known;
	if (dec_sign(in->position) * in->plan.side < 0)
		open = dec_cmp(open, held) <= 0 || dec_sub(open, held, &open)
		    != 0 ? dec_int(0) : open;
	in->needed.is_known = in->price.is_known &&
	    desk_cost(p, open, in->price.v, &in->needed.v) == 0;
	in->available.is_known = funds->has_free &&
	    count_available(t, v, &free) == 0;
	in->available.v = free;
}

void
risk_weigh(struct trisk *t, struct verdict *v)
{
	struct funds funds;

	desk_funds(&t->desk, &funds);
	v->input.position = desk_position(&t->desk, v->intent->symbol)->qty;
	if (desk_mark_of(&t->desk, v->intent->symbol, &v->close) != 0)
		v->close = v->intent->price;
	make_plan(t, v, &funds);
	count_worst(t, &v->input);
	count_funds(t, v, &funds);
}
