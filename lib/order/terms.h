/* SPDX-License-Identifier: MIT */
/* The terms of an order, as order and request records carry them and as the
 * seal covers them. */
#ifndef TAPE_TERMS_H
#define TAPE_TERMS_H

#include <stdint.h>

#include "record/record.h"

enum order_type { TYPE_MARKET, TYPE_LIMIT, TYPE_STOP, TYPE_STOP_LIMIT,
	TYPE_TRAIL };
enum tif { TIF_DAY, TIF_GTC, TIF_IOC, TIF_FOK, TIF_OPG, TIF_CLS, TIF_BAR };

enum { ALLOW_SHORT = 1, ALLOW_FLIP = 2, ALLOW_MARGIN = 4 };

enum { SIDE_BUY = 1, SIDE_SELL = -1 };

/* A price of an attached exit: fixed, or relative to the fill price. */
struct exit_price {
	enum { EXIT_PRICE_NONE, EXIT_PRICE_AT, EXIT_PRICE_RELATIVE } kind;
	struct dec value; /* a price, or a signed fraction */
};

struct terms {
	int side; /* SIDE_BUY, SIDE_SELL */
	enum order_type type;
	enum tif tif;
	int has_limit, has_stop, has_worst, has_target;
	struct dec qty; /* > 0 */
	struct dec target; /* signed position that no fill may pass */
	struct dec limit, stop;
	struct dec worst; /* no child may be priced worse */
	struct dec trail; /* fraction; 0: none. The order's own when its type
	                     is TYPE_TRAIL, else an attached exit */
	struct dec tick; /* 0: none */
	struct exit_price stop_loss, take_profit;
	int64_t max_bars; /* 0: none */
	unsigned allow;
};

/* Reads the fields of a record; -1 with the field's name and what is wrong. */
int terms_read(const struct record *r, struct terms *t, const char **field,
    const char **what);
/* Puts them, in the order of tape-record(5), leaving out what is not there. */
int terms_put(const struct terms *t, struct record *r);
/* Appends "name=value" lines for the seal, every term named. */
int terms_add_seal(const struct terms *t, struct buf *b);

int order_type_parse(const char *s, size_t n); /* -1: none of them */
const char *order_type_name(enum order_type t);
int tif_parse(const char *s, size_t n);
const char *tif_name(enum tif t);
/* "short,flip,margin" in any order; -1: another word. */
int allow_parse(const char *s, size_t n, unsigned *allow);
/* "-3%" or "+2%" (relative). */
int relative_parse(const char *s, size_t n, struct dec *out);

#endif
