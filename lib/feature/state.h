/* SPDX-License-Identifier: MIT */
/* What tfeat's parts share. */
#ifndef TAPE_FEATURE_STATE_H
#define TAPE_FEATURE_STATE_H

#include "base/zone.h"
#include "feature/instant.h"
#include "stage/stage.h"

enum { SHOW_LIST = 1, SHOW_EXPLAIN };
enum { WARM_NULL, WARM_DROP };

struct tfeat {
	int warm, json, peek; /* options */
	struct feature_set set;
	struct buf words; /* of strategy files */
	struct memory memory;
	struct buf fork; /* the state of a bar that is only peeked at */
	struct instant instant;
	struct record line; /* of the instant, read again */
	struct zone *zone; /* NULL: UTC */
	struct key time, withheld, flags, seq, more;
	int64_t last_seq; /* 0: no market record yet */
	int64_t dropped; /* bars withheld by --warm drop */
};

/* bar.c: reads what the features want of a bar into t->set.values and *in;
 * its series, or -1 after stage_fail. */
int64_t bar_read(struct stage *s, const struct record *r,
    struct feature_input *in);
/* A bar that is not closed, and must not change what is remembered. */
int bar_is_peek(struct tfeat *t, const struct record *r);
/* Emits it with the values of all features, or drops it. */
int bar_emit(struct stage *s, struct record *r, const double *values,
    int is_warm);
/* -1 after stage_fail: the field is missing (f NULL) or bad. */
int bar_fail(struct stage *s, const struct record *r, const struct field *f,
    const char *name);

/* hold.c: the way of all records when a feature looks at other symbols. */
int feature_hold(struct stage *s, struct record *r);
int feature_hold_other(struct stage *s, struct record *r);
/* The instant is over. */
int feature_hold_close(struct stage *s);

/* show.c: --list and --explain. */
int tfeat_show(struct stage *s, int which);

#endif
