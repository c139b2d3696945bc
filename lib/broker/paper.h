/* SPDX-License-Identifier: MIT */
/* The paper broker: an instant of the market comes in, orders of earlier
 * instants are taken in and matched, and what happened goes to the ledger and
 * out. tape(7) "Fills" has the rules. */
#ifndef TAPE_PAPER_H
#define TAPE_PAPER_H

#include "account/account.h"
#include "account/book.h"
#include "account/ledger.h"
#include "base/zone.h"
#include "broker/cost.h"
#include "record/market.h"
#include "stage/stage.h"

enum paper_fill { PAPER_NEXT_OPEN, PAPER_NEXT_CLOSE, PAPER_THIS_CLOSE };
enum paper_marks { PAPER_MARK_BAR, PAPER_MARK_DAY, PAPER_MARK_NONE };

struct paper_options {
	struct dec cash;
	const char *commission_text, *slippage_text;
	int slippage_cap; /* 0 none, 1 bar */
	int fill; /* enum paper_fill */
	struct dec participation; /* 0: no limit */
	int exits; /* 0 next-bar, 1 same-bar */
	int trail_on; /* 0 high, 1 close */
	struct option_list multiplier, margin;
	int64_t latency;
	int marks; /* enum paper_marks */
	int pass;
};

/* One bar of the instant being handled. */
struct paper_bar {
	struct market_prices prices;
	struct dec volume_left; /* for orders, under --participation */
	int64_t start, known, seq, span;
	uint32_t symbol;
	int is_old; /* before what the ledger has: nothing can happen on it */
};

/* A record that waits for the next instant. */
struct paper_request {
	struct record record; /* a copy */
	int64_t last_seq; /* of the last market record when it came */
	int64_t after; /* the latest start seen of its symbol then */
};

/* What a request says of itself once it was checked. */
struct paper_parent {
	char *id, *seal, *cancels; /* owned */
	uint32_t approval; /* NO_ORDER: a veto that cancels */
};

/* An amount and its text: most do not change from bar to bar. */
struct paper_amount {
	struct money v;
	size_t len;
	char text[MONEY_TEXT_MAX];
};

struct paper {
	struct paper_options opt;
	struct commission commission;
	struct slippage slippage;
	struct market_keys keys;
	struct account *account; /* own, or the chain's when fused; NULL: none */
	struct account own;
	int has_account; /* a ledger is open */
	int is_sealed; /* a session was announced */
	int is_reading; /* the gate says so */
	struct ledger ledger;
	struct book book;
	struct zone *zone;
	int digits;
	/* the stream */
	int64_t last_seq, last_time, handled_seq;
	int64_t *latest_start; /* by symbol */
	uint32_t latest_cap;
	struct table seen_strategies;
	struct key strategy;
	char strategies[1024]; /* the same, comma-joined */
	/* the open instant */
	int is_open;
	int64_t known, first_known; /* this instant; what the ledger had */
	struct paper_bar *bars;
	uint32_t bar_count, bar_cap;
	/* requests: [0, ready) came before the open instant began */
	struct paper_request *queue;
	uint32_t queued, ready, queue_cap;
	struct paper_parent *parents; /* vetoes that cancel, this instant */
	uint32_t parent_count, parent_cap;
	/* what leaves when the ledger is written */
	struct record *outbox;
	uint32_t out_count, out_cap;
	uint32_t *changed; /* symbols whose position moved, in order */
	uint32_t changed_count, changed_cap;

	struct record line; /* scratch for ledger lines and output */
	struct record applied; /* the ledger line as it reads */
	struct record mark; /* the account record, made once */
	struct paper_amount amounts[7]; /* what it says */
	int64_t last_day;
	int has_pending_mark; /* the day's last account is to be sent */
	uint64_t fills, rejections, unsealed;
};

/* engine.c */
int paper_market(struct paper *p, struct stage *s, const struct record *r);
int paper_close_instant(struct paper *p, struct stage *s);
int paper_finish(struct paper *p, struct stage *s);
const struct paper_bar *paper_bar_of(const struct paper *p, uint32_t symbol);
int64_t paper_latest_start(struct paper *p, uint32_t symbol);
int64_t paper_day(const struct paper *p, int64_t time);

/* intake.c */
int paper_queue(struct paper *p, struct stage *s, const struct record *r);
int paper_take_in(struct paper *p, struct stage *s);

/* match.c */
int paper_match(struct paper *p, struct stage *s);

/* emit.c: reports to the ledger and the outbox, marks to the output. */
struct paper_event {
	const char *event, *reason; /* reason NULL: none */
	uint32_t order;
	const struct paper_bar *bar; /* NULL: the last record's time and seq */
	/* of an execution */
	struct dec qty, price;
	struct money fee;
	int is_execution, at_open;
	int64_t priced_on; /* TIME_NONE: the bar itself */
	const char *model;
};
int paper_report(struct paper *p, struct stage *s,
    const struct paper_event *e);
int paper_ledger_line(struct paper *p, struct stage *s,
    const struct record *r);
/* A request that never became an order. */
int paper_reject(struct paper *p, struct stage *s, const struct record *r,
    const char *reason);
int paper_send_out(struct paper *p, struct stage *s);
int paper_marks(struct paper *p, struct stage *s);
int paper_send_day(struct paper *p, struct stage *s);
int paper_touch(struct paper *p, uint32_t symbol);

/* exits.c */
int paper_add_exits(struct paper *p, struct stage *s, uint32_t entry,
    const struct paper_event *fill);
int paper_settle_exits(struct paper *p, struct stage *s, uint32_t symbol);
int paper_cancel_others(struct paper *p, struct stage *s, uint32_t filled);

/* session.c */
int paper_open(struct paper *p, struct stage *s);
int paper_session(struct paper *p, struct stage *s, struct record *r);
int paper_open_memory(struct paper *p, struct stage *s);
void paper_close(struct paper *p);

/* Grows an array of `size`-byte elements to hold count + 1; zeroes the new. */
int paper_grow(void **array, uint32_t *cap, uint32_t count, size_t size);

#endif
