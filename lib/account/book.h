/* SPDX-License-Identifier: MIT */
/* The book: what the lines of a ledger add up to. Cash, positions, orders,
 * and how far each symbol and strategy has come. tbroker keeps one as it
 * writes; trisk and torder build the same one by reading. */
#ifndef TAPE_BOOK_H
#define TAPE_BOOK_H

#include <stdint.h>

#include "base/money.h"
#include "base/problem.h"
#include "base/table.h"
#include "base/time.h"
#include "order/terms.h"
#include "record/record.h"

enum { NO_ORDER = UINT32_MAX };

enum order_state {
	ORDER_SENT, /* requested, not answered */
	ORDER_ACCEPTED,
	ORDER_PARTIAL,
	ORDER_FILLED,
	ORDER_CANCELED,
	ORDER_EXPIRED,
	ORDER_REJECTED,
};

/* What an order is to the position that its entry opened. */
enum order_role { ROLE_PLAIN, ROLE_STOP, ROLE_PROFIT, ROLE_TRAIL, ROLE_TIME };

/* What trisk approved: the parent of the orders that carry it out. */
struct approval {
	uint32_t symbol, strategy;
	struct terms terms;
	struct dec given; /* quantity in children, less what they gave back */
	int64_t known; /* the instant it was decided in */
	char *seal; /* owned; "" when it has none */
};

struct order {
	uint32_t symbol;
	uint32_t parent; /* index in approvals */
	uint32_t entry; /* of an attached exit: the order it guards */
	enum order_role role;
	enum order_state state;
	struct terms terms;
	struct dec cum; /* executed quantity */
	struct money value; /* sum of executed price * quantity */
	struct money fees;
	int64_t known; /* the instant it was decided in */
	int64_t after; /* only bars that start later can fill it */
	int executions;
	/* torder's plan for it: the text of --timeout and --then */
	char timeout[24], then[16];
	/* the paper broker's working state */
	int is_triggered; /* its stop was passed */
	int has_high;
	struct dec high; /* the best price since, that a trail hangs on */
	int64_t bars; /* bars that it could have been filled on */
	int64_t seen; /* the same and those within its latency */
	int64_t day; /* of the first of them, days since 1970; tif day */
	int has_decided;
	struct dec decided; /* the close that it was decided on */
	int64_t decided_on; /* the start of that bar */
	uint32_t next, previous; /* live orders of the symbol, oldest first */
};

struct position {
	struct dec qty; /* signed */
	struct money cost; /* signed: sum of signed quantity * price, average */
	struct money realized, fees;
	struct dec multiplier; /* money per point; 1 unless said */
	struct dec margin; /* money to hold one; 0: it is paid in full */
	int is_future; /* cash moves by profit, not by value */
	int has_mark;
	struct dec mark; /* the last close */
	int64_t mark_start, mark_known; /* the last bar: TIME_NONE before */
	int64_t ended_known; /* the last bar of a run that ended cleanly */
	uint32_t first_live, last_live;
};

struct strategy_mark {
	int64_t known; /* the last instant that is in the ledger */
	int is_closed; /* by a clean end: that instant is over */
};

struct book {
	int is_open; /* the `ledger` line was seen */
	struct money initial, cash, realized, fees;
	struct table symbols, approvals, orders, strategies;
	struct position *positions; /* by symbol */
	struct approval *approval; /* by approval id */
	struct order *order; /* by order id */
	struct strategy_mark *marks; /* by strategy */
	uint32_t position_cap, approval_cap, order_cap, mark_cap;
	uint32_t live; /* orders that may still be filled */
	int64_t known; /* the last instant committed; TIME_NONE before */
	int is_ended; /* its clean end was seen */
};

void book_init(struct book *b);
void book_release(struct book *b);

/* Index of a symbol or strategy, new ones are made; -1: no memory. */
int64_t book_symbol(struct book *b, const char *s, size_t n);
int64_t book_strategy(struct book *b, const char *s, size_t n);

/* Applies one ledger line (a ledger_visit with arg = the book). */
int book_apply(void *book, struct record *line, struct problem *p);

/* One execution: moves cash, position, and the order's sums. -1: overflow. */
int book_fill(struct book *b, struct order *o, struct dec qty,
    struct dec price, struct money fee);

static inline int
order_is_live(const struct order *o)
{
	return o->state <= ORDER_PARTIAL;
}

struct dec order_leaves(const struct order *o);
const char *order_id(const struct book *b, const struct order *o);
/* Half-even at 9 decimals; 0 before the first execution. */
struct dec order_average(const struct order *o);
struct dec position_average(const struct position *p);

/* quantity * mark * multiplier, signed; 0 without a mark. -1: overflow. */
int position_value(const struct position *p, struct money *out);
int position_unrealized(const struct position *p, struct money *out);
/* Cash and what the positions are worth at their marks. */
int book_equity(const struct book *b, struct money *out);

const char *order_role_name(enum order_role r); /* "" for ROLE_PLAIN */

#endif
