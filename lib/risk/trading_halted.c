/* SPDX-License-Identifier: MIT */
/* The kill switch. */
#include "risk/check.h"

static int
fails(const struct risk_input *in)
{
	return in->is_halted;
}

const struct risk_check risk_check_trading_halted = {
	.code = "TRADING_HALTED",
	.summary = "a person stopped trading on this account",
	.explain = "The file KILL is in the folder of the account, or it cannot "
	    "be told whether it is.\nNo order passes, not even one that reduces "
	    "a position. A private account cannot\nbe halted.",
	.scope = SCOPE_WISH,
	.fails = fails,
};
