/* SPDX-License-Identifier: MIT */
/* The memory of the rules for each series: a symbol at a span. */
#ifndef TAPE_SIGNAL_SERIES_H
#define TAPE_SIGNAL_SERIES_H

#include "base/table.h"
#include "base/time.h"
#include "signal/code.h"

enum { SERIES_TEXT_MAX = 32 + 1 + SPAN_TEXT_MAX };

struct series {
	struct code_state *state; /* owned */
	int64_t span;             /* ns; 0: not known */
};

/* Zeroed memory is an empty set. */
struct series_set {
	struct table names; /* "AAPL 1d" */
	struct series *items;
	size_t room;
	int64_t last; /* index found last, and its name */
	char last_name[SERIES_TEXT_MAX];
	size_t last_len;
};

/* The series of a symbol and a span (n 0: bars without one), made when it is
 * new. NULL: no memory, or *what gets the name of the field that is bad. */
struct series *series_find(struct series_set *set, const struct code *c,
    const char *const text[2], const size_t n[2], const char **what);
void series_release(struct series_set *set);

#endif
