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
const struct clean_series *clean_series_find(const struct series_set *set,
    const struct clean_item *in);
/* Notes a record that passes; `known` is its series if it has one. -1: no
 * memory. */
int clean_series_note(struct series_set *set, const struct clean_series *known,
    const struct clean_item *in);
/* Whether a bar says the same as the one noted: all but seq, more, flags. */
int clean_series_is_same(const struct clean_series *s,
    const struct clean_item *in);
void clean_series_release(struct series_set *set);

#endif
