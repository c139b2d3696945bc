/* SPDX-License-Identifier: MIT */
/* What a fill costs: commission and slippage. */
#ifndef TAPE_COST_H
#define TAPE_COST_H

#include "base/dec.h"
#include "base/money.h"

/* Charged on each fill: flat + rate * value + per_share * quantity. */
struct commission {
	struct dec flat, rate, per_share;
};

/* "0.1%", "5bp", "1.00", "0.005/share", or several with '+'. */
int commission_parse(const char *s, struct commission *out);
/* value: price * quantity * multiplier. -1: overflow. */
int commission_fee(const struct commission *c, struct dec qty,
    struct money value, struct money *fee);

enum slippage_kind { SLIPPAGE_NONE, SLIPPAGE_FRACTION, SLIPPAGE_FIXED,
	SLIPPAGE_SHARE };

struct slippage {
	enum slippage_kind kind;
	struct dec value;
};

/* "5bp" or "0.1%" of the price, "0.05" in price units, or "share:0.1": price *
 * 0.1 * (quantity / volume)^2, as zipline's VolumeShareSlippage has it. */
int slippage_parse(const char *s, struct slippage *out);
/* price * (1 + fraction), half-even at 9 decimals. -1: overflow. */
int price_moved(struct dec price, struct dec fraction, struct dec *out);

/* The price moved against the side (+1 buys), half-even at 9 decimals. Without
 * volume a share of it cannot be told: -1. */
int slippage_apply(const struct slippage *s, int side, struct dec qty,
    struct dec volume, struct dec *price);

#endif
