/* SPDX-License-Identifier: MIT */
/* Replay by the clock: records go out when their time has come. */
#ifndef TAPE_FEED_PACE_H
#define TAPE_FEED_PACE_H

#include <stdint.h>

#include "base/dec.h"
#include "stage/stage.h"

struct pace {
	struct dec speed; /* 60: an hour in a minute; 0: no waiting */
	int fd; /* a timer, or 0: none yet */
	int64_t first, start; /* known time of the first record, and the clock
	                         then */
};

/* "60x", "0.5x" or "max": 0, or -1. */
int pace_parse(const char *text, struct pace *p);
/* Waits until a record that is known then may go out: 1 it may, 0 the end was
 * asked for, -1 after stage_fail. */
int pace_wait(struct stage *s, struct pace *p, int64_t known);
/* How long after the first record one goes out, both in ns. */
int64_t pace_delay(struct dec speed, int64_t passed);
void pace_release(struct pace *p);

#endif
