/* SPDX-License-Identifier: MIT */
/* Prices are multiples of the tick, and above zero. */
#include "risk/check.h"

static int
is_bad(const struct risk_input *in, int has, struct dec price)
{
	struct dec tick = in->terms.tick;

	return has && (dec_sign(price) <= 0 ||
	    (dec_sign(tick) > 0 && !dec_is_multiple(price, tick)));
}

static int
is_bad_exit(const struct risk_input *in, const struct exit_price *e)
{
	return is_bad(in, e->kind == EXIT_PRICE_AT, e->value);
}

static int
fails(const struct risk_input *in)
{
	const struct terms *t = &in->terms;

	return is_bad(in, t->has_limit, t->limit) ||
	    is_bad(in, t->has_stop, t->stop) ||
	    is_bad_exit(in, &t->stop_loss) ||
	    is_bad_exit(in, &t->take_profit);
}

const struct risk_check risk_check_price_precision = {
	.code = "PRICE_PRECISION",
	.summary = "a price of the order is off the tick, or not above 0",
	.explain = "Prices of signals are rounded to --tick before they are "
	    "checked, so this is mostly\na price that rounds to 0: a tick that "
	    "is too coarse for the symbol.",
	.scope = SCOPE_ORDER,
	.shows = SHOW_PRICES,
	.fails = fails,
};
