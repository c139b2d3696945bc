/* SPDX-License-Identifier: MIT */
/* What the bars and positions of a stream say of each symbol: its first and
 * last close, and whether something of it is held. */
#ifndef TAPE_MARKET_H
#define TAPE_MARKET_H

#include <stddef.h>

#include "base/table.h"

struct market_symbol {
	double first, last; /* closes */
	int has_close, is_held;
};

/* Zeroed memory is an empty one. */
struct market {
	struct table symbols;
	struct market_symbol *symbol; /* owned */
	size_t cap;
	size_t held; /* symbols held now */
};

/* -1: no memory. */
int market_close(struct market *m, const char *symbol, size_t n, double close);
int market_position(
    struct market *m, const char *symbol, size_t n, int is_held);
/* Mean over symbols of last close / first close - 1; NAN: no bar was seen, or
 * one began at zero or below. */
double market_hold_return(const struct market *m);
void market_release(struct market *m);

#endif
