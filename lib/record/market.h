/* SPDX-License-Identifier: MIT */
/* Market records (bar, trade, quote) as numbers. */
#ifndef TAPE_MARKET_H
#define TAPE_MARKET_H

#include "record/record.h"

/* What every market record has. */
struct market_head {
	int64_t seq; /* 0: the record has none */
	int64_t time; /* ns; a bar's start */
	int64_t known; /* when it can be known: time, and span for a bar */
	int64_t span; /* 0 for trades and quotes */
	int digits; /* of the time's fraction */
	int more; /* others of its instant follow */
	const char *symbol; /* borrowed from the record */
	size_t symbol_len;
};

struct market_prices {
	struct dec open, high, low, close;
	struct dec volume;
	int has_volume;
};

/* Keys with their hints, one set a reader. Spans repeat, so the last one read
 * is kept. */
struct market_keys {
	struct key seq, time, symbol, span, more;
	struct key open, high, low, close, volume, price, size;
	char span_text[24];
	size_t span_len;
	int64_t span_ns;
};

void market_keys_init(struct market_keys *k);

static inline int
market_is(const struct record *r)
{
	return r->type == REC_BAR || r->type == REC_TRADE ||
	    r->type == REC_QUOTE;
}

/* -1 and the name of the field that is missing or wrong. */
int market_read_head(struct market_keys *k, const struct record *r,
    struct market_head *out, const char **field);
/* A trade is a bar of one price. */
int market_read_prices(struct market_keys *k, const struct record *r,
    struct market_prices *out, const char **field);

#endif
