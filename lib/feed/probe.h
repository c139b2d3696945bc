/* SPDX-License-Identifier: MIT */
/* tfeed --probe: what a source is taken for, and why. */
#ifndef TAPE_FEED_PROBE_H
#define TAPE_FEED_PROBE_H

#include "stage/stage.h"

/* Writes a page for each operand of a tfeed that is open. -1 after stage_fail:
 * what was guessed until then is written all the same. */
int probe_run(struct stage *s);

#endif
