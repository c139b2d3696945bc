/* SPDX-License-Identifier: MIT */
/* A bar that is missing: flat at the last close, nothing traded, and it says
 * so. */
#include "base/time.h"
#include "clean/state.h"

int
fill_send(struct stage *s, size_t i, int64_t start)
{
	struct tclean *t = s->state;
	const struct clean_series *before = &t->series.at[i];
	struct clean_finding found = { .words = "filled" };
	struct clean_item in = { .time = start, .digits = before->digits,
		.span = clean_series_span(&t->series, i) };
	struct out o = { &t->filled_bar, &in, &found, OUT_FILLED };
	int rc;

	in.symbol = clean_series_symbol(&t->series, i, &in.symbol_len);
	for (enum clean_field f = CLEAN_OPEN; f <= CLEAN_CLOSE; f++)
		in.value[f] = before->value[CLEAN_CLOSE - CLEAN_OPEN];
	if (time_digits(start) > in.digits)
		in.digits = time_digits(start);
	rc = out_make_bar(t, o.record, &in);
	rc |= record_put_dec(o.record, &t->keys[CLEAN_VOLUME], dec_int(0));
	return rc != 0 ? stage_fail_memory(s) : out_market(s, &o);
}
