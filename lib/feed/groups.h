/* SPDX-License-Identifier: MIT */
/* Tables with a column for every price of every ticker, under three rows of
 * header, as pandas writes those of yfinance:
 *
 *	Price,Close,Close,High,High,...
 *	Ticker,AAPL,MSFT,AAPL,MSFT,...
 *	Date,,,,,... */
#ifndef TAPE_FEED_GROUPS_H
#define TAPE_FEED_GROUPS_H

#include "feed/columns.h"
#include "feed/source.h"

struct group {
	int64_t symbol;
	int value[ITEM_VALUES];
	uint16_t has;
};

struct groups {
	struct group *all; /* owned */
	int n, at; /* at == n: the row is used up */
};

/* Whether a first row is of such a table. */
int groups_begin(const struct rows *row);
/* Reads the rest of the header, and what each column is, into g and c. */
int groups_read(struct source *src, struct rows *rows, struct columns *c,
    struct groups *g);
/* The group after the one that the columns are of, if the row has one. */
int groups_next(struct groups *g, struct columns *c);
/* None of the group's values stands in the row. */
int groups_is_empty(const struct columns *c, const struct rows *row);
void groups_release(struct groups *g);

#endif
