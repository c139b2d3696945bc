/* SPDX-License-Identifier: MIT */
/* Sizes: qty = amount / (price * multiplier), exact, rounded down to whole
 * units or to the lot. To add a form is one function and one row. */
#include "risk/size.h"

#include <string.h>

#include "stage/option.h"

enum { RAW_SCALE = 9 };

struct size_form {
	const char *name;
	int is_fraction; /* of what: 20% */
	/* the money to spend; NULL: the value is the quantity itself */
	int (*amount)(struct dec value, const struct size_input *in,
	    struct money *out);
};

static int
amount_notional(struct dec value, const struct size_input *in,
    struct money *out)
{
	(void)in;
	return money_from_dec(value, out);
}

static int
amount_equity(struct dec value, const struct size_input *in, struct money *out)
{
	return in->has_equity ? money_mul(in->equity, value, out) : -1;
}

static int
amount_cash(struct dec value, const struct size_input *in, struct money *out)
{
	return in->has_cash ? money_mul(in->cash, value, out) : -1;
}

static const struct size_form forms[] = {
    {"fixed", 0, NULL},
    {"notional", 0, amount_notional},
    {"equity", 1, amount_equity},
    {"cash", 1, amount_cash},
};

int
size_parse(struct sizing *z, const char *text, const char **what)
{
	size_t n = strcspn(text, ":");
	int rc;

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *value = text + n + 1;

		if (strlen(forms[i].name) != n || text[n] == '\0' ||
		    memcmp(forms[i].name, text, n) != 0)
			continue;
		rc = forms[i].is_fraction ?
		    option_fraction(value, strlen(value), &z->value) :
		    dec_parse(value, strlen(value), &z->value) != DEC_OK;
		z->form = &forms[i];
		z->text = text;
		*what = "wants a number above 0, as 100 or 20%";
		return rc == 0 && dec_sign(z->value) > 0 ? 0 : -1;
	}
	*what = "wants fixed:N, notional:N, equity:20% or cash:90%";
	return -1;
}

struct size_result
size_given(struct dec qty, struct dec lot)
{
	struct size_result r = {.is_known = 1, .qty = qty, .raw = qty};

	if (dec_sign(lot) > 0 &&
	    dec_round_to(qty, lot, DEC_DOWN, &r.qty) != 0)
		r.is_known = 0;
	return r;
}

/* How many lots the money buys, so that the quotient is rounded once. */
static int
whole_lots(struct money amount, struct dec unit, struct dec lot,
    struct dec *out)
{
	struct dec lots;

	return dec_mul(unit, lot, DEC_SCALE_MAX, DEC_HALF_EVEN, &unit) != 0 ||
	    money_div(amount, unit, 0, DEC_DOWN, &lots) != 0 ||
	    dec_mul(lots, lot, DEC_SCALE_MAX, DEC_HALF_EVEN, out) != 0 ?
	    -1 : 0;
}

struct size_result
size_compute(const struct sizing *z, const struct size_input *in)
{
	struct size_result r = {0};
	struct dec unit, lot = dec_sign(in->lot) > 0 ? in->lot : dec_int(1);
	struct money amount;

	if (z->form->amount == NULL)
		return size_given(z->value, in->lot);
	if (!in->has_price || z->form->amount(z->value, in, &amount) != 0)
		return r;
	if (money_sign(amount) < 0)
		amount.v = 0;
	r.is_known = dec_mul(in->price, in->multiplier, DEC_SCALE_MAX,
	    DEC_HALF_EVEN, &unit) == 0 &&
	    whole_lots(amount, unit, lot, &r.qty) == 0;
	if (r.is_known && money_div(amount, unit, RAW_SCALE, DEC_DOWN,
	    &r.raw) != 0)
		r.raw = r.qty; /* so many that a fraction tells nothing */
	return r;
}
