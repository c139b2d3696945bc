/* SPDX-License-Identifier: MIT */
/* |close / close before - 1| > --jump, in exact decimals: a move of just 20%
 * is not above 20%. */
#include "base/money.h"
#include "clean/clean.h"

static int
is_above(struct dec close, struct dec before, struct dec share)
{
	struct money now, then, limit;

	/* Both are above zero, and |difference| is below 1e19. */
	if (money_from_dec(close, &now) != 0 ||
	    money_from_dec(before, &then) != 0 ||
	    money_sub(now, then, &now) != 0 ||
	    money_product(before, share, &limit) != 0)
		return 0;
	if (money_sign(now) < 0)
		now = money_neg(now);
	return money_cmp(now, limit) > 0;
}

static enum clean_verdict
jump_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	if (view->before == NULL ||
	    !is_above(in->value[CLEAN_CLOSE],
	        view->before->value[CLEAN_CLOSE - CLEAN_OPEN], view->jump))
		return CLEAN_PASS;
	return clean_flag(out, "jump", sizeof "jump" - 1);
}

const struct clean_rule clean_jump = {
	.name = "jump",
	.summary = "flags closes that differ by more than --jump: jump",
	.types = CLEAN_BARS,
	.check = jump_check,
};
