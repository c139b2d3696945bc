/* SPDX-License-Identifier: MIT */
/* From what the rules say on a bar to the signals that it gives. */
#ifndef TAPE_SIGNAL_DECIDE_H
#define TAPE_SIGNAL_DECIDE_H

#include "record/record.h"
#include "signal/code.h"

enum { WHY_MAX = 240 };

struct decision {
	int rule;        /* whose clauses count */
	double strength; /* 0..1 */
	int is_combined; /* the other rules that fired are named too */
};

/* Marks the rules that fire: their condition is true, and every value that
 * they wish for is known. Returns how many do. */
int decide_fired(const struct rules *r, const struct code *c,
    const struct code_state *s, unsigned char *fired);
/* The next decision of the bar in rule order, after rule `from` - 1: 1, or 0
 * when there is no more. */
int decide_next(const struct rules *r, const unsigned char *fired, int from,
    struct decision *out);
/* Votes or weight of all rules of an action. */
struct dec decide_most(const struct rules *r, enum rule_action a);

/* Appends the condition with the values seen, at most WHY_MAX bytes. */
int why_print(const struct rules *r, const struct code *c,
    const struct code_state *s, int32_t node, struct buf *out);

#endif
