/* SPDX-License-Identifier: MIT */
/* FIFO round trips in exact decimals. A lot is what is left of an opening fill,
 * with its share of that fill's fee. */
#include "report/roundtrips.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct lot {
	struct dec qty, price;
	struct money fee;
	int64_t time, bar;
};

struct lots {
	struct lot *lot; /* owned; those from head to n are open */
	size_t head, n, cap;
	int side; /* of the open ones */
};

static int
overflow(void)
{
	errno = EOVERFLOW;
	return -1;
}

static struct lots *
lots_of(struct roundtrips *rt, const struct fill *f)
{
	int64_t i = table_intern(&rt->symbols, f->symbol, f->symbol_len, NULL);
	struct lots *lots;
	size_t cap;

	if (i < 0)
		return NULL;
	if ((size_t)i >= rt->cap) {
		cap = rt->cap == 0 ? 8 : rt->cap * 2;
		lots = realloc(rt->lots, cap * sizeof(*lots));
		if (lots == NULL)
			return NULL;
		memset(lots + rt->cap, 0, (cap - rt->cap) * sizeof(*lots));
		rt->lots = lots;
		rt->cap = cap;
	}
	return &rt->lots[i];
}

/* Makes room at the end, by moving the open lots down before asking for more
 * memory. */
static int
make_room(struct lots *l)
{
	struct lot *lot;
	size_t cap;

	if (l->n < l->cap)
		return 0;
	if (l->head > l->cap / 2) {
		memmove(l->lot, l->lot + l->head,
		    (l->n - l->head) * sizeof(*l->lot));
		l->n -= l->head;
		l->head = 0;
		return 0;
	}
	cap = l->cap == 0 ? 4 : l->cap * 2;
	lot = realloc(l->lot, cap * sizeof(*lot));
	if (lot == NULL)
		return -1;
	l->lot = lot;
	l->cap = cap;
	return 0;
}

static int
open_lot(struct lots *l, const struct fill *f, struct dec qty, struct money fee)
{
	if (make_room(l) < 0)
		return -1;
	l->side = f->side;
	l->lot[l->n++] = (struct lot){qty, f->price, fee, f->time, f->bar};
	return 0;
}

/* Takes qty (at most the lot's) from a lot: adds its cost, and its share of the
 * lot's fee, to *cost and *fees. */
static int
take(struct lot *lot, struct dec qty, struct money *cost, struct money *fees)
{
	struct money part, fee;

	if (money_product(lot->price, qty, &part) < 0 ||
	    money_share(lot->fee, qty, lot->qty, &fee) < 0 ||
	    money_add(*cost, part, cost) < 0 ||
	    money_add(*fees, fee, fees) < 0 ||
	    money_sub(lot->fee, fee, &lot->fee) < 0 ||
	    dec_sub(lot->qty, qty, &lot->qty) < 0)
		return overflow();
	return 0;
}

/* Closes open lots, oldest first, until *left is used up or nothing is open. */
static int
take_lots(
    struct lots *l, struct dec *left, struct roundtrip *t, struct money *cost)
{
	struct lot *lot;
	struct dec qty;

	while (l->head < l->n && dec_sign(*left) > 0) {
		lot = &l->lot[l->head];
		qty = dec_cmp(lot->qty, *left) < 0 ? lot->qty : *left;
		if (take(lot, qty, cost, &t->fees) < 0 ||
		    dec_sub(*left, qty, left) < 0 ||
		    dec_add(t->qty, qty, &t->qty) < 0)
			return overflow();
		if (dec_sign(lot->qty) == 0)
			l->head++;
	}
	if (l->head == l->n)
		l->head = l->n = 0;
	return 0;
}

/* gross = side * (exit price * qty - cost) * multiplier. */
static int
settle(struct roundtrip *t, const struct fill *f, struct money cost)
{
	struct money proceeds;

	if (money_div(cost, t->qty, 9, DEC_HALF_EVEN, &t->entry_price) < 0 ||
	    money_product(f->price, t->qty, &proceeds) < 0 ||
	    money_sub(proceeds, cost, &t->gross) < 0 ||
	    money_mul(t->gross, f->multiplier, &t->gross) < 0 ||
	    money_mul(cost, f->multiplier, &t->basis) < 0)
		return overflow();
	if (t->side < 0)
		t->gross = money_neg(t->gross);
	if (money_sign(t->basis) < 0)
		t->basis = money_neg(t->basis);
	if (money_sub(t->gross, t->fees, &t->net) < 0)
		return overflow();
	return 0;
}

static int
close_lots(struct lots *l, const struct fill *f, struct roundtrip *t)
{
	const struct lot *first = &l->lot[l->head];
	struct money cost = {0}, fee;
	struct dec left = f->qty;

	*t = (struct roundtrip){
	    .side = l->side,
	    .entry_time = first->time,
	    .exit_time = f->time,
	    .exit_price = f->price,
	    .bars = first->bar < 0 || f->bar < 0 ? -1 : f->bar - first->bar,
	};
	if (take_lots(l, &left, t, &cost) < 0)
		return -1;
	if (money_share(f->fee, t->qty, f->qty, &fee) < 0 ||
	    money_add(t->fees, fee, &t->fees) < 0 ||
	    money_sub(f->fee, fee, &fee) < 0)
		return overflow();
	if (settle(t, f, cost) < 0)
		return -1;
	return dec_sign(left) > 0 ? open_lot(l, f, left, fee) : 0;
}

int
roundtrips_fill(
    struct roundtrips *rt, const struct fill *f, struct roundtrip *out)
{
	struct lots *l = lots_of(rt, f);

	if (l == NULL)
		return -1;
	if (l->head == l->n || l->side == f->side)
		return open_lot(l, f, f->qty, f->fee);
	if (close_lots(l, f, out) < 0)
		return -1;
	out->symbol = table_text(&rt->symbols, (size_t)(l - rt->lots));
	return 1;
}

double
roundtrip_return(const struct roundtrip *t)
{
	if (money_sign(t->basis) == 0)
		return NAN;
	return money_to_double(t->net) / money_to_double(t->basis);
}

void
roundtrips_release(struct roundtrips *rt)
{
	for (size_t i = 0; i < rt->cap; i++)
		free(rt->lots[i].lot);
	free(rt->lots);
	table_release(&rt->symbols);
	*rt = (struct roundtrips){0};
}
