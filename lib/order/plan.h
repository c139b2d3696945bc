/* SPDX-License-Identifier: MIT */
/* What torder keeps of the orders it watches, and how it asks for things. */
#ifndef TAPE_PLAN_H
#define TAPE_PLAN_H

#include "account/account.h"
#include "account/view.h"
#include "order/terms.h"
#include "record/market.h"
#include "stage/stage.h"

enum plan_then { THEN_CANCEL, THEN_MARKET, THEN_MARKET_EXITS };

/* An order that is given up after a while. */
struct plan {
	char *id, *parent, *seal, *symbol; /* owned */
	struct terms terms;
	int64_t bars, after, skip; /* bars counted; those that start later than
	                              `after` and are known later than `skip` */
	int64_t deadline; /* ns of stream time; TIME_NONE: by bars */
};

struct torder {
	/* options */
	const char *timeout_text;
	int then, flips;
	int64_t wait;
	/* of --timeout: one of them, or neither */
	int64_t timeout_bars, timeout_ns;
	struct account *account, own;
	struct view view;
	struct market_keys keys;
	int has_session, is_restored;
	int64_t last_seq, last_time, known;
	int is_open; /* an instant with more to come */
	int digits;
	struct plan *plans; /* live ones, oldest first */
	uint32_t count, cap;
	struct record made; /* scratch for requests */
	uint64_t requests;
};

/* request.c */
/* Sends a new order, or a cancel (terms NULL), for a parent. time TIME_NONE:
 * that of the last market record. */
struct request {
	const char *id, *parent, *seal, *symbol, *strategy;
	const struct terms *terms; /* NULL: cancel */
	int64_t time;
	int is_planned; /* --timeout applies */
};
int request_send(struct torder *t, struct stage *s, const struct request *r);

/* plan.c */
int plan_add(struct torder *t, struct stage *s, const struct request *r,
    int64_t after);
/* Takes over the plans of orders that an earlier run left working. */
int plan_restore(struct torder *t, struct stage *s);
/* Counts a bar. */
void plan_count(struct torder *t, const struct market_head *h);
/* The instant is over: gives up what is due. */
int plan_run(struct torder *t, struct stage *s);
void plan_release(struct torder *t);

#endif
