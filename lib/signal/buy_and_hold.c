/* SPDX-License-Identifier: MIT */
/* @buy-and-hold - buy on the first bar and keep.
 *
 * The baseline of every test. It buys again with each month, which an account
 * that holds the symbol vetoes as AT_TARGET: so an order that was refused is
 * not the end of it. */
#include "signal/mixin.h"

const struct mixin mixin_buy_and_hold = {
    .name = "buy-and-hold",
    .summary = "buy on the first bar, and with each month if "
	       "nothing is held",
    .source = "the market itself\n",
    .when = "true",
    .then = "buy when first_of(month)\n",
};
