/* SPDX-License-Identifier: MIT */
/* A bar, trade or quote between its source and its record. */
#ifndef TAPE_FEED_ITEM_H
#define TAPE_FEED_ITEM_H

#include <stddef.h>
#include <stdint.h>

#include "base/dec.h"
#include "record/record.h"

/* What a column of a file means. The values of a bar, a trade and a quote
 * stand in the order in which their records have them. */
enum meaning {
	IS_NOTHING,
	IS_TIME,
	IS_CLOCK, /* the time of day, where IS_TIME is the date */
	IS_MS, /* milliseconds since the midnight of the file's day */
	IS_PER, /* the length of bars: D, 5, 60 (minutes) */
	IS_SYMBOL,
	IS_OPEN,
	IS_HIGH,
	IS_LOW,
	IS_CLOSE,
	IS_VOLUME,
	IS_TRADES,
	IS_VWAP,
	IS_ADJ_CLOSE,
	IS_PRICE,
	IS_SIZE,
	IS_BID,
	IS_BID_SIZE,
	IS_ASK,
	IS_ASK_SIZE,
	MEANINGS
};

enum { ITEM_VALUES = 8 };

struct item {
	enum record_type type; /* REC_BAR, REC_TRADE or REC_QUOTE */
	uint32_t symbol; /* in feed->symbols */
	uint16_t has; /* bit i: value i is a column of its source */
	uint16_t known; /* bit i: and not null */
	int64_t time; /* start of the bar, ns UTC */
	int64_t line; /* in its source */
	struct dec v[ITEM_VALUES]; /* see item_value */
};

/* Value i of a type, and how many there are. */
enum meaning item_value(enum record_type type, int i);
int item_count(enum record_type type);
/* A value that must be there: all but a bar's volume and what follows, and
 * the sizes of a quote. */
int item_is_required(enum meaning m);
const char *meaning_name(enum meaning m);
/* By a name as in a file, written small and without <>[]()$" and spaces. */
enum meaning meaning_of(const char *name, size_t n);

struct item_keys {
	struct key seq, time, symbol, span, more;
	struct key value[MEANINGS];
};
void item_keys_init(struct item_keys *k);

#endif
