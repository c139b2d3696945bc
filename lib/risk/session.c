/* SPDX-License-Identifier: MIT */
/* The account of a run: made or opened when the first record arrives, told to
 * the stages behind, and read when a decision needs to know. */
#include <stdlib.h>
#include <string.h>

#include "record/named.h"
#include "risk/state.h"
#include "stage/chain.h"

/* What the key of a private account is a hash of: runs over the same data
 * with the same options are equal. */
static int
make_secret(struct stage *s, const struct record *meta, struct buf *b)
{
	struct trisk *t = s->state;
	int rc = meta != NULL ? record_print(meta, b) : 0;

	rc |= stage_add_argv(s, b);
	return rc | buf_add_str(b, t->limits.hash);
}

static int
open_account(struct stage *s, const struct buf *secret)
{
	struct trisk *t = s->state;
	struct account *a = &t->account;
	struct problem p;
	int is_fused = stage_leads_to(s, "tbroker");
	int rc = t->opt.account != NULL ?
	    account_open_named(a, t->opt.account, &p) :
	    account_make_private(a, secret, is_fused, &p);

	if (rc == 0)
		rc = account_name_session(a, secret, &p);
	if (rc != 0)
		return stage_fail(s, p.status, "%s", p.text);
	if (is_fused)
		s->chain->account = a;
	return view_open(&t->view, s, a, t->opt.wait);
}

int
risk_begin(struct stage *s, const struct record *meta)
{
	struct trisk *t = s->state;
	struct buf secret = {0};
	int rc;

	t->has_begun = 1;
	if (t->is_alone)
		return 0;
	rc = make_secret(s, meta, &secret) != 0 ? stage_fail_memory(s) :
	    open_account(s, &secret);
	buf_release(&secret);
	return rc;
}

int
risk_announce(struct stage *s)
{
	struct trisk *t = s->state;

	if (t->is_alone)
		return 0;
	return account_put_session(&t->account, &t->out) != 0 ?
	    stage_fail_memory(s) : stage_emit(s, &t->out);
}

int
risk_announce_closed(struct stage *s)
{
	struct trisk *t = s->state;

	record_make(&t->out, REC_SESSION);
	return named_put_int(&t->out, "closes", t->now.seq) != 0 ?
	    stage_fail_memory(s) : stage_emit(s, &t->out);
}

/* Nothing can have happened that was not decided here, unless an order may
 * have been filled since. */
int
risk_must_sync(const struct trisk *t)
{
	return t->synced_seq < 0 || (t->synced_seq != t->now.seq &&
	    desk_is_waiting(&t->desk, t->now.seq));
}

/* How far earlier runs came, before this one adds to it. */
static int
keep_restart(struct trisk *t)
{
	const struct book *b = &t->view.book;
	uint32_t n = b->strategies.count;

	t->restart.marks = malloc((n + 1) * sizeof *t->restart.marks);
	if (t->restart.marks == NULL)
		return -1;
	for (uint32_t i = 0; i < n; i++) {
		const struct table_name *name = &b->strategies.names[i];

		if (table_intern(&t->restart.strategies, name->text,
		    name->len, NULL) != i)
			return -1;
		t->restart.marks[i] = b->marks[i];
	}
	return 0;
}

int
risk_sync(struct stage *s)
{
	struct trisk *t = s->state;
	int is_first = t->synced_seq < 0;

	if (!risk_must_sync(t))
		return 0;
	t->synced_seq = t->now.seq;
	if (t->is_alone)
		return desk_fill(&t->desk, t->now.seq) == 0 ? 0 :
		    stage_fail(s, EXIT_SYSTEM, "the account's sums overflow");
	if (view_sync(&t->view, s, t->now.seq) != 0)
		return -1;
	desk_settle(&t->desk, t->now.seq);
	return is_first && keep_restart(t) != 0 ? stage_fail_memory(s) : 0;
}

/* A private account goes with its run. tbroker unlinks it once it has it
 * open; one that it has not found yet must stay. */
static int
is_ours_to_remove(struct stage *s)
{
	struct trisk *t = s->state;

	return t->synced_seq >= 0 || s->status == EXIT_BUSY ||
	    !stage_has_reader(s);
}

void
risk_leave(struct stage *s)
{
	struct trisk *t = s->state;

	view_close(&t->view);
	if (!t->has_begun || t->is_alone)
		return;
	if (is_ours_to_remove(s))
		account_unlink(&t->account);
	account_close(&t->account);
}
