/* SPDX-License-Identifier: MIT */
/* Request records: the terms of a child, the parent's seal, torder's mark. */
#include <string.h>

#include "order/plan.h"
#include "order/seal.h"
#include "record/named.h"

static const char *const then_names[] = {"cancel", "market", "market:exits"};

/* torder's own mark, so that nobody alters a request on its way. */
static int
put_seals(struct torder *t, const struct request *r, struct record *out)
{
	struct sealed what = {.id = r->id, .parent = r->parent,
	    .symbol = r->symbol, .strategy = "",
	    .action = r->terms != NULL ? "new" : "cancel", .limits = "",
	    .cancels = "", .seq = t->last_seq, .terms = r->terms};
	char mark[SEAL_TEXT];

	if (r->seal[0] == '\0' || t->account == NULL)
		return named_put_null(out, "seal");
	return seal_request(t->account, &what, r->seal, mark) |
	    named_put_str(out, "seal", r->seal) |
	    named_put_str(out, "mark", mark);
}

int
request_send(struct torder *t, struct stage *s, const struct request *r)
{
	struct record *out = &t->made;
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
	if (r->is_planned && t->timeout_text != NULL) {
		rc |= named_put_str(out, "timeout", t->timeout_text);
		rc |= named_put_str(out, "then", then_names[t->then]);
	}
	rc |= put_seals(t, r, out);
	if (rc != 0)
		return stage_fail_memory(s);
	t->requests++;
	return stage_emit(s, out);
}
