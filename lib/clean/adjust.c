/* SPDX-License-Identifier: MIT */
/* Factors: a split of n new shares for one multiplies prices by n and divides
 * volumes; a dividend d at a last close c multiplies prices by c / (c - d), as
 * if it were put back into shares at that close (CRSP's total return). */
#include "clean/adjust.h"

#include <stdlib.h>

enum { FACTOR_SCALE = 12, PRICE_SCALE = 9 };

void
adjust_release(struct adjust_set *set)
{
	table_release(&set->symbols);
	free(set->actions);
	free(set->states);
}

static int
apply(struct adjust_state *s, const struct adjust_action *a)
{
	struct dec rest;

	if (!s->has_close)
		return 0; /* before the first record: nothing to bring to scale */
	if (!a->is_dividend)
		return dec_mul(s->split, a->value, FACTOR_SCALE, DEC_HALF_EVEN,
		           &s->split) |
		    dec_mul(s->total, a->value, FACTOR_SCALE, DEC_HALF_EVEN,
		        &s->total) |
		    dec_div(s->close, a->value, FACTOR_SCALE, DEC_HALF_EVEN,
		        &s->close);
	if (dec_sub(s->close, a->value, &rest) != 0 || dec_sign(rest) <= 0 ||
	    dec_div(s->close, rest, FACTOR_SCALE, DEC_HALF_EVEN, &rest) != 0)
		return -1;
	return dec_mul(s->total, rest, FACTOR_SCALE, DEC_HALF_EVEN, &s->total);
}

static int
bring_on(struct adjust_set *set, int64_t day)
{
	struct adjust_state *s = &set->state;

	set->has_split = set->has_dividend = 0;
	for (; s->next < set->count; s->next++) {
		const struct adjust_action *a = &set->actions[s->next];

		if (a->symbol != set->symbol || a->day > day)
			break;
		if (s->has_close) {
			set->has_split |= !a->is_dividend;
			set->has_dividend |= a->is_dividend;
		}
		if (apply(s, a) != 0)
			return -1;
	}
	return 0;
}

static int
scale(struct adjust_set *set, struct clean_item *in)
{
	static const enum clean_field prices[] = { CLEAN_OPEN, CLEAN_HIGH,
		CLEAN_LOW, CLEAN_CLOSE, CLEAN_VWAP, CLEAN_PRICE, CLEAN_BID,
		CLEAN_ASK };
	static const enum clean_field sizes[] = { CLEAN_VOLUME, CLEAN_SIZE,
		CLEAN_BID_SIZE, CLEAN_ASK_SIZE };
	int rc = 0;

	in->has_factor = 1;
	in->factor = set->mode == ADJUST_SPLIT ? set->state.split
	                                       : set->state.total;
	if (set->mode == ADJUST_RAW)
		return 0;
	for (size_t i = 0; i < sizeof prices / sizeof *prices; i++)
		if (clean_knows(in, prices[i]))
			rc |= dec_mul(in->value[prices[i]], in->factor,
			    PRICE_SCALE, DEC_HALF_EVEN, &in->value[prices[i]]);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		if (clean_knows(in, sizes[i]))
			rc |= dec_div(in->value[sizes[i]], set->state.split,
			    PRICE_SCALE, DEC_HALF_EVEN, &in->value[sizes[i]]);
	return rc;
}

int
adjust_item(struct adjust_set *set, struct clean_item *in, int64_t day,
    struct clean_finding *out)
{
	enum clean_field last = in->record->type == REC_BAR ? CLEAN_CLOSE
	                                                    : CLEAN_PRICE;
	struct dec close = in->value[last];

	set->symbol = table_find(&set->symbols, in->symbol, in->symbol_len);
	if (set->symbol < 0)
		return 0;
	set->state = set->states[set->symbol];
	if (bring_on(set, day) != 0) {
		clean_refuse(out, CLEAN_TIME,
		    "--adjust has an action that is out of range here");
		return -1;
	}
	if (scale(set, in) != 0) {
		clean_refuse(out, last, "has no room for its factor");
		return -1;
	}
	if (clean_knows(in, last)) {
		set->state.close = close;
		set->state.has_close = 1;
	}
	return 0;
}

void
adjust_keep(struct adjust_set *set)
{
	if (set->symbol >= 0)
		set->states[set->symbol] = set->state;
}
