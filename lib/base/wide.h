/* SPDX-License-Identifier: MIT */
/* 128-bit magnitudes: the arithmetic under dec and money. */
#ifndef TAPE_WIDE_H
#define TAPE_WIDE_H

#include "base/money.h"

__extension__ typedef unsigned __int128 uint128;

#define WIDE_MAX ((uint128)-1 >> 1) /* the largest magnitude of an int128 */

/* A number as it stands in a text: +-m * 10^exp. */
struct wide {
	uint128 m;
	int64_t exp;
	int neg;
	int cut; /* non-zero digits followed that m had no room for */
};

/* Reads a JSON number, all n bytes; -1 when it is not one. m holds at least
 * 38 significant digits. */
int wide_scan(const char *s, size_t n, struct wide *out);
/* 10^e, 0 <= e <= 38. */
uint128 wide_pow10(int e);
/* n / d rounded; neg is the sign of the quotient that is meant, for floor and
 * ceil. d > 0. */
uint128 wide_div(uint128 n, uint128 d, int neg, enum dec_round how);

struct wide_ratio {
	uint128 a, b, d; /* a * b / d, 0 < d <= WIDE_MAX */
	int neg;
};

/* The ratio rounded once, signed; -1 when it leaves the int128. */
int wide_ratio(struct wide_ratio r, enum dec_round how, int128 *out);

static inline uint128
wide_abs(int128 v)
{
	return v < 0 ? -(uint128)v : (uint128)v;
}

/* m * 10^-scale brought to normal form; 0 <= scale <= 18; -1: no room. */
int wide_to_dec(int128 m, int scale, struct dec *out);

#endif
