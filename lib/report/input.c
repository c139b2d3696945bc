/* SPDX-License-Identifier: MIT */
/* Records to what the report is made of. */
#include "report/input.h"

#include "base/text.h"

void
input_init(struct input_keys *k)
{
	*k = (struct input_keys){
	    .time = KEY("time"),
	    .symbol = KEY("symbol"),
	    .equity = KEY("equity"),
	    .cash = KEY("cash"),
	    .gross = KEY("gross"),
	    .event = KEY("event"),
	    .side = KEY("side"),
	    .last_qty = KEY("last_qty"),
	    .last_price = KEY("last_price"),
	    .fee = KEY("fee"),
	    .multiplier = KEY("multiplier"),
	    .qty = KEY("qty"),
	    .close = KEY("close"),
	};
}

static int
is_given(const struct field *f)
{
	return f != NULL && f->kind != F_NULL;
}

static int
read_symbol(const struct field *f, const char **name, size_t *len)
{
	if (f == NULL || field_plain(f, name, len) < 0)
		return -1;
	return text_is_symbol(*name, *len) ? 0 : -1;
}

const char *
input_account(
    struct input_keys *k, const struct record *r, struct input_account *out)
{
	const struct field *time = record_find(r, &k->time);
	const struct field *equity = record_find(r, &k->equity);
	const struct field *cash = record_find(r, &k->cash);
	const struct field *gross = record_find(r, &k->gross);
	struct report_account *a = &out->account;
	struct money held = {0};

	if (time == NULL || field_time(time, &a->time, &a->digits) < 0)
		return "an account record needs a time";
	if (equity == NULL || field_money(equity, &a->equity) < 0)
		return "an account record needs its equity";
	out->has_cash = is_given(cash);
	if (out->has_cash && field_money(cash, &out->cash) < 0)
		return "the cash of an account is a number";
	if (is_given(gross) && field_money(gross, &held) < 0)
		return "the gross of an account is a number";
	a->is_exposed = money_sign(held) != 0;
	return NULL;
}

int
input_is_fill(struct input_keys *k, const struct record *r)
{
	const struct field *f = record_find(r, &k->event);

	return f != NULL && (field_is(f, "filled") || field_is(f, "partial"));
}

static const char *
read_terms(struct input_keys *k, const struct record *r, struct fill *f)
{
	const struct field *side = record_find(r, &k->side);
	const struct field *qty = record_find(r, &k->last_qty);
	const struct field *price = record_find(r, &k->last_price);

	if (side == NULL || (!field_is(side, "buy") && !field_is(side, "sell")))
		return "the side of a fill is buy or sell";
	if (qty == NULL || field_dec(qty, &f->qty) < 0 || dec_sign(f->qty) <= 0)
		return "a fill needs a last_qty above zero";
	if (price == NULL || field_dec(price, &f->price) < 0)
		return "a fill needs a last_price";
	f->side = field_is(side, "buy") ? 1 : -1;
	return NULL;
}

const char *
input_fill(
    struct input_keys *k, const struct record *r, struct fill *f, int *digits)
{
	const struct field *time = record_find(r, &k->time);
	const struct field *fee = record_find(r, &k->fee);
	const struct field *multiplier = record_find(r, &k->multiplier);

	f->fee = (struct money){0};
	f->multiplier = dec_int(1);
	if (time == NULL || field_time(time, &f->time, digits) < 0)
		return "a fill needs a time";
	if (read_symbol(
		record_find(r, &k->symbol), &f->symbol, &f->symbol_len) < 0)
		return "a fill needs a symbol";
	if (is_given(fee) && field_money(fee, &f->fee) < 0)
		return "the fee of a fill is a number";
	if (is_given(multiplier) && field_dec(multiplier, &f->multiplier) < 0)
		return "the multiplier of a fill is a number";
	return read_terms(k, r, f);
}

const char *
input_position(struct input_keys *k, const struct record *r,
    struct input_symbol *symbol, int *is_held)
{
	const struct field *f = record_find(r, &k->qty);
	struct dec qty;

	if (read_symbol(
		record_find(r, &k->symbol), &symbol->name, &symbol->len) < 0)
		return "a position needs a symbol";
	if (f == NULL || field_dec(f, &qty) < 0)
		return "a position needs its qty";
	*is_held = dec_sign(qty) != 0;
	return NULL;
}

const char *
input_bar(struct input_keys *k, const struct record *r,
    struct input_symbol *symbol, double *close)
{
	const struct field *f = record_find(r, &k->close);

	if (read_symbol(
		record_find(r, &k->symbol), &symbol->name, &symbol->len) < 0)
		return "a bar needs a symbol";
	if (f == NULL || field_real(f, close) < 0)
		return "a bar needs its close";
	return NULL;
}
