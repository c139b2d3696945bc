/* SPDX-License-Identifier: MIT */
/* What trisk keeps, between its files. */
#ifndef TAPE_RISK_STATE_H
#define TAPE_RISK_STATE_H

#include "account/account.h"
#include "account/view.h"
#include "record/market.h"
#include "risk/check.h"
#include "risk/desk.h"
#include "risk/intent.h"
#include "risk/limits.h"
#include "risk/size.h"
#include "stage/stage.h"

struct trisk_options {
	const char *limits, *size, *allow, *account, *check_limits, *explain;
	struct dec lot, tick; /* 0: none */
	int mode; /* 0 target, 1 add */
	int rebalance;
	int64_t wait; /* ns */
};

/* The instant of the last market record. */
struct instant {
	int64_t seq; /* of that record; 0: none yet */
	int64_t known, time; /* TIME_NONE before the first */
	int digits;
	int is_open; /* more of it follow */
	int is_shared; /* it has other records */
};

/* The last instant of an earlier run, by strategy. */
struct restart {
	struct table strategies;
	struct strategy_mark *marks; /* owned */
};

/* How many decisions a strategy made on a symbol in an instant. */
struct tally {
	int64_t known;
	int64_t count;
};

struct trisk {
	struct trisk_options opt;
	unsigned allow;
	struct limits limits;
	struct sizing sizing;
	struct market_keys keys;
	int has_begun; /* the first record came: there is an account */
	int is_alone; /* --account none */
	struct account account;
	struct view view;
	struct book own; /* --account none */
	struct desk desk;
	struct instant now;
	int64_t synced_seq; /* when the ledger was read last; -1: never */
	struct restart restart;
	struct intent *held; /* signals of an instant with several records */
	uint32_t held_count, held_cap;
	struct table deciders; /* "strategy symbol" */
	struct tally *tallies; /* by decider */
	uint32_t tally_cap;
	struct record scratch, out;
	struct buf text;
	int64_t orders, vetoes;
};

/* session.c: the account, and saying where it is. */
int risk_begin(struct stage *s, const struct record *meta);
int risk_announce(struct stage *s);
/* The market is over for this instant, though the stream did not say so. */
int risk_announce_closed(struct stage *s);
/* Reads the ledger when something that matters may have happened. */
int risk_sync(struct stage *s);
int risk_must_sync(const struct trisk *t);
void risk_leave(struct stage *s);

/* decide.c: one signal into an order, a veto, or nothing. */
int risk_decide(struct stage *s, const struct intent *in);

/* Everything about one decision, for verdict.c to write. */
struct verdict {
	const struct intent *intent;
	struct risk_input input;
	uint32_t failed; /* risk_checks_run */
	char id[ORDER_ID_TEXT];
	int64_t known;
	struct dec close;
	const char *sized_from;
	int is_rounded; /* the size is not input.raw_qty */
	struct dec raw_limit, raw_stop; /* before rounding to the tick */
};

/* weigh.c: fills v->input: what a wish that can be read comes to. desk_look was
 * called. */
void risk_weigh(struct trisk *t, struct verdict *v);

/* verdict.c: orders and vetoes, sealed. */
int risk_put_order(struct stage *s, const struct verdict *v);
int risk_put_veto(struct stage *s, const struct verdict *v);

/* ident.c: "strategy-symbol-instant-n". */
void risk_id(char out[ORDER_ID_TEXT], const struct intent *in, int64_t known,
    int64_t n);
/* Counts a decision: its number in the instant, from 1; -1: no memory. */
int64_t risk_count(struct trisk *t, const struct intent *in, int64_t known);

#endif
