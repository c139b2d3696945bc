/* SPDX-License-Identifier: MIT */
/* The account as a decision sees it: the book as of the last reading of the
 * ledger, what was decided since, and the last prices of the stream. */
#ifndef TAPE_RISK_DESK_H
#define TAPE_RISK_DESK_H

#include "account/book.h"

enum { ORDER_ID_TEXT = 129 };

/* An order approved since; it may not be in the book yet. */
struct fresh {
	char id[ORDER_ID_TEXT];
	uint32_t symbol; /* of desk.symbols */
	struct terms terms;
	struct dec close; /* that it was decided on */
	int64_t seq; /* the last market record then */
	int64_t known; /* the instant */
	int is_canceled;
};

/* A live order of the book whose cancel was ordered since. */
struct gone {
	uint32_t order; /* of book.order */
	int64_t seq;
};

/* An order that may still be filled, from either place. */
struct working {
	const char *id;
	const struct terms *terms;
	struct dec leaves;
	struct dec target; /* of the whole: the parent's */
	int is_attached; /* an exit that guards an entry */
	int64_t known; /* the instant that it was decided in */
	int is_fresh; /* not in the book yet */
	int is_leaving; /* the decision at hand cancels it */
	uint32_t index; /* of desk.fresh, or of book.order */
};

struct funds {
	int has_equity, has_free; /* else a price is missing, or overflow */
	struct money equity;
	struct money cash;
	struct money free; /* for opening: see desk_funds */
};

struct desk {
	struct book *book; /* borrowed */
	struct table symbols;
	struct dec *marks; /* by symbol; 0: none seen */
	struct fresh *fresh;
	struct gone *gone;
	struct working *working; /* of the symbol looked at last */
	uint32_t mark_cap, fresh_count, fresh_cap, gone_count, gone_cap;
	uint32_t working_count, working_cap;
	struct funds funds; /* of the book alone */
	int has_funds; /* since the last price and reading */
};

void desk_init(struct desk *d, struct book *book);
void desk_release(struct desk *d);

/* The last price of a symbol. -1: no memory. */
int desk_mark(struct desk *d, const char *symbol, size_t n, struct dec price);
/* 0, or -1 when none is known. */
int desk_mark_of(const struct desk *d, const char *symbol, struct dec *out);

/* The position, a flat one when the book does not know the symbol. */
const struct position *desk_position(const struct desk *d, const char *symbol);
/* Fills d->working with the orders of a symbol; it holds until the desk is
 * changed. -1: no memory. */
int desk_look(struct desk *d, const char *symbol);

/* Equity at the last prices; cash; and what of it is free for opening: cash
 * less what working orders would open, less twice the value of stock sold
 * short (its proceeds and as much again), less the margin of futures and
 * their losses. */
void desk_funds(struct desk *d, struct funds *out);
/* What it costs to open so much of a symbol at a price. -1: overflow. */
int desk_cost(const struct position *p, struct dec qty, struct dec price,
    struct money *out);
/* What an order of d->working would open. -1: no price, overflow. */
int desk_working_cost(const struct desk *d, const char *symbol,
    const struct working *w, struct money *out);

/* Something decided before the market record seq may have had an outcome, so
 * the ledger must be read before deciding. */
int desk_is_waiting(const struct desk *d, int64_t seq);
/* The book now has all that was decided before the market record seq. */
void desk_settle(struct desk *d, int64_t seq);
/* Without an account: what was approved before seq is filled at its close.
 * -1: overflow or no memory. */
int desk_fill(struct desk *d, int64_t seq);
/* The orders of d->working that are leaving were cancelled at seq; before
 * desk_approve. -1: no memory. */
int desk_cancel(struct desk *d, int64_t seq);
int desk_approve(struct desk *d, const char *symbol, const struct fresh *f);

#endif
