/* SPDX-License-Identifier: MIT */
/* The limits that a person set: a flat JSON object, read whole before
 * anything is done, so that a typing error never widens a limit. */
#ifndef TAPE_RISK_LIMITS_H
#define TAPE_RISK_LIMITS_H

#include "base/buf.h"
#include "base/dec.h"
#include "base/problem.h"
#include "base/table.h"

enum limit_name {
	MAX_ORDER_QTY,
	MAX_ORDER_NOTIONAL,
	MAX_POSITION,
	MAX_POSITION_NOTIONAL,
	MIN_QTY,
	MIN_NOTIONAL,
	LIMITS
};

struct limit {
	int is_set;
	int is_of_equity; /* a fraction of the equity: "20%" */
	struct dec v; /* >= 0 */
};

/* The limits of one symbol. */
struct limit_set {
	struct limit limit[LIMITS];
	int buying_power; /* orders must be covered by cash */
	int is_unlimited; /* a limit that is not set is off, else it fails */
};

enum { LIMITS_HASH = 17 };

struct limits {
	struct limit_set base;
	struct table symbols;
	struct limit_set *own; /* owned; by symbol: base with its overrides */
	char hash[LIMITS_HASH]; /* of the canonical text */
};

/* file is a path or "unlimited". -1: status 2, naming file and key. */
int limits_read(struct limits *l, const char *file, struct problem *p);
void limits_release(struct limits *l);
const struct limit_set *limits_of(const struct limits *l, const char *symbol);
const char *limits_name(enum limit_name name); /* as in the file */

/* The canonical text: "key=value" lines, sorted, numbers in shortest form. */
int limits_print(const struct limits *l, struct buf *out);
/* Fills l->hash with the first 16 digits of the hash of that text. */
int limits_hash(struct limits *l);
/* What --explain limits says: the schema of the file. */
extern const char limits_schema[];

#endif
