/* SPDX-License-Identifier: MIT */
/* What tclean knows while it runs. */
#ifndef TAPE_CLEAN_STATE_H
#define TAPE_CLEAN_STATE_H

#include "clean/hold.h"
#include "clean/reader.h"
#include "clean/series.h"

struct tclean {
	/* options */
	int64_t span;
	const char *calendar, *gaps; /* NULL: not given */
	struct dec jump, max_bad;

	struct clean_reader reader;
	struct series_set series;
	struct clean_view view;
	struct clean_item item;
	struct clean_finding finding;
	struct hold hold;
	struct zone *zone; /* owned; of meta */
	struct key seq, flags, time_zone;
	uint64_t passed, dropped, flagged;
	uint64_t lost; /* refused and dropped when a record passed last */
	int has_noted_hours;
};

/* flags.c: adds the words found to those that the record has. -1: no room. */
int flags_put(struct tclean *t, struct record *r);

/* tally.c: the counts. Refused lines that are no records count too, so in is
 * always out + refused + dropped, and refused the lines of --errors. */
uint64_t tally_in(const struct stage *s);
/* Puts the counts on `end`. */
int tally_put(struct stage *s, struct record *r);
/* Fails when more is refused than --max-bad allows. */
int tally_check(struct stage *s);
/* The summary of -v. */
void tally_say(struct stage *s);

#endif
