/* SPDX-License-Identifier: MIT */
/* With --span, bars are that long, or parts of bars that are. */
#include "base/time.h"
#include "clean/clean.h"

static enum clean_verdict
span_check(const struct clean_view *view, const struct clean_item *in,
    struct clean_finding *out)
{
	char is[SPAN_TEXT_MAX], wanted[SPAN_TEXT_MAX];

	if (view->span == 0 || view->span % in->span == 0)
		return CLEAN_PASS;
	return clean_refuse(out, CLEAN_SPAN, "span is %.*s, no part of %.*s",
	    (int)span_print(in->span, is), is,
	    (int)span_print(view->span, wanted), wanted);
}

const struct clean_rule clean_span = {
	.name = "span",
	.summary = "refuses bars that --span is no multiple of",
	.types = CLEAN_BARS,
	.check = span_check,
};
