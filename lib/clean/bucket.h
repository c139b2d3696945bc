/* SPDX-License-Identifier: MIT */
/* Bars in the making, one a symbol: what went into them so far. */
#ifndef TAPE_CLEAN_BUCKET_H
#define TAPE_CLEAN_BUCKET_H

#include "base/table.h"
#include "clean/clean.h"

enum bucket_kind { BUCKET_TIME, BUCKET_TICK, BUCKET_VOLUME, BUCKET_VALUE };

/* When bars end. */
struct bucket_rule {
	enum bucket_kind kind;
	int64_t span; /* BUCKET_TIME */
	struct dec size; /* the others: so many trades, so much */
	const struct calendar *calendar; /* NULL: none */
};

struct bucket {
	int64_t source; /* span of what is merged; 0: trades */
	int is_known; /* something was merged before */
	int is_open; /* holds something now */
	int64_t start, limit; /* of time bars */
	int64_t end; /* when it is known: at the limit; bars of days that begin
	                after midnight end after it */
	int64_t whole; /* when nothing more of it is expected */
	int64_t done; /* bars before this time have gone */
	int64_t first, last; /* times of what went in */
	int digits;
	int is_partial; /* began late */
	int64_t count; /* trades, or -1: not known */
	struct dec open, high, low, close;
	int has_volume, has_value;
	struct money volume, value; /* value: of price times size */
	int has_factor;
	struct dec factor;
	char words[CLEAN_WORDS_MAX]; /* flags of what went in */
};

/* Zeroed memory is an empty set. */
struct bucket_set {
	struct bucket_rule rule;
	struct table names;
	struct bucket *at; /* owned; by the index in names */
	size_t cap;
};

struct bucket *bucket_find(const struct bucket_set *set, const char *symbol,
    size_t n);
/* That of the symbol, new if need be; NULL: no memory. */
struct bucket *bucket_get(struct bucket_set *set, const char *symbol,
    size_t n);
void bucket_release(struct bucket_set *set);
/* The time bar that `time` falls into: start, limit, end, whole; zone: of
 * days, NULL: UTC. */
void bucket_place(const struct bucket_rule *rule, const struct zone *zone,
    int64_t time, struct bucket *out);
/* Adds a trade or a bar; -1: a sum has no room. The first opens it. */
int bucket_add(struct bucket *b, const struct clean_item *in);
/* Whether a bar of ticks, volume or value is full. */
int bucket_is_full(const struct bucket_rule *rule, const struct bucket *b);

#endif
