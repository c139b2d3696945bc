/* SPDX-License-Identifier: MIT */
/* seq rises strictly over all market records. A stream without any is
 * numbered; one record that lacks it among others that have it is not. */
#include "clean/clean.h"

static enum clean_verdict
seq_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	if (!clean_knows(in, CLEAN_SEQ)) {
		if (!view->has_seq)
			return CLEAN_PASS;
		return clean_refuse(out, CLEAN_SEQ, "seq is missing");
	}
	if (in->seq > view->last_seq)
		return CLEAN_PASS;
	return clean_refuse(out, CLEAN_SEQ, "seq does not rise");
}

const struct clean_rule clean_seq = {
	.name = "seq",
	.summary = "refuses a seq that does not rise, or is missing in places",
	.types = CLEAN_ALL,
	.check = seq_check,
};
