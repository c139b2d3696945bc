/* SPDX-License-Identifier: MIT */
/* What a bar leaves behind in the orders that work on: counts, trails, and the
 * end of those whose time is over. */
#include "broker/match.h"

/* Whether the time in force is over after this bar; a day order that works
 * inside the day ends when a later day's bar comes (before_bar). */
int
match_is_expired(const struct order *o, const struct paper_bar *bar)
{
	if (o->role != ROLE_PLAIN)
		return 0;
	switch (o->terms.tif) {
	case TIF_DAY:
		return bar->span >= TIME_DAY;
	case TIF_GTC:
		return 0;
	default:
		return 1;
	}
}

/* The best price that a trail has seen, with this bar. */
static void
raise_high(const struct paper *p, struct order *o,
    const struct paper_bar *bar)
{
	struct dec best = bar->prices.close;

	if (o->terms.type != TYPE_TRAIL)
		return;
	if (!p->opt.trail_on)
		best = o->terms.side < 0 ? bar->prices.high : bar->prices.low;
	if (!o->has_high || dec_cmp(best, o->high) * o->terms.side < 0) {
		o->high = best;
		o->has_high = 1;
	}
}

/* What the bars of the instant leave behind in orders that work on: counts,
 * trails, and the end of those whose time is over. */
static int
age_order(struct paper *p, struct stage *s, uint32_t i,
    const struct paper_bar *bar)
{
	struct order *o = &p->book.order[i];

	if (!order_is_live(o) || (o->after != TIME_NONE &&
	    bar->start < o->after))
		return 0;
	if (bar->start == o->after && o->after != TIME_NONE) {
		/* The entry bar itself counts for a trail that it began. */
		if (o->role == ROLE_TRAIL)
			raise_high(p, o, bar);
		return 0;
	}
	raise_high(p, o, bar);
	o->seen++;
	/* Bars within the latency are not among those it could fill on. */
	if (o->role == ROLE_PLAIN && !match_is_eligible(p, o, bar))
		return 0;
	if (o->bars++ == 0)
		o->day = paper_day(p, bar->start);
	if (bar->is_old || !match_is_expired(o, bar) || !match_is_eligible(p, o, bar))
		return 0;
	return match_say(p, s, i, match_is_over_at_open(o->terms.tif) ? "canceled" :
	    "expired", o->terms.tif == TIF_DAY ? "DAY" : "TIME_IN_FORCE", bar);
}

int
match_age(struct paper *p, struct stage *s)
{
	for (uint32_t i = 0; i < p->bar_count; i++) {
		const struct paper_bar *bar = &p->bars[i];
		uint32_t at = p->book.positions[bar->symbol].first_live, next;

		for (; at != NO_ORDER; at = next) {
			next = p->book.order[at].next;
			if (age_order(p, s, at, bar) != 0)
				return -1;
		}
	}
	return 0;
}
