/* SPDX-License-Identifier: MIT */
/* Splits and dividends, forward from the first record: what has gone out is
 * never rewritten, later prices are brought to the scale of the first. */
#ifndef TAPE_CLEAN_ADJUST_H
#define TAPE_CLEAN_ADJUST_H

#include "base/problem.h"
#include "base/table.h"
#include "clean/clean.h"

enum adjust_mode { ADJUST_RAW, ADJUST_SPLIT, ADJUST_TOTAL };

struct adjust_action {
	uint32_t symbol;
	int64_t day; /* from 1970: the first of the new terms */
	int is_dividend;
	struct dec value; /* new shares for one, or money a share */
};

/* What has happened to a symbol. */
struct adjust_state {
	size_t next; /* action that comes next */
	struct dec split, total; /* factors; total: with dividends */
	struct dec close; /* as traded last, in the terms of today */
	int has_close;
};

/* Zeroed memory is an empty set. */
struct adjust_set {
	enum adjust_mode mode;
	struct table symbols;
	struct adjust_action *actions; /* owned; by symbol, then day */
	size_t count, cap;
	struct adjust_state *states; /* owned; by symbol */
	/* of the record at hand, kept when it passes */
	int64_t symbol; /* -1: nothing is known of it */
	struct adjust_state state;
	int has_split, has_dividend; /* came into force with this record */
};

/* Reads lines date,symbol,kind,value: 2014-06-09,AAPL,split,7 (or 7:1) and
 * 2014-08-07,AAPL,dividend,0.47. */
int adjust_read(struct adjust_set *set, const char *name, struct problem *p);
void adjust_release(struct adjust_set *set);
/* Brings the item's values to scale; day: the local one of its start. -1: no
 * room, or a dividend that is no less than the price; why in *out. */
int adjust_item(struct adjust_set *set, struct clean_item *in, int64_t day,
    struct clean_finding *out);
/* The item passes: what it did counts from now on. */
void adjust_keep(struct adjust_set *set);

#endif
