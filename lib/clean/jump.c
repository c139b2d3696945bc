/* SPDX-License-Identifier: MIT */
/* |close / close before - 1| > --jump, in exact decimals: a move of just 20%
 * is not above 20%. The bar after a jump tells more, and says it itself, since
 * a flag knows only the past: `spike` when it is back within --jump of the
 * close before the jump; nothing when it stays, which confirms it. */
#include "clean/clean.h"

int
clean_moves(struct dec a, struct dec b, struct dec share)
{
	struct money then, now, limit;

	/* Both are above zero, and |difference| is below 1e19. */
	if (money_from_dec(b, &now) != 0 || money_from_dec(a, &then) != 0 ||
	    money_sub(now, then, &now) != 0 ||
	    money_product(a, share, &limit) != 0)
		return 0;
	if (money_sign(now) < 0)
		now = money_neg(now);
	return money_cmp(now, limit) > 0;
}

static enum clean_verdict
jump_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	const struct clean_series *before = view->before;

	if (before == NULL ||
	    !clean_moves(before->value[CLEAN_CLOSE - CLEAN_OPEN],
	        in->value[CLEAN_CLOSE], view->jump))
		return CLEAN_PASS;
	if (before->has_level && !clean_moves(before->level,
	        in->value[CLEAN_CLOSE], view->jump))
		return clean_flag(out, "spike", sizeof "spike" - 1);
	out->is_jump = 1;
	return clean_flag(out, "jump", sizeof "jump" - 1);
}

const struct clean_rule clean_jump = {
	.name = "jump",
	.summary = "flags moves of more than --jump: jump; spike when it is back",
	.types = CLEAN_BARS,
	.check = jump_check,
};
