/* SPDX-License-Identifier: MIT */
/* The law of the instant: holding back one market record that says "more". */
#include "clean/hold.h"

#include <string.h>

/* With more than this behind it a record goes on as it is: its readers take an
 * instant as over at the first record of a later one anyway. */
enum { BEHIND_MAX = 1 << 20 };

int
hold_init(struct hold *h, struct stage *s)
{
	h->stage = s;
	h->more = (struct key)KEY("more");
	return record_init(&h->held) | record_init(&h->line);
}

void
hold_release(struct hold *h)
{
	record_release(&h->held);
	record_release(&h->line);
	buf_release(&h->behind);
}

static int
emit_behind(struct hold *h)
{
	const char *at = h->behind.data, *end = at + h->behind.len, *nl;
	struct record_error e;

	for (; at < end; at = nl + 1) {
		nl = memchr(at, '\n', (size_t)(end - at));
		if (record_parse(&h->line, at, (size_t)(nl - at), &e) != 0)
			return stage_fail_record(h->stage, &e);
		if (stage_emit(h->stage, &h->line) != 0)
			return -1;
	}
	buf_clear(&h->behind);
	return 0;
}

int
hold_flush(struct hold *h, enum hold_end how)
{
	if (!h->is_holding)
		return 0;
	h->is_holding = 0;
	if (how == HOLD_LAST)
		record_drop(&h->held, &h->more);
	if (stage_emit(h->stage, &h->held) != 0)
		return -1;
	return h->behind.len == 0 ? 0 : emit_behind(h);
}

int
hold_market(struct hold *h, struct record *r, int64_t instant, int has_more)
{
	int is_same = h->is_holding && h->instant == instant;

	if (hold_flush(h, is_same ? HOLD_AS_IS : HOLD_LAST) != 0)
		return -1;
	if (!has_more)
		return stage_emit(h->stage, r);
	if (record_copy(&h->held, r) != 0)
		return stage_fail_memory(h->stage);
	h->is_holding = 1;
	h->instant = instant;
	return 0;
}

int
hold_other(struct hold *h, struct record *r)
{
	if (!h->is_holding)
		return stage_emit(h->stage, r);
	if (record_print(r, &h->behind) != 0)
		return stage_fail_memory(h->stage);
	return h->behind.len > BEHIND_MAX ? hold_flush(h, HOLD_AS_IS) : 0;
}
