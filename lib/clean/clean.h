/* SPDX-License-Identifier: MIT */
/* A cleaning rule: what it refuses, drops or flags of the market records. One
 * file a rule, one line in list.def; nothing else to touch. */
#ifndef TAPE_CLEAN_H
#define TAPE_CLEAN_H

#include <stdint.h>

#include "base/calendar.h"
#include "base/money.h"
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
	int digits; /* of its fraction as it came */
	int is_local; /* its days are those of the calendar's zone */
	int64_t span; /* ns; 0 for trades and quotes */
	int64_t seq;
	int has_more;
	int is_read; /* whole */
	int has_factor; /* --adjust knows the symbol */
	struct dec factor; /* of the prices, as traded: 1 */
};

enum { CLEAN_VOLUMES = 20 };

/* The record passed last of the same symbol, type and span. */
struct clean_series {
	int64_t time;
	uint32_t known;
	struct dec value[CLEAN_BAR_VALUES]; /* bars: from CLEAN_OPEN */
	uint64_t rest; /* bars: hash of the fields that no rule knows */
	int digits; /* of its time */
	int is_made; /* by filling a gap */
	int64_t same; /* bars in a row that said the same */
	int has_level; /* it jumped, away from */
	struct dec level;
	struct dec volumes[CLEAN_VOLUMES]; /* a ring of the latest */
	uint64_t volume_count;
	struct money volume_sum; /* of the ring */
	int is_local; /* its days are those of the calendar's zone */
	int64_t due; /* start of the next bar to fill; TIME_NONE: none */
	int64_t filled; /* bars in a row that were */
	int64_t missed; /* start of the first bar that others had, not it */
	int64_t missed_count;
};

/* What a rule may look at beside the record itself. */
struct clean_view {
	const struct clean_series *before; /* NULL: the first of its series */
	const struct calendar *calendar; /* NULL: gaps are not looked for */
	const struct zone *zone; /* of calendar days; NULL: UTC */
	int drops_unexpected;
	struct dec jump; /* as a fraction */
	struct dec surge; /* times the mean volume; 0: not looked for */
	int64_t stuck; /* bars in a row; 0: not looked for */
	int64_t now; /* what is known later is in the future; 0: nothing */
	int64_t span; /* that bars are made of; 0: as they are */
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
	int is_jump; /* away from the close before */
	int64_t missing; /* bars before this one */
};

struct clean_rule {
	const char *name;
	const char *summary; /* what it does, one line for --list */
	unsigned types; /* bits 1 << REC_BAR ... */
	int of_output; /* asked of the bars that go out, made ones too; not of
	                  those that are merged into others */
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
 * drops it; those of output add to what the others found. */
enum clean_verdict clean_judge(const struct clean_view *view,
    const struct clean_item *in, struct clean_finding *out);
enum clean_verdict clean_judge_output(const struct clean_view *view,
    const struct clean_item *in, struct clean_finding *out);
/* Appends one line a rule: name and summary. */
int clean_list(struct buf *out);

const char *clean_field_name(enum clean_field f);
/* For a rule to return. */
enum clean_verdict clean_refuse(struct clean_finding *out, enum clean_field f,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
enum clean_verdict clean_drop(struct clean_finding *out, const char *reason);
enum clean_verdict clean_flag(struct clean_finding *out, const char *word,
    size_t n);
/* Whether |b / a - 1| > share, in exact decimals. */
int clean_moves(struct dec a, struct dec b, struct dec share);

static inline int
clean_knows(const struct clean_item *in, enum clean_field f)
{
	return (in->known >> f & 1) != 0;
}

#endif
