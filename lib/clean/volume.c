/* SPDX-License-Identifier: MIT */
/* Volumes, counts and sizes are not negative, and a trade has a size. */
#include "clean/clean.h"

static const enum clean_field sizes[] = { CLEAN_VOLUME, CLEAN_TRADES,
	CLEAN_BID_SIZE, CLEAN_ASK_SIZE };

static enum clean_verdict
volume_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	(void)view;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		enum clean_field f = sizes[i];

		if (clean_knows(in, f) && dec_sign(in->value[f]) < 0)
			return clean_refuse(out, f, "%s is negative",
			    clean_field_name(f));
	}
	if (clean_knows(in, CLEAN_SIZE) && dec_sign(in->value[CLEAN_SIZE]) <= 0)
		return clean_refuse(out, CLEAN_SIZE, "size is not above zero");
	return CLEAN_PASS;
}

const struct clean_rule clean_volume = {
	.name = "volume",
	.summary = "refuses negative volumes and sizes, and trades of nothing",
	.types = CLEAN_ALL,
	.check = volume_check,
};
