/* SPDX-License-Identifier: MIT */
/* Attaching to an account: the ledger is taken over and replayed, the gate
 * opened, a private account's files removed. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "broker/paper.h"
#include "record/named.h"
#include "stage/chain.h"

/* SYM=N options as the ledger line has them. */
static int
join_figures(struct stage *s, const struct option_list *l, const char *what,
    struct buf *out)
{
	for (size_t i = 0; i < l->count; i++) {
		const char *eq = strchr(l->items[i], '=');
		struct dec v;

		if (eq == NULL ||
		    !text_is_symbol(l->items[i], (size_t)(eq - l->items[i])) ||
		    dec_parse(eq + 1, strlen(eq + 1), &v) != DEC_OK ||
		    dec_sign(v) <= 0)
			return stage_fail(s, EXIT_USAGE, "bad value '%s' for "
			    "--%s (wants SYMBOL=NUMBER)", l->items[i], what);
		if ((i > 0 && buf_add_char(out, ',') != 0) ||
		    buf_add_str(out, l->items[i]) != 0)
			return stage_fail_memory(s);
	}
	return 0;
}

static int
put_figures(struct stage *s, struct record *r, const char *name,
    const struct option_list *l)
{
	struct buf b = {0};
	int rc = join_figures(s, l, name, &b);

	if (rc == 0 && b.len > 0)
		rc = buf_str(&b) == NULL ? -1 :
		    named_put_str(r, name, b.data);
	buf_release(&b);
	return rc;
}

/* Line 1 of a new ledger. */
static int
put_header(struct paper *p, struct stage *s)
{
	struct record *r = &p->line;
	struct problem problem;
	int rc;

	record_make(r, REC_OTHER);
	rc = named_put_str(r, "type", "ledger");
	rc |= named_put_null(r, "time");
	rc |= named_put_str(r, "format", "tape-ledger 1");
	rc |= named_put_dec(r, "cash", p->opt.cash);
	if (rc != 0 || put_figures(s, r, "multiplier", &p->opt.multiplier) != 0
	    || put_figures(s, r, "margin", &p->opt.margin) != 0)
		return s->status != EXIT_OK ? -1 : stage_fail_memory(s);
	if (paper_ledger_line(p, s, r) != 0)
		return -1;
	if (ledger_commit(&p->ledger, &problem) != 0)
		return stage_fail(s, problem.status, "%s", problem.text);
	return 0;
}

static int
open_ledger(struct paper *p, struct stage *s)
{
	struct problem problem;
	char file[4200];

	p->has_account = 1;
	if (p->account == NULL || p->account->path[0] == '\0') {
		ledger_init_memory(&p->ledger);
	} else if (account_file(p->account, "ledger", file, sizeof file) != 0) {
		return stage_fail(s, EXIT_USAGE, "the account's path is too "
		    "long '%s'", p->account->path);
	} else if (ledger_open(&p->ledger, file, !p->account->is_private,
	    book_apply, &p->book, &problem) != 0) {
		return stage_fail(s, problem.status, "%s", problem.text);
	}
	p->first_known = p->book.known;
	if (!p->book.is_open && put_header(p, s) != 0)
		return -1;
	return 0;
}

int
paper_open_memory(struct paper *p, struct stage *s)
{
	return open_ledger(p, s);
}

static int
attach_gate(struct paper *p, struct stage *s)
{
	struct problem problem;

	if (p->account->gate.page != NULL && gate_attach(&p->account->gate,
	    p->account->session, p->ledger.lines, &problem) != 0)
		return stage_fail(s, problem.status, "%s", problem.text);
	return 0;
}

int
paper_session(struct paper *p, struct stage *s, struct record *r)
{
	struct problem problem;

	if (named_find(r, "closes") != NULL)
		return paper_close_instant(p, s);
	if (p->has_account)
		return stage_fail(s, EXIT_USAGE, "a second session in the "
		    "pipe, or one that comes after market records");
	p->account = s->chain->account;
	if (p->account == NULL) {
		p->account = &p->own;
		if (account_read_session(&p->own, r, 1, &problem) != 0)
			return stage_fail(s, problem.status, "%s",
			    problem.text);
	}
	p->is_sealed = 1;
	if (open_ledger(p, s) != 0 || attach_gate(p, s) != 0)
		return -1;
	if (p->account != &p->own)
		p->account->shared = &p->ledger;
	account_unlink(p->account);
	return 0;
}

int
paper_open(struct paper *p, struct stage *s)
{
	if (commission_parse(p->opt.commission_text, &p->commission) != 0)
		return stage_fail(s, EXIT_USAGE, "bad value '%s' for "
		    "--commission (wants 0.1%%, 1.00, 0.005/share, or a sum "
		    "such as 1.00+0.1%%)", p->opt.commission_text);
	if (slippage_parse(p->opt.slippage_text, &p->slippage) != 0)
		return stage_fail(s, EXIT_USAGE, "bad value '%s' for "
		    "--slippage (wants 5bp, 0.1%%, 0.05 or share:0.1)",
		    p->opt.slippage_text);
	if (dec_sign(p->opt.cash) < 0 || dec_sign(p->opt.participation) < 0)
		return stage_fail(s, EXIT_USAGE, "--cash and --participation "
		    "cannot be negative");
	if (p->opt.slippage_cap && p->opt.fill == PAPER_THIS_CLOSE)
		return stage_fail(s, EXIT_USAGE, "--slippage-cap bar does not "
		    "go with --fill this-close (a fill at the close that was "
		    "decided on has no bar to stay within)");
	market_keys_init(&p->keys);
	p->strategy = (struct key)KEY("strategy");
	book_init(&p->book);
	p->own.gate.fd = -1;
	p->ledger.fd = -1;
	p->first_known = TIME_NONE;
	p->known = TIME_NONE;
	if (record_init(&p->line) != 0 || record_init(&p->applied) != 0 ||
	    record_init(&p->mark) != 0)
		return stage_fail_memory(s);
	return 0;
}

static void
release_records(struct record *r, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (r[i].f != NULL)
			record_release(&r[i]);
	free(r);
}

void
paper_close(struct paper *p)
{
	if (p->account == &p->own)
		account_close(&p->own);
	else if (p->account != NULL)
		p->account->shared = NULL;
	ledger_close(&p->ledger);
	book_release(&p->book);
	zone_free(p->zone);
	table_release(&p->seen_strategies);
	free(p->latest_start);
	free(p->bars);
	free(p->changed);
	free(p->parents);
	for (uint32_t i = 0; i < p->queue_cap; i++)
		if (p->queue[i].record.f != NULL)
			record_release(&p->queue[i].record);
	free(p->queue);
	release_records(p->outbox, p->out_cap);
	record_release(&p->line);
	record_release(&p->applied);
	record_release(&p->mark);
}
