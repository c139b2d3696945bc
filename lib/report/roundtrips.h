/* SPDX-License-Identifier: MIT */
/* Fills matched first in, first out, into round trips: one for each fill that
 * reduces a position, flat or not afterwards. A fill that flips a position
 * closes all of it and opens the rest the other way. */
#ifndef TAPE_ROUNDTRIPS_H
#define TAPE_ROUNDTRIPS_H

#include <stddef.h>
#include <stdint.h>

#include "base/dec.h"
#include "base/money.h"
#include "base/table.h"

struct fill {
	const char *symbol; /* borrowed */
	size_t symbol_len;
	int side;       /* 1 buy, -1 sell */
	struct dec qty; /* above zero */
	struct dec price;
	struct dec multiplier; /* money for a price move of 1; 1 for shares */
	struct money fee;
	int64_t time;
	int64_t bar; /* number of the bar it fell on, -1: not known */
};

struct roundtrip {
	const char *symbol;            /* borrowed from the struct roundtrips */
	int side;                      /* 1 long, -1 short */
	int64_t entry_time, exit_time; /* entry: of the oldest lot closed */
	int64_t bars;                  /* from entry to exit, -1: not known */
	struct dec qty, exit_price;
	struct dec entry_price; /* mean over the lots, to 9 decimals */
	struct money basis;     /* |entry price * qty * multiplier|, exact */
	struct money gross;     /* profit before fees */
	struct money fees;      /* entry and exit, each pro rata by quantity */
	struct money net;
};

struct lots;

/* Zeroed memory is an empty one. */
struct roundtrips {
	struct table symbols;
	struct lots *lots; /* owned, one a symbol */
	size_t cap;
};

/* Takes the next fill. 1: *out is a round trip closed by it; 0: it only opened;
 * -1: no memory, or errno EOVERFLOW when an amount is too large. */
int roundtrips_fill(
    struct roundtrips *rt, const struct fill *f, struct roundtrip *out);
/* Net profit over basis; NAN when the basis is zero. */
double roundtrip_return(const struct roundtrip *t);
void roundtrips_release(struct roundtrips *rt);

#endif
