/* SPDX-License-Identifier: MIT */
/* Files that grow while they are read. */
#ifndef TAPE_FEED_FOLLOW_H
#define TAPE_FEED_FOLLOW_H

#include "feed/bytes.h"

/* At the end of what is there: waits for more, or for another file of the same
 * name, which is then opened. 1: read again; 0: the input counts as ended; -1:
 * see b->what. */
int follow_wait(struct bytes *b);

#endif
