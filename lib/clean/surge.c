/* SPDX-License-Identifier: MIT */
/* volume > --surge times the mean of the 20 bars before it, of which there
 * must be 20; exact: volume * 20 > sum * surge. */
#include "clean/clean.h"

static enum clean_verdict
surge_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	struct money is, limit;

	if (dec_sign(view->surge) == 0 || view->before == NULL ||
	    view->before->volume_count < CLEAN_VOLUMES ||
	    !clean_knows(in, CLEAN_VOLUME) ||
	    money_sign(view->before->volume_sum) == 0 ||
	    money_product(in->value[CLEAN_VOLUME], dec_int(CLEAN_VOLUMES),
	        &is) != 0 ||
	    money_mul(view->before->volume_sum, view->surge, &limit) != 0 ||
	    money_cmp(is, limit) <= 0)
		return CLEAN_PASS;
	return clean_flag(out, "surge", sizeof "surge" - 1);
}

const struct clean_rule clean_surge = {
	.name = "surge",
	.summary = "flags volumes of --surge times the mean before: surge",
	.types = CLEAN_BARS,
	.check = surge_check,
};
