/* SPDX-License-Identifier: MIT */
/* Where a bar fills an order: the price rules of the paper broker, pure. */
#ifndef TAPE_FILL_H
#define TAPE_FILL_H

#include "order/terms.h"
#include "record/market.h"

enum fill_phase { FILL_OPEN, FILL_INSIDE, FILL_CLOSE };

/* How an order stands when a bar meets it. */
struct fill_order {
	int side;
	enum order_type type; /* a TYPE_TRAIL is given as TYPE_STOP */
	struct dec limit, stop;
	int is_triggered; /* its stop was passed before */
	int at_close; /* fills at the close only: tif cls, --fill next-close */
};

struct fill_result {
	int fills;
	int triggers; /* the stop was passed: a stop is a market order now, a
	                 stop-limit a limit */
	int slips; /* a market or stop fill: slippage applies */
	int at_open; /* it is the bar's open */
	struct dec price;
};

/* Tries one phase of a bar; phases are tried in order. */
void fill_try(const struct fill_order *o, const struct market_prices *bar,
    enum fill_phase phase, struct fill_result *out);

#endif
