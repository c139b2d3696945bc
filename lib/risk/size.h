/* SPDX-License-Identifier: MIT */
/* How large a position a signal wishes for when it does not say so itself:
 * --size FORM:VALUE. */
#ifndef TAPE_RISK_SIZE_H
#define TAPE_RISK_SIZE_H

#include "base/money.h"

struct size_form;

struct sizing {
	const struct size_form *form;
	struct dec value; /* a quantity, an amount or a fraction; > 0 */
	const char *text; /* as given, borrowed */
};

/* What a size is computed from. */
struct size_input {
	int has_price, has_equity, has_cash;
	struct dec price; /* > 0 */
	struct dec multiplier; /* money per point, > 0 */
	struct money equity, cash;
	struct dec lot; /* 0: whole units for what is computed from money */
};

struct size_result {
	int is_known; /* an input was missing, or the figures overflow */
	struct dec qty; /* rounded down, may be 0 */
	struct dec raw; /* before, at most 9 decimals */
};

/* -1: no such form or a bad value, *what says so. */
int size_parse(struct sizing *z, const char *text, const char **what);
struct size_result size_compute(const struct sizing *z,
    const struct size_input *in);
/* A quantity that is given, rounded down to the lot if there is one. */
struct size_result size_given(struct dec qty, struct dec lot);

#endif
