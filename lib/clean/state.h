/* SPDX-License-Identifier: MIT */
/* What tclean knows while it runs. */
#ifndef TAPE_CLEAN_STATE_H
#define TAPE_CLEAN_STATE_H

#include "clean/adjust.h"
#include "clean/bucket.h"
#include "clean/hold.h"
#include "clean/reader.h"
#include "clean/series.h"

enum { GAPS_FLAG, GAPS_FILL, GAPS_DROP };

struct tclean {
	/* options */
	int64_t span, stuck, now;
	const char *calendar, *gaps_name, *bars, *align, *adjust, *max_gap;
	int adjust_mode, is_keeping;
	struct dec jump, max_bad, surge;

	struct clean_reader reader;
	struct series_set series;
	struct clean_view view;
	struct clean_item item;
	struct clean_finding finding;
	struct hold hold;
	struct calendar *own_calendar; /* owned */
	struct zone *zone; /* owned; of meta */
	struct key seq, flags;
	uint64_t passed, merged, made, dropped, flagged;
	uint64_t lost; /* refused and dropped when a record passed last */
	int has_noted_hours;

	int gaps;
	int64_t gap_limit; /* bars in a row; -1: any number */
	struct dec gap_share; /* of those expected; -1: any share */
	uint64_t missing; /* bars that were expected and did not come */
	uint64_t present; /* bars that did */

	/* Making records, then all are numbered anew. */
	int is_making;
	struct record merged_bar, filled_bar; /* made ones */
	struct key keys[CLEAN_FIELDS], first, factor;
	int64_t clock; /* the latest instant; TIME_NONE: none yet */
	int64_t next; /* nothing is due before; due.c */
	int64_t out_seq;
	int64_t aligned; /* the instant of the bars that went out last */
	struct bucket_set buckets;
	struct table align_names; /* empty: every symbol */
	struct adjust_set adjustments;
};

/* A bar, trade or quote on its way out. */
struct out {
	struct record *record;
	struct clean_item *in;
	struct clean_finding *found; /* its words are put */
	enum { OUT_PASSED, OUT_MADE, OUT_FILLED } how;
};

/* flags.c: adds words to the flags that the record has. -1: no room. */
int flags_put(struct tclean *t, struct record *r, const char *words);
/* Adds words to a list of CLEAN_WORDS_MAX, each once, as far as they fit. */
void flags_add(char words[CLEAN_WORDS_MAX], const char *more, size_t n);

/* The functions below return -1 after stage_fail, or to stop. */

/* out.c: what goes out, numbered, and within its instant. */
int out_market(struct stage *s, struct out *o);
/* A record of an instant was handled: if it was the last, what is held goes
 * out as the last. */
int out_settle(struct stage *s, int64_t instant, int has_more);
/* A bar to be made: head, prices; in->value, time, span, digits and symbol are
 * given. */
int out_make_bar(struct tclean *t, struct record *r, struct clean_item *in);
/* Fails when more bars are missing than --max-gap allows. */
int out_check_gap(struct stage *s, int64_t in_a_row);
int out_check_gap_share(struct stage *s);

/* due.c: what time brings: bars that are complete, bars that are missing. */
/* Time has come to `instant`: sends what was known before. */
int due_advance(struct stage *s, int64_t instant);
/* The end of the stream: sends the rest, in part. */
int due_end(struct stage *s);
/* A bar went out: when the next of its series is due, if gaps are filled. */
void due_note(struct tclean *t, struct clean_series *series, int64_t span);
/* Something is due at that time. */
void due_add(struct tclean *t, int64_t at);
/* Whether more is to come of an instant. */
int due_is_pending(struct tclean *t, int64_t instant);

/* align.c: every symbol at every instant. */
int align_open(struct stage *s);
/* Bars known at `instant` go out next: the one before is over. */
int align_turn(struct stage *s, int64_t instant);
int align_is_pending(const struct tclean *t, int64_t instant);

/* fill.c: a flat bar at the last close, for series i at `start`. */
int fill_send(struct stage *s, size_t i, int64_t start);

/* merge.c: records into bars. */
int merge_open(struct stage *s);
/* Whether a record becomes part of a bar. */
int merge_wants(const struct tclean *t, const struct clean_item *in);
/* Whether it may. */
enum clean_verdict merge_judge(struct tclean *t, const struct clean_item *in,
    struct clean_finding *out);
/* Whether a bar of --span may pass as it is. */
enum clean_verdict merge_judge_whole(const struct tclean *t,
    const struct clean_item *in, struct clean_finding *out);
int merge_take(struct stage *s, const struct clean_item *in);
/* Sends the bar of a bucket; is_partial: it broke off. */
int merge_send(struct stage *s, struct bucket *b, int is_partial);

/* tally.c: the counts. Refused lines that are no records count too, so in is
 * always passed + merged + refused + dropped, out is passed + made, and
 * refused the lines of --errors. */
uint64_t tally_in(const struct stage *s);
/* Puts the counts on `end`. */
int tally_put(struct stage *s, struct record *r);
/* Fails when more is refused than --max-bad allows. */
int tally_check(struct stage *s);
/* The summary of -v. */
void tally_say(struct stage *s);

#endif
