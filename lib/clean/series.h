/* SPDX-License-Identifier: MIT */
/* What passed last of each series: a symbol's bars of one span, its trades,
 * its quotes. */
#ifndef TAPE_CLEAN_SERIES_H
#define TAPE_CLEAN_SERIES_H

#include "base/table.h"
#include "clean/clean.h"

/* Zeroed memory is an empty set. */
struct series_set {
	struct table names;
	struct clean_series *at; /* owned, by the index in names */
	size_t cap;
};

/* The series of a record, or NULL when nothing of it has passed. */
struct clean_series *clean_series_find(const struct series_set *set,
    const struct clean_item *in);
/* That of a name given in parts; `in` needs record, symbol and span. */
struct clean_series *clean_series_add(struct series_set *set,
    const struct clean_item *in);
/* Notes a record that came; NULL: no memory. */
struct clean_series *clean_series_note(struct series_set *set,
    const struct clean_item *in, const struct clean_finding *found);
/* Whether a bar says the same as the one noted: all but seq, more, flags. */
int clean_series_is_same(const struct clean_series *s,
    const struct clean_item *in);
/* Whether its prices and volume are the same. */
int clean_series_repeats(const struct clean_series *s,
    const struct clean_item *in);
/* The parts of the name of series i. */
enum record_type clean_series_type(const struct series_set *set, size_t i);
int64_t clean_series_span(const struct series_set *set, size_t i);
const char *clean_series_symbol(const struct series_set *set, size_t i,
    size_t *n);
void clean_series_release(struct series_set *set);

#endif
