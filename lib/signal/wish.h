/* SPDX-License-Identifier: MIT */
/* The signal record: what a rule wishes for. */
#ifndef TAPE_SIGNAL_WISH_H
#define TAPE_SIGNAL_WISH_H

#include "signal/decide.h"

/* Zeroed memory is ready for use. */
struct wish {
	const struct rules *rules;
	const struct code *code;
	struct record out;     /* owned */
	struct buf names, why; /* owned */
	struct wish_keys {
		struct key seq, time, symbol, close;
		struct key strategy, action, strength, rules, price, why;
		struct key order_type, tif, trail, max_bars;
		struct key value[CLAUSES];
	} key;
};

int wish_init(struct wish *w, const struct rules *r, const struct code *c);
void wish_release(struct wish *w);

/* Fills w->out with the signal of a decision on a bar. -1: no memory. */
int wish_make(struct wish *w, const struct record *bar,
    const struct code_state *s, const struct decision *d,
    const unsigned char *fired);
/* A HOLD for a bar on which nothing fired. */
int wish_make_hold(struct wish *w, const struct record *bar);

#endif
