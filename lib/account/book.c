/* SPDX-License-Identifier: MIT */
/* Positions and money of the book. */
#include "account/book_grow.h"

#include <stdlib.h>
#include <string.h>

enum { AVERAGE_SCALE = 9 };

void
book_init(struct book *b)
{
	memset(b, 0, sizeof *b);
	b->known = TIME_NONE;
}

void
book_release(struct book *b)
{
	for (uint32_t i = 0; i < b->approvals.count; i++)
		free(b->approval[i].seal);
	table_release(&b->symbols);
	table_release(&b->approvals);
	table_release(&b->orders);
	table_release(&b->strategies);
	free(b->positions);
	free(b->approval);
	free(b->order);
	free(b->marks);
	book_init(b);
}

/* Makes room for one more element of an array beside a table. */
static int
grow(void **array, uint32_t *cap, uint32_t count, size_t size)
{
	uint32_t want = *cap == 0 ? 16 : *cap * 2;
	void *grown;

	if (count <= *cap)
		return 0;
	grown = realloc(*array, want * size);
	if (grown == NULL)
		return -1;
	memset((char *)grown + *cap * size, 0, (want - *cap) * size);
	*array = grown;
	*cap = want;
	return 0;
}

int64_t
book_symbol(struct book *b, const char *s, size_t n)
{
	int is_new;
	int64_t i = table_intern(&b->symbols, s, n, &is_new);

	if (i < 0 || !is_new)
		return i;
	if (grow((void **)&b->positions, &b->position_cap, b->symbols.count,
	    sizeof *b->positions) != 0)
		return -1;
	b->positions[i].multiplier = dec_int(1);
	b->positions[i].mark_start = TIME_NONE;
	b->positions[i].mark_known = TIME_NONE;
	b->positions[i].ended_known = TIME_NONE;
	b->positions[i].first_live = NO_ORDER;
	b->positions[i].last_live = NO_ORDER;
	return i;
}

int64_t
book_strategy(struct book *b, const char *s, size_t n)
{
	int is_new;
	int64_t i = table_intern(&b->strategies, s, n, &is_new);

	if (i < 0 || !is_new)
		return i;
	if (grow((void **)&b->marks, &b->mark_cap, b->strategies.count,
	    sizeof *b->marks) != 0)
		return -1;
	b->marks[i].known = TIME_NONE;
	return i;
}

int
book_grow_orders(struct book *b)
{
	return grow((void **)&b->order, &b->order_cap, b->orders.count,
	    sizeof *b->order);
}

int
book_grow_approvals(struct book *b)
{
	return grow((void **)&b->approval, &b->approval_cap,
	    b->approvals.count, sizeof *b->approval);
}

struct dec
order_leaves(const struct order *o)
{
	struct dec leaves = {0};

	dec_sub(o->terms.qty, o->cum, &leaves);
	return leaves;
}

const char *
order_id(const struct book *b, const struct order *o)
{
	return table_text(&b->orders, (size_t)(o - b->order));
}

struct dec
order_average(const struct order *o)
{
	struct dec average = {0};

	if (dec_sign(o->cum) != 0)
		money_div(o->value, o->cum, AVERAGE_SCALE, DEC_HALF_EVEN,
		    &average);
	return average;
}

struct dec
position_average(const struct position *p)
{
	struct dec average = {0};

	if (dec_sign(p->qty) != 0)
		money_div(p->cost, p->qty, AVERAGE_SCALE, DEC_HALF_EVEN,
		    &average);
	return average;
}

int
position_value(const struct position *p, struct money *out)
{
	struct money points;

	out->v = 0;
	if (!p->has_mark || dec_sign(p->qty) == 0)
		return 0;
	return money_product(p->qty, p->mark, &points) |
	    money_mul(points, p->multiplier, out);
}

int
position_unrealized(const struct position *p, struct money *out)
{
	struct money points;

	out->v = 0;
	if (!p->has_mark || dec_sign(p->qty) == 0)
		return 0;
	return money_product(p->qty, p->mark, &points) |
	    money_sub(points, p->cost, &points) |
	    money_mul(points, p->multiplier, out);
}

int
book_equity(const struct book *b, struct money *out)
{
	int rc = 0;

	*out = b->cash;
	for (uint32_t i = 0; i < b->symbols.count; i++) {
		const struct position *p = &b->positions[i];
		struct money worth;

		if (dec_sign(p->qty) == 0)
			continue;
		rc |= p->is_future ? position_unrealized(p, &worth) :
		    position_value(p, &worth);
		rc |= money_add(*out, worth, out);
	}
	return rc;
}

/* Closes `part` of the position at a price: *profit in money, before fees. */
static int
close_part(struct position *p, struct dec part, struct dec price,
    struct money *profit)
{
	int sign = dec_sign(p->qty);
	struct dec signed_part = sign > 0 ? part : dec_neg(part);
	struct money removed, proceeds;
	int rc = money_share(p->cost, part, dec_abs(p->qty), &removed);

	rc |= money_product(signed_part, price, &proceeds);
	rc |= money_sub(proceeds, removed, profit);
	rc |= money_mul(*profit, p->multiplier, profit);
	rc |= money_sub(p->cost, removed, &p->cost);
	return rc | dec_sub(p->qty, signed_part, &p->qty);
}

static int
open_part(struct position *p, struct dec signed_qty, struct dec price)
{
	struct money cost;
	int rc = money_product(signed_qty, price, &cost);

	rc |= money_add(p->cost, cost, &p->cost);
	return rc | dec_add(p->qty, signed_qty, &p->qty);
}

/* What reduces the position of a fill, and what is left to open. */
static int
move_position(struct position *p, int side, struct dec qty, struct dec price,
    struct money *profit)
{
	struct dec held = dec_abs(p->qty), open = qty;
	int rc = 0;

	profit->v = 0;
	if (dec_sign(p->qty) * side < 0) {
		struct dec part = dec_cmp(qty, held) < 0 ? qty : held;

		rc |= close_part(p, part, price, profit);
		rc |= dec_sub(qty, part, &open);
	}
	if (dec_sign(open) > 0)
		rc |= open_part(p, side > 0 ? open : dec_neg(open), price);
	return rc;
}

/* Cash pays for what is bought in full, and gets a future's profit. */
static int
move_cash(struct book *b, const struct position *p, struct money paid,
    struct money profit)
{
	if (p->is_future)
		return money_add(b->cash, profit, &b->cash);
	return money_mul(paid, p->multiplier, &paid) |
	    money_sub(b->cash, paid, &b->cash);
}

int
book_fill(struct book *b, struct order *o, struct dec qty, struct dec price,
    struct money fee)
{
	struct position *p = &b->positions[o->symbol];
	struct money value, profit;
	int rc = money_product(qty, price, &value);

	rc |= money_add(o->value, value, &o->value);
	rc |= dec_add(o->cum, qty, &o->cum);
	rc |= money_add(o->fees, fee, &o->fees);
	rc |= move_position(p, o->terms.side, qty, price, &profit);
	rc |= move_cash(b, p, o->terms.side > 0 ? value : money_neg(value),
	    profit);
	rc |= money_add(p->realized, profit, &p->realized);
	rc |= money_add(b->realized, profit, &b->realized);
	rc |= money_add(p->fees, fee, &p->fees);
	rc |= money_add(b->fees, fee, &b->fees);
	rc |= money_sub(b->cash, fee, &b->cash);
	o->executions++;
	return rc == 0 ? 0 : -1;
}
