/* SPDX-License-Identifier: MIT */
/* The state of tfeed, and its run: sources in, one stream out. */
#ifndef TAPE_FEED_RUN_H
#define TAPE_FEED_RUN_H

#include "feed/expand.h"
#include "feed/merge.h"
#include "feed/pace.h"
#include "feed/source.h"

struct tfeed {
	/* options */
	int format, digits, bare, json;
	const char *symbol, *zone, *since, *until, *speed;
	struct operands operands; /* what is read, patterns expanded */
	struct pace pace;
	int64_t span;
	struct feed feed;
	struct source *sources; /* owned, count of them */
	int count;
	struct merge merge;
	struct record meta;
};

/* -1: each source says by itself how many it needs. */
void run_set_digits(struct feed *feed, int digits);
/* Opens all operands and emits meta, every record and end. */
int run_feed(struct stage *s);
void run_close(struct stage *s);

#endif
