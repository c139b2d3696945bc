/* SPDX-License-Identifier: MIT */
/* Items to records. The fields are new and unlike each other, so they are
 * added without record_put's look for an equal key. */
#include "feed/put.h"

#include <string.h>

static void
add_text(struct record *r, struct key *k, const char *s, size_t n)
{
	struct field *f = record_add(r, k, F_STRING);

	f->text = s;
	f->text_len = (uint32_t)n;
}

static void
add_values(struct feed *feed, const struct item *it)
{
	unsigned has = it->has;

	if (it->type == REC_BAR)
		has |= 1u << (IS_VOLUME - IS_OPEN); /* null when not told */
	for (; has != 0; has &= has - 1) {
		int i = __builtin_ctz(has);
		struct field *f;

		f = record_add(&feed->record,
		    &feed->keys.value[item_value(it->type, i)],
		    it->known >> i & 1 ? F_DEC : F_NULL);
		f->v.dec = it->v[i];
	}
}

/* The text of a length is the same for bar after bar. */
static void
add_span(struct feed *feed, int64_t span)
{
	if (span != feed->span_text_of) {
		feed->span_text_len = span_print(span, feed->span_text);
		feed->span_text_of = span;
	}
	add_text(&feed->record, &feed->keys.span, feed->span_text,
	    feed->span_text_len);
}

struct record *
item_put(struct feed *feed, const struct item *it, int64_t span)
{
	struct record *r = &feed->record;
	const struct table_name *symbol = &feed->symbols.names[it->symbol];
	struct field *f;

	record_make(r, it->type);
	record_add(r, &feed->keys.seq, F_INT)->v.i = feed->seq;
	f = record_add(r, &feed->keys.time, F_TIME);
	f->v.i = it->time;
	f->digits = (uint8_t)feed->digits;
	add_text(r, &feed->keys.symbol, symbol->text, symbol->len);
	if (it->type == REC_BAR)
		add_span(feed, span);
	add_values(feed, it);
	return r;
}
