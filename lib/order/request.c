/* SPDX-License-Identifier: MIT */
/* Request records: the terms of a child, the parent's seal, torder's mark. */
#include <stdio.h>

#include "order/plan.h"
#include "order/seal.h"
#include "record/named.h"

static const char *const then_names[] = {"cancel", "market", "market:exits"};

/* torder's own mark, so that nobody alters a request on its way. */
static int
put_seals(struct torder *t, const struct request *r, const char *plan,
    struct record *out)
{
	struct sealed what = {.id = r->id, .parent = r->parent,
	    .symbol = r->symbol,
	    .strategy = r->strategy != NULL ? r->strategy : "",
	    .action = r->terms != NULL ? "new" : "cancel", .limits = "",
	    .cancels = "", .plan = plan, .seq = t->last_seq,
	    .terms = r->terms};
	char mark[SEAL_TEXT];

	if (r->seal[0] == '\0' || t->account == NULL)
		return named_put_null(out, "seal");
	return seal_request(t->account, &what, r->seal, mark) |
	    named_put_str(out, "seal", r->seal) |
	    named_put_str(out, "mark", mark);
}

/* What the ledger keeps of a plan, for torder to take up again. */
static int
put_plan(struct torder *t, const struct request *r, char *plan, size_t n,
    struct record *out)
{
	plan[0] = '\0';
	if (!r->is_planned || t->timeout_text == NULL)
		return 0;
	snprintf(plan, n, "%s %s", t->timeout_text, then_names[t->then]);
	return named_put_str(out, "timeout", t->timeout_text) |
	    named_put_str(out, "then", then_names[t->then]);
}

int
request_send(struct torder *t, struct stage *s, const struct request *r)
{
	struct record *out = &t->made;
	char plan[64];
	int rc;

	record_make(out, REC_REQUEST);
	rc = named_put_int(out, "seq", t->last_seq);
	rc |= named_put_time(out, "time", r->time != TIME_NONE ? r->time :
	    t->last_time, t->digits);
	rc |= named_put_str(out, "symbol", r->symbol);
	rc |= named_put_str(out, "request", r->terms != NULL ? "new" :
	    "cancel");
	rc |= named_put_str(out, "id", r->id);
	rc |= named_put_str(out, "parent", r->parent);
	if (r->strategy != NULL)
		rc |= named_put_str(out, "strategy", r->strategy);
	if (r->terms != NULL)
		rc |= terms_put(r->terms, out);
	rc |= put_plan(t, r, plan, sizeof plan, out);
	rc |= put_seals(t, r, plan, out);
	if (rc != 0)
		return stage_fail_memory(s);
	t->requests++;
	return stage_emit(s, out);
}
