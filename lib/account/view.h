/* SPDX-License-Identifier: MIT */
/* The account as trisk and torder see it: a book read from the ledger, brought
 * up to date only when they must decide. */
#ifndef TAPE_VIEW_H
#define TAPE_VIEW_H

#include "account/account.h"
#include "account/book.h"
#include "stage/stage.h"

struct view {
	struct account *account; /* borrowed */
	struct ledger_reader reader;
	struct book book;
	int is_open;
	int64_t timeout; /* ns without movement before giving up */
};

/* -1 after stage_fail. */
int view_open(struct view *v, struct stage *s, struct account *a,
    int64_t timeout);
void view_close(struct view *v);

/* Waits until tbroker has handled everything up to the market record seq,
 * then reads the ledger up to there. -1 after stage_fail, or when nobody reads
 * this stage's output any more. */
int view_sync(struct view *v, struct stage *s, int64_t seq);

#endif
