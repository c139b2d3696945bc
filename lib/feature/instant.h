/* SPDX-License-Identifier: MIT */
/* The records of an instant, held until it is complete, so that a feature can
 * look at the bars of all symbols and never at a later one. */
#ifndef TAPE_FEATURE_INSTANT_H
#define TAPE_FEATURE_INSTANT_H

#include "feature/memory.h"

enum { INSTANT_BYTES_MAX = 1 << 28 };

struct instant_bar {
	size_t line; /* which of the lines it is */
	uint32_t series;
	uint32_t fork; /* its copy of the state + 1, 0: it has none */
	struct feature_input in;
	int is_warm;
};

/* Zeroed memory is an empty one. */
struct instant {
	int is_open;
	int64_t known; /* ns; all its market records are known then */
	struct buf lines; /* of all records, in order */
	size_t nlines;
	struct instant_bar *bars;
	double *values; /* a row for each bar */
	size_t nbars, room;
	struct buf forks; /* states of bars that are only peeked at */
	double *x; /* x, sorted and out of one feature */
	size_t *who; /* whose the x are */
	const double **other; /* by span: the bar of a symbol */
	size_t x_room, other_room;
};

void instant_release(struct instant *t);
/* Holds a record. -1: no memory, or *is_full. */
int instant_add(struct instant *t, const struct record *r, int *is_full);
/* The record added last is a bar of the series: set->values has what was read
 * of it. is_peek: it changes no state. -1: no memory. */
int instant_add_bar(struct instant *t, const struct memory *m, size_t series,
    const struct feature_input *in, int is_peek);
/* Computes the features of all bars. -1: no memory. */
int instant_compute(struct instant *t, const struct memory *m);
/* How many values a bar has. */
static inline size_t
instant_row(const struct memory *m)
{
	return (size_t)m->set->nfields + (size_t)m->set->noutputs;
}
/* Those of a bar. */
static inline double *
instant_values(const struct instant *t, const struct memory *m, size_t bar)
{
	return t->values + bar * instant_row(m);
}
/* Forgets all of it. */
void instant_clear(struct instant *t);

#endif
