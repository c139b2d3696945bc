/* SPDX-License-Identifier: MIT */
/* Commission and slippage. */
#include "broker/cost.h"

#include <string.h>

#include "stage/option.h"

enum { PRICE_SCALE = 9, IMPACT_SCALE = 15 };

static int
ends_with(const char *s, size_t n, const char *end)
{
	size_t len = strlen(end);

	return n > len && memcmp(s + n - len, end, len) == 0;
}

/* Parts of one kind add up. */
static int
add_part(struct dec *to, struct dec v)
{
	return dec_sign(v) < 0 ? -1 : dec_add(*to, v, to);
}

static int
parse_part(const char *s, size_t n, struct commission *out)
{
	struct dec v;

	if (ends_with(s, n, "/share"))
		return dec_parse(s, n - 6, &v) == DEC_OK ?
		    add_part(&out->per_share, v) : -1;
	if (ends_with(s, n, "%") || ends_with(s, n, "bp"))
		return option_fraction(s, n, &v) == 0 ?
		    add_part(&out->rate, v) : -1;
	return dec_parse(s, n, &v) == DEC_OK ? add_part(&out->flat, v) : -1;
}

int
commission_parse(const char *s, struct commission *out)
{
	memset(out, 0, sizeof *out);
	for (;;) {
		size_t n = strcspn(s, "+");

		if (parse_part(s, n, out) != 0)
			return -1;
		if (s[n] == '\0')
			return 0;
		s += n + 1;
	}
}

int
commission_fee(const struct commission *c, struct dec qty, struct money value,
    struct money *fee)
{
	struct money part;
	int rc = money_from_dec(c->flat, fee);

	rc |= money_mul(value, c->rate, &part);
	rc |= money_add(*fee, part, fee);
	rc |= money_product(qty, c->per_share, &part);
	return rc | money_add(*fee, part, fee);
}

int
slippage_parse(const char *s, struct slippage *out)
{
	size_t n = strlen(s);

	if (strncmp(s, "share:", 6) == 0) {
		out->kind = SLIPPAGE_SHARE;
		return dec_parse(s + 6, n - 6, &out->value) == DEC_OK &&
		    dec_sign(out->value) >= 0 ? 0 : -1;
	}
	out->kind = ends_with(s, n, "%") || ends_with(s, n, "bp") ?
	    SLIPPAGE_FRACTION : SLIPPAGE_FIXED;
	return option_fraction(s, n, &out->value) == 0 &&
	    dec_sign(out->value) >= 0 ? 0 : -1;
}

int
price_moved(struct dec price, struct dec fraction, struct dec *out)
{
	struct money from, by;

	return money_from_dec(price, &from) != 0 ||
	    money_mul(from, fraction, &by) != 0 ||
	    money_add(from, by, &from) != 0 ||
	    money_div(from, dec_int(1), PRICE_SCALE, DEC_HALF_EVEN, out) != 0 ?
	    -1 : 0;
}

/* value * (qty / volume)^2, as a fraction of the price. */
static int
impact(const struct slippage *s, struct dec qty, struct dec volume,
    struct dec *out)
{
	struct dec share;

	if (dec_sign(volume) <= 0)
		return -1;
	return dec_div(qty, volume, PRICE_SCALE, DEC_HALF_EVEN, &share) != 0 ||
	    dec_mul(share, share, IMPACT_SCALE, DEC_HALF_EVEN, out) != 0 ||
	    dec_mul(*out, s->value, IMPACT_SCALE, DEC_HALF_EVEN, out) != 0 ?
	    -1 : 0;
}

int
slippage_apply(const struct slippage *s, int side, struct dec qty,
    struct dec volume, struct dec *price)
{
	struct dec by = s->value;

	if (s->kind == SLIPPAGE_NONE)
		return 0;
	if (s->kind == SLIPPAGE_SHARE && impact(s, qty, volume, &by) != 0)
		return -1;
	if (side < 0)
		by = dec_neg(by);
	if (s->kind != SLIPPAGE_FIXED)
		return price_moved(*price, by, price);
	if (dec_add(*price, by, price) != 0)
		return -1;
	*price = dec_round(*price, PRICE_SCALE, DEC_HALF_EVEN);
	return 0;
}
