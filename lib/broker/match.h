/* SPDX-License-Identifier: MIT */
/* Between match.c, execute.c and age.c: one order and one bar. */
#ifndef TAPE_MATCH_H
#define TAPE_MATCH_H

#include "broker/fill.h"
#include "broker/paper.h"

/* Whether this bar may fill the order: it starts after all that was seen when
 * the order was decided, and after the latency. */
int match_is_eligible(const struct paper *p, const struct order *o,
    const struct paper_bar *bar);
/* Whether it would make what is held smaller. */
int match_reduces(const struct paper *p, const struct order *o);
/* Orders that end with the open of their first bar. */
int match_is_over_at_open(enum tif tif);

/* Whether its time in force is over after this bar. */
int match_is_expired(const struct order *o, const struct paper_bar *bar);

/* Reports an event that is no execution. */
int match_say(struct paper *p, struct stage *s, uint32_t order,
    const char *event, const char *reason, const struct paper_bar *bar);
/* Fills an order at a price that the bar gives, as far as it may be. */
int match_fill(struct paper *p, struct stage *s, uint32_t order,
    const struct paper_bar *bar, struct fill_result *at);
/* The bars of the instant have passed over the orders that work on. */
int match_age(struct paper *p, struct stage *s);

#endif
