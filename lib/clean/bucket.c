/* SPDX-License-Identifier: MIT */
/* A bar in the making: open of the first, close of the last, max, min, sums. */
#include "clean/bucket.h"

#include <stdlib.h>

#include "base/time.h"

enum { MONDAY = 4 }; /* 1970-01-05 */

struct bucket *
bucket_find(const struct bucket_set *set, const char *symbol, size_t n)
{
	int64_t i = table_find(&set->names, symbol, n);

	return i < 0 ? NULL : &set->at[i];
}

struct bucket *
bucket_get(struct bucket_set *set, const char *symbol, size_t n)
{
	struct bucket *b = bucket_find(set, symbol, n);
	size_t cap = set->cap == 0 ? 16 : set->cap * 2;
	int64_t i;

	if (b != NULL)
		return b;
	if (set->names.count == set->cap) {
		b = realloc(set->at, cap * sizeof *b);
		if (b == NULL)
			return NULL;
		set->at = b;
		set->cap = cap;
	}
	i = table_intern(&set->names, symbol, n, NULL);
	if (i < 0)
		return NULL;
	set->at[i] = (struct bucket){ .done = TIME_NONE };
	return &set->at[i];
}

void
bucket_release(struct bucket_set *set)
{
	table_release(&set->names);
	free(set->at);
	*set = (struct bucket_set){ 0 };
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days from `first` on; weeks begin on Monday. `whole` is the end of the last
 * day that the calendar knows to be open. */
static void
place_days(const struct bucket_rule *rule, const struct zone *zone, int64_t day,
    struct bucket *out)
{
	int64_t count = rule->span / TIME_DAY, last;
	int64_t anchor = count % 7 == 0 ? MONDAY : 0;
	int64_t first = floor_div(day - anchor, count) * count + anchor;
	struct session s;

	out->start = calendar_midnight(zone, first);
	out->limit = calendar_midnight(zone, first + count);
	out->whole = out->limit;
	for (last = first + count - 1; rule->calendar != NULL && last > first;
	     last--)
		if (calendar_day(rule->calendar, last, &s) != 0 || s.is_open)
			break;
	if (rule->calendar != NULL)
		out->whole = calendar_midnight(zone, last + 1);
}

/* Shorter bars are counted from the session's open, else from midnight, and
 * stay within their day. */
static void
place_short(const struct bucket_rule *rule, const struct zone *zone,
    int64_t time, struct bucket *out)
{
	int64_t day = calendar_day_of(zone, time);
	int64_t midnight = calendar_midnight(zone, day), from = midnight;
	int64_t next = calendar_midnight(zone, day + 1);
	struct session s = { 0, 0, 0 };

	if (rule->calendar != NULL && calendar_has_hours(rule->calendar) &&
	    calendar_day(rule->calendar, day, &s) == 0 && s.is_open)
		from = zone == NULL
		    ? midnight + s.open * TIME_SECOND
		    : zone_to_utc(zone,
		          day * TIME_DAY + s.open * TIME_SECOND);
	out->start = from +
	    floor_div(time - from, rule->span) * rule->span;
	out->limit = out->start + rule->span;
	if (out->start < midnight)
		out->start = midnight;
	if (out->limit > next)
		out->limit = next;
	out->whole = out->limit;
	if (s.is_open) {
		int64_t close = from + (s.close - s.open) * TIME_SECOND;

		if (close > time && close < out->limit)
			out->whole = close;
	}
}

void
bucket_place(const struct bucket_rule *rule, const struct zone *zone,
    int64_t time, struct bucket *out)
{
	if (rule->span % TIME_DAY == 0)
		place_days(rule, zone, calendar_day_of(zone, time), out);
	else
		place_short(rule, zone, time, out);
	out->end = out->limit;
}

/* ---- what goes in ---- */

static void
begin(struct bucket *b, const struct clean_item *in, struct dec open)
{
	b->is_open = 1;
	b->first = in->time;
	b->is_partial = !b->is_known && in->time > b->start;
	b->open = b->high = b->low = open;
	b->count = 0;
	b->has_volume = b->has_value = 1;
	b->volume = b->value = (struct money){ 0 };
	b->words[0] = '\0';
	b->digits = in->digits;
}

static int
add_volume(struct bucket *b, const struct clean_item *in)
{
	int is_trade = in->record->type == REC_TRADE;
	enum clean_field size = is_trade ? CLEAN_SIZE : CLEAN_VOLUME;
	enum clean_field price = is_trade ? CLEAN_PRICE : CLEAN_VWAP;
	struct money more, value;

	if (!clean_knows(in, size)) {
		b->has_volume = b->has_value = 0;
		return 0;
	}
	if (money_from_dec(in->value[size], &more) != 0 ||
	    money_add(b->volume, more, &b->volume) != 0)
		return -1;
	if (!clean_knows(in, price)) {
		/* a bar without trades weighs nothing */
		b->has_value &= dec_sign(in->value[size]) == 0;
		return 0;
	}
	if (money_product(in->value[price], in->value[size], &value) != 0 ||
	    money_add(b->value, value, &b->value) != 0)
		b->has_value = 0;
	return 0;
}

static void
add_count(struct bucket *b, const struct clean_item *in)
{
	if (in->record->type == REC_TRADE)
		b->count++;
	else if (!clean_knows(in, CLEAN_TRADES))
		b->count = -1;
	else if (b->count >= 0 &&
	    __builtin_add_overflow(b->count, in->value[CLEAN_TRADES].m,
	        &b->count))
		b->count = -1;
}

int
bucket_add(struct bucket *b, const struct clean_item *in)
{
	int is_trade = in->record->type == REC_TRADE;
	struct dec open = in->value[is_trade ? CLEAN_PRICE : CLEAN_OPEN];
	struct dec high = in->value[is_trade ? CLEAN_PRICE : CLEAN_HIGH];
	struct dec low = in->value[is_trade ? CLEAN_PRICE : CLEAN_LOW];

	if (!b->is_open)
		begin(b, in, open);
	b->is_known = 1;
	b->last = in->time;
	if (dec_cmp(high, b->high) > 0)
		b->high = high;
	if (dec_cmp(low, b->low) < 0)
		b->low = low;
	b->close = in->value[is_trade ? CLEAN_PRICE : CLEAN_CLOSE];
	add_count(b, in);
	return add_volume(b, in);
}

int
bucket_is_full(const struct bucket_rule *rule, const struct bucket *b)
{
	struct money size;

	if (rule->kind == BUCKET_TICK)
		return b->count >= rule->size.m;
	return rule->kind != BUCKET_TIME &&
	    money_from_dec(rule->size, &size) == 0 &&
	    money_cmp(rule->kind == BUCKET_VOLUME ? b->volume : b->value,
	        size) >= 0;
}
