/* SPDX-License-Identifier: MIT */
/* How long bars are, by the steps between them. */
#ifndef TAPE_FEED_STEPS_H
#define TAPE_FEED_STEPS_H

#include "feed/item.h"

/* The most common step, when it is a usual length and divides all others; 0
 * else. Days may be an hour longer or shorter, where the clocks change. */
int64_t steps_common(const struct item *items, int n);
int steps_are_midnights(const struct item *items, int n);

#endif
