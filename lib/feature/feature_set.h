/* SPDX-License-Identifier: MIT */
/* All features of a run, which of them reads what, and one flat block of state
 * for each series that they follow. */
#ifndef TAPE_FEATURE_SET_H
#define TAPE_FEATURE_SET_H

#include "feature/feature_spec.h"
#include "record/record.h"

/* Values are numbered: those read from the record first (open, high, low,
 * close, volume, then what src= and with= name), then every output. */
enum { VALUE_OPEN, VALUE_HIGH, VALUE_LOW, VALUE_CLOSE, VALUE_VOLUME,
	VALUE_BASE };

struct feature_field {
	struct key key; /* the name is borrowed from the uses */
	int user; /* the first use that reads it, -1: none does */
};

struct feature_slot {
	int src, with; /* numbers of values */
	int out; /* number of its first output */
	size_t state; /* offset in the block */
};

struct feature_set {
	struct feature_use *uses; /* owned */
	struct feature_slot *slots;
	size_t count;
	struct feature_field *fields; /* owned */
	int nfields;
	struct key *keys; /* owned: of the outputs */
	int noutputs;
	double *values; /* owned: nfields + noutputs */
	size_t block; /* bytes of state */
	int wants_session;
	int wants_instant; /* a use needs the other symbols' bars */
};

/* One bar: its values (numbered as above), the state of its series, and what
 * is not a value. */
struct feature_row {
	double *values;
	void *block;
	struct feature_input *in;
};

/* Adds one use; -1 with *e (an empty text: no memory). */
int feature_set_add(struct feature_set *set, const char *text,
    struct feature_error *e);
/* After the last: finds the sources and lays out the state. The same. */
int feature_set_link(struct feature_set *set, struct feature_error *e);
void feature_set_release(struct feature_set *set);

/* A block of zeroed memory, set->block bytes, made ready. */
void feature_set_init(const struct feature_set *set, void *block);
/* set->values of the fields are filled: computes those of the outputs. in
 * gives what is not a value. Returns whether every feature has had as many
 * complete inputs as its warm-up takes. */
int feature_set_update(struct feature_set *set, void *block,
    struct feature_input *in);
/* The same for one use alone, whose sources are there. other: the values of
 * the bar of its symbol= in this instant, or NULL. An `across` feature is only
 * counted. */
int feature_set_step(const struct feature_set *set, size_t i,
    const struct feature_row *row, const double *other);

#endif
