/* SPDX-License-Identifier: MIT */
/* The law of the instant: every market record of an instant but the last has
 * "more":true. One that has it is held back until it is known whether another
 * of its instant passes; if none does, it loses the field. */
#ifndef TAPE_CLEAN_HOLD_H
#define TAPE_CLEAN_HOLD_H

#include "stage/stage.h"

struct hold {
	struct stage *stage;
	int is_holding;
	int64_t instant; /* of the record held */
	struct record held;
	struct buf behind; /* lines of other types that came after it */
	struct record line; /* one of them, read again */
	struct key more;
};

/* How the record that is held goes on. */
enum hold_end {
	HOLD_AS_IS,
	HOLD_LAST, /* it is the last of its instant: without `more` */
};

int hold_init(struct hold *h, struct stage *s); /* -1: no memory */
void hold_release(struct hold *h);
/* The others return -1 after stage_fail, or when stage_emit says to stop. */

/* Takes a market record that passes and is known at `instant`: emits it, or
 * holds it when it says that more follow. */
int hold_market(struct hold *h, struct record *r, int64_t instant,
    int has_more);
/* Takes a record of another type: it stays behind what is held. */
int hold_other(struct hold *h, struct record *r);
/* Emits what is held, and what came behind it. */
int hold_flush(struct hold *h, enum hold_end how);

#endif
