/* SPDX-License-Identifier: MIT */
/* Commission and slippage. */
#include "broker/cost.h"

#include <string.h>

#include "stage/option.h"

enum { PRICE_SCALE = 9 };

static int
ends_with(const char *s, size_t n, const char *end)
{
	size_t len = strlen(end);

	return n > len && memcmp(s + n - len, end, len) == 0;
}

static int
parse_part(const char *s, size_t n, struct commission *out)
{
	if (ends_with(s, n, "/share"))
		return dec_parse(s, n - 6, &out->per_share) == DEC_OK ? 0 : -1;
	if (ends_with(s, n, "%") || ends_with(s, n, "bp"))
		return option_fraction(s, n, &out->rate);
	return dec_parse(s, n, &out->flat) == DEC_OK ? 0 : -1;
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
			break;
		s += n + 1;
	}
	return dec_sign(out->flat) < 0 || dec_sign(out->rate) < 0 ||
	    dec_sign(out->per_share) < 0 ? -1 : 0;
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

/* value * (qty / volume)^2, as a fraction of the price. */
static int
impact(const struct slippage *s, struct dec qty, struct dec volume,
    struct dec *out)
{
	struct dec share;

	if (dec_sign(volume) <= 0)
		return -1;
	return dec_div(qty, volume, PRICE_SCALE, DEC_HALF_EVEN, &share) |
	    dec_mul(share, share, DEC_SCALE_MAX, DEC_HALF_EVEN, out) |
	    dec_mul(*out, s->value, DEC_SCALE_MAX, DEC_HALF_EVEN, out);
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
	if (s->kind != SLIPPAGE_FIXED &&
	    dec_mul(*price, by, DEC_SCALE_MAX, DEC_HALF_EVEN, &by) != 0)
		return -1;
	if ((side > 0 ? dec_add(*price, by, price) :
	    dec_sub(*price, by, price)) != 0)
		return -1;
	*price = dec_round(*price, PRICE_SCALE, DEC_HALF_EVEN);
	return 0;
}
