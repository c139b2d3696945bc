/* SPDX-License-Identifier: MIT */
/* Fill prices on a bar, tape(7) "Fills". Buys and sells mirror each other:
 * with sign s, "better" is s * price lower. backtrader, backtesting.py and
 * pyalgotrade agree on all of it. */
#include "broker/fill.h"

/* a is as good as b, or better, for the side. */
static int
is_good(int side, struct dec a, struct dec b)
{
	return side > 0 ? dec_cmp(a, b) <= 0 : dec_cmp(a, b) >= 0;
}

/* The price has passed the stop (reached it, or gone beyond). */
static int
is_past(int side, struct dec price, struct dec stop)
{
	return side > 0 ? dec_cmp(price, stop) >= 0 :
	    dec_cmp(price, stop) <= 0;
}

static void
fill_at(struct fill_result *out, struct dec price, int slips)
{
	out->fills = 1;
	out->price = price;
	out->slips = slips;
}

/* What the open gives is never lost, in whatever phase an order is tried. */
static void
try_limit(const struct fill_order *o, const struct market_prices *bar,
    enum fill_phase phase, struct fill_result *out)
{
	struct dec reached = o->side > 0 ? bar->low : bar->high;

	if (is_good(o->side, bar->open, o->limit))
		fill_at(out, bar->open, 0);
	else if (phase == FILL_INSIDE && is_good(o->side, reached, o->limit))
		fill_at(out, o->limit, 0);
}

/* Once passed, what is left of it is a market order. */
static void
try_stop(const struct fill_order *o, const struct market_prices *bar,
    enum fill_phase phase, struct fill_result *out)
{
	struct dec reached = o->side > 0 ? bar->high : bar->low;

	if (o->is_triggered || is_past(o->side, bar->open, o->stop))
		fill_at(out, bar->open, 1);
	else if (phase == FILL_INSIDE && is_past(o->side, reached, o->stop))
		fill_at(out, o->stop, 1);
	out->triggers = out->fills;
}

/* Passed at the open, it is a limit for the whole bar; reached inside, it
 * fills at the stop if the limit allows, else it works on from there. */
static void
try_stop_limit(const struct fill_order *o, const struct market_prices *bar,
    enum fill_phase phase, struct fill_result *out)
{
	struct fill_result at = {0};

	if (o->is_triggered) {
		try_limit(o, bar, phase, out);
		return;
	}
	try_stop(o, bar, phase, &at);
	if (!at.fills)
		return;
	out->triggers = 1;
	if (is_past(o->side, bar->open, o->stop))
		try_limit(o, bar, phase, out);
	else if (is_good(o->side, o->stop, o->limit))
		fill_at(out, o->stop, 0);
}

/* At the close: a market order as it is, others if the close allows. */
static void
try_close(const struct fill_order *o, const struct market_prices *bar,
    struct fill_result *out)
{
	if (o->type == TYPE_MARKET)
		fill_at(out, bar->close, 1);
	else if (o->type == TYPE_LIMIT &&
	    is_good(o->side, bar->close, o->limit))
		fill_at(out, bar->close, 0);
	else if (o->type == TYPE_STOP &&
	    (o->is_triggered || is_past(o->side, bar->close, o->stop)))
		fill_at(out, bar->close, 1);
}

void
fill_try(const struct fill_order *o, const struct market_prices *bar,
    enum fill_phase phase, struct fill_result *out)
{
	*out = (struct fill_result){0};
	if (o->at_close) {
		if (phase == FILL_CLOSE)
			try_close(o, bar, out);
		return;
	}
	if (phase == FILL_CLOSE)
		return;
	switch (o->type) {
	case TYPE_MARKET:
		if (phase == FILL_OPEN)
			fill_at(out, bar->open, 1);
		break;
	case TYPE_LIMIT:
		try_limit(o, bar, phase, out);
		break;
	case TYPE_STOP:
	case TYPE_TRAIL:
		try_stop(o, bar, phase, out);
		break;
	case TYPE_STOP_LIMIT:
		try_stop_limit(o, bar, phase, out);
		break;
	}
	out->at_open = out->fills && dec_cmp(out->price, bar->open) == 0;
}
