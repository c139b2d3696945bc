/* SPDX-License-Identifier: MIT */
/* A bar, trade or quote as a record. */
#ifndef TAPE_FEED_PUT_H
#define TAPE_FEED_PUT_H

#include "feed/item.h"
#include "feed/source.h"

/* Makes feed->record out of an item, with feed->seq. It borrows the symbol's
 * text from feed->symbols. */
struct record *item_put(struct feed *feed, const struct item *it, int64_t span);

#endif
