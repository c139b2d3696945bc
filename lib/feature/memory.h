/* SPDX-License-Identifier: MIT */
/* What tfeat remembers: a block of state for each series, a symbol at a span,
 * and numbers for symbols and spans. */
#ifndef TAPE_FEATURE_MEMORY_H
#define TAPE_FEATURE_MEMORY_H

#include "base/table.h"
#include "feature/feature_set.h"
#include "record/record.h"

struct memory_series {
	uint32_t symbol, span; /* their numbers */
	int64_t length; /* of the span in ns, 0: not known */
};

/* Zeroed memory with `set` given is empty. */
struct memory {
	const struct feature_set *set; /* borrowed */
	struct table names; /* "AAPL 1d" */
	struct table symbols, spans;
	struct memory_series *series;
	char *blocks; /* of set->block bytes each */
	size_t room;
	struct key symbol, span;
};

void memory_init(struct memory *m, const struct feature_set *set);
void memory_release(struct memory *m);
/* The number of a bar's series, made when it is new; -1: no memory, or the
 * field *what is bad or missing. */
int64_t memory_find(struct memory *m, const struct record *r,
    const char **what);
/* Where its state is, until the next memory_find. */
static inline void *
memory_block(const struct memory *m, size_t series)
{
	return m->blocks + series * m->set->block;
}

#endif
