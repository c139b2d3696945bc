/* SPDX-License-Identifier: MIT */
/* A cleaning rule: what it refuses, drops or flags of the market records. One
 * file a rule, one line in list.def; nothing else to touch. */
#ifndef TAPE_CLEAN_H
#define TAPE_CLEAN_H

#include <stdint.h>

#include "base/dec.h"
#include "base/zone.h"
#include "record/record.h"

/* The fields of market records that are checked, values from CLEAN_OPEN on. */
enum clean_field {
	CLEAN_TIME,
	CLEAN_SYMBOL,
	CLEAN_SPAN,
	CLEAN_SEQ,
	CLEAN_MORE,
	CLEAN_FLAGS,
	CLEAN_OPEN,
	CLEAN_HIGH,
	CLEAN_LOW,
	CLEAN_CLOSE,
	CLEAN_VOLUME,
	CLEAN_TRADES,
	CLEAN_VWAP,
	CLEAN_PRICE,
	CLEAN_SIZE,
	CLEAN_BID,
	CLEAN_ASK,
	CLEAN_BID_SIZE,
	CLEAN_ASK_SIZE,
	CLEAN_FIELDS
};

enum { CLEAN_BAR_VALUES = CLEAN_PRICE - CLEAN_OPEN };

/* A market record whose fields are all of the right kind. */
struct clean_item {
	const struct record *record; /* borrowed */
	const struct field *field[CLEAN_FIELDS]; /* NULL: not there */
	int unknown; /* how many more fields the record has */
	uint32_t known; /* bit f: field f is there and not null */
	struct dec value[CLEAN_FIELDS]; /* of the known ones from CLEAN_OPEN */
	const char *symbol; /* borrowed, not terminated */
	size_t symbol_len;
	int64_t time; /* ns; a bar's start */
	int64_t span; /* ns; 0 for trades and quotes */
	int64_t seq;
	int has_more;
};

/* The record passed last of the same symbol, type and span. */
struct clean_series {
	int64_t time;
	uint32_t known;
	struct dec value[CLEAN_BAR_VALUES]; /* bars: from CLEAN_OPEN */
	uint64_t rest; /* bars: hash of the fields that no rule knows */
};

enum clean_calendar { CALENDAR_NONE, CALENDAR_24X7, CALENDAR_WEEKDAYS };

/* What a rule may look at beside the record itself. */
struct clean_view {
	const struct clean_series *before; /* NULL: the first of its series */
	enum clean_calendar calendar;
	const struct zone *zone; /* of meta, for calendar days; NULL: UTC */
	struct dec jump; /* as a fraction */
	int64_t span; /* that bars must have; 0: any */
	int64_t last_seq; /* of the record passed last; -1: none */
	int has_seq; /* the stream brings its own */
};

enum clean_verdict { CLEAN_PASS, CLEAN_FLAG, CLEAN_DROP, CLEAN_REFUSE };

enum { CLEAN_WORDS_MAX = 128, CLEAN_REASON_MAX = 96 };

/* Why: the words for `flags`, or the reason of a refusal. */
struct clean_finding {
	char words[CLEAN_WORDS_MAX]; /* "gap:2020-01-06,jump" */
	char reason[CLEAN_REASON_MAX];
	enum clean_field field; /* that the reason is about */
};

struct clean_rule {
	const char *name;
	const char *summary; /* what it does, one line for --list */
	unsigned types; /* bits 1 << REC_BAR ... */
	enum clean_verdict (*check)(const struct clean_view *view,
	    const struct clean_item *in, struct clean_finding *out);
};

enum {
	CLEAN_BARS = 1 << REC_BAR,
	CLEAN_ALL = 1 << REC_BAR | 1 << REC_TRADE | 1 << REC_QUOTE,
};

/* All of them, in the order in which they are asked; NULL at the end. */
extern const struct clean_rule *const clean_rules[];
/* Asks every rule of the record's type, up to the first that refuses or
 * drops it. */
enum clean_verdict clean_judge(const struct clean_view *view,
    const struct clean_item *in, struct clean_finding *out);
/* Appends one line a rule: name and summary. */
int clean_list(struct buf *out);

const char *clean_field_name(enum clean_field f);
/* For a rule to return. */
enum clean_verdict clean_refuse(struct clean_finding *out, enum clean_field f,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
enum clean_verdict clean_flag(struct clean_finding *out, const char *word,
    size_t n);

static inline int
clean_knows(const struct clean_item *in, enum clean_field f)
{
	return (in->known >> f & 1) != 0;
}

#endif
