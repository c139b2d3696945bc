/* SPDX-License-Identifier: MIT */
/* Prices are above zero. A quote's side may be 0: nobody bids, or offers. */
#include "clean/clean.h"

static const enum clean_field prices[] = { CLEAN_OPEN, CLEAN_HIGH, CLEAN_LOW,
	CLEAN_CLOSE, CLEAN_PRICE };

static enum clean_verdict
price_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	(void)view;
	for (size_t i = 0; i < sizeof prices / sizeof *prices; i++) {
		enum clean_field f = prices[i];

		if (clean_knows(in, f) && dec_sign(in->value[f]) <= 0)
			return clean_refuse(out, f, "%s is not above zero",
			    clean_field_name(f));
	}
	for (enum clean_field f = CLEAN_BID; f <= CLEAN_ASK; f++)
		if (clean_knows(in, f) && dec_sign(in->value[f]) < 0)
			return clean_refuse(out, f, "%s is negative",
			    clean_field_name(f));
	return CLEAN_PASS;
}

const struct clean_rule clean_price = {
	.name = "price",
	.summary = "refuses prices of zero or less, and negative bids and asks",
	.types = CLEAN_ALL,
	.check = price_check,
};
