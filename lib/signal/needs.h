/* SPDX-License-Identifier: MIT */
/* The features that rules need, by the names of the fields they read. */
#ifndef TAPE_SIGNAL_NEEDS_H
#define TAPE_SIGNAL_NEEDS_H

#include "feature/feature_spec.h"
#include "signal/code.h"

struct need {
	char text[FEATURE_NAME_MAX]; /* "sma:10", "fast=sma:10" */
	struct feature_use use;
};

/* Zeroed memory is empty. */
struct needs {
	struct need *items; /* owned; what is read comes before its reader */
	size_t count, room;
	struct buf unknown; /* fields that no feature gives, " x y" */
	int64_t bars; /* until all are known; 1: from the first bar on */
	int is_more; /* some take a number of bars that is not fixed */
	int64_t settled; /* bars until it no longer matters where the stream
	                    began, to 10 digits; -1: never, 0: not known */
};

/* Those of the strategy files first, then what the other names mean. -1: no
 * memory. */
int needs_find(struct needs *n, const struct rules *r, const struct code *c);
void needs_release(struct needs *n);

#endif
