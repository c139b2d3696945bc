/* SPDX-License-Identifier: MIT */
/* Orders and requests coming in: kept until the next instant, checked against
 * the seal, the parent and the ledger, then acted on or refused with a
 * reason. Nothing unsealed, altered, repeated, outgrown or late gets by. */
#include <stdlib.h>
#include <string.h>

#include "broker/paper.h"
#include "order/seal.h"
#include "record/named.h"

enum { ID_MAX = 129, CANCELS_MAX = 16384 };

/* The fields of an order, veto or request as terminated text. */
struct slip {
	char id[ID_MAX], parent[ID_MAX], symbol[33], strategy[33], action[16];
	char limits[SEAL_TEXT], seal[SEAL_TEXT], mark[SEAL_TEXT];
	char plan[64]; /* time-out and what then, as torder sealed them */
	char cancels[CANCELS_MAX];
	int64_t seq;
	struct terms terms;
	int has_terms;
};

int
paper_queue(struct paper *p, struct stage *s, const struct record *r)
{
	struct paper_request *q;
	const char *symbol;
	size_t n;
	int64_t i;

	if (paper_grow((void **)&p->queue, &p->queue_cap, p->queued,
	    sizeof *p->queue) != 0)
		return stage_fail_memory(s);
	q = &p->queue[p->queued];
	if ((q->record.f == NULL && record_init(&q->record) != 0) ||
	    record_copy(&q->record, r) != 0)
		return stage_fail_memory(s);
	q->last_seq = p->last_seq;
	q->after = TIME_NONE;
	named_str(r, "symbol", &symbol, &n);
	i = n > 0 ? table_find(&p->book.symbols, symbol, n) : -1;
	if (i >= 0)
		q->after = paper_latest_start(p, (uint32_t)i);
	p->queued++;
	return 0;
}

static void
read_plan(const struct record *r, struct slip *out)
{
	char timeout[24], then[16];

	if (named_copy(r, "timeout", timeout, sizeof timeout) == 0 &&
	    named_copy(r, "then", then, sizeof then) == 0)
		snprintf(out->plan, sizeof out->plan, "%s %s", timeout, then);
}

static void
read_slip(const struct record *r, struct slip *out)
{
	const char *field, *what;

	named_copy(r, "id", out->id, sizeof out->id);
	named_copy(r, "parent", out->parent, sizeof out->parent);
	named_copy(r, "symbol", out->symbol, sizeof out->symbol);
	named_copy(r, "strategy", out->strategy, sizeof out->strategy);
	named_copy(r, r->type == REC_REQUEST ? "request" : "action",
	    out->action, sizeof out->action);
	named_copy(r, "limits", out->limits, sizeof out->limits);
	named_copy(r, "cancels", out->cancels, sizeof out->cancels);
	named_copy(r, "seal", out->seal, sizeof out->seal);
	named_copy(r, "mark", out->mark, sizeof out->mark);
	read_plan(r, out);
	if (named_int(r, "seq", &out->seq) != 0)
		out->seq = -1;
	out->has_terms = terms_read(r, &out->terms, &field, &what) == 0;
}

static int
order_seal_holds(struct paper *p, const struct record *r,
    const struct slip *at)
{
	struct sealed what = {.id = at->id, .parent = "",
	    .symbol = at->symbol, .strategy = at->strategy,
	    .action = at->action, .limits = at->limits,
	    .cancels = at->cancels, .plan = "", .seq = at->seq,
	    .known = named_time(r, "known"),
	    .terms = r->type == REC_VETO ? NULL : &at->terms};
	char seal[SEAL_TEXT];

	return seal_order(p->account, &what, seal) == 0 &&
	    seal_equal(seal, at->seal);
}

static int
request_mark_holds(struct paper *p, const struct slip *at)
{
	struct sealed what = {.id = at->id, .parent = at->parent,
	    .symbol = at->symbol, .strategy = at->strategy,
	    .action = at->action, .limits = "", .cancels = "",
	    .plan = at->plan, .seq = at->seq,
	    .terms = strcmp(at->action, "new") == 0 ? &at->terms : NULL};
	char mark[SEAL_TEXT];

	return seal_request(p->account, &what, at->seal, mark) == 0 &&
	    seal_equal(mark, at->mark);
}

/* What both kinds must pass; NULL: they do. */
static const char *
check_slip(struct paper *p, const struct paper_request *q,
    const struct slip *at)
{
	int is_request = q->record.type == REC_REQUEST;

	if (!p->is_sealed || at->seal[0] == '\0')
		return "NOT_SEALED";
	if (at->id[0] == '\0' || at->symbol[0] == '\0')
		return "INVALID_FIELD";
	if ((is_request ? strcmp(at->action, "new") == 0 :
	    q->record.type == REC_ORDER) && !at->has_terms)
		return "INVALID_FIELD";
	if (is_request ? !request_mark_holds(p, at) :
	    !order_seal_holds(p, &q->record, at))
		return "SEAL_INVALID";
	if (at->seq != q->last_seq)
		return "OUT_OF_ORDER";
	return NULL;
}

/* The ledger's line of an order: all that it said, but seq. */
static int
put_approval(struct paper *p, struct stage *s, const struct record *r)
{
	struct key seq = KEY("seq");
	const struct field *skip = record_find(r, &seq);
	struct record *line = &p->line;
	int rc = 0;

	record_make(line, REC_ORDER);
	for (int i = 0; i < r->n && rc == 0; i++)
		if (&r->f[i] != skip && !(r->f[i].key_len == 4 &&
		    memcmp(r->f[i].key, "type", 4) == 0))
			rc = record_put_field(line, &r->f[i]);
	return rc != 0 ? stage_fail_memory(s) :
	    paper_ledger_line(p, s, line);
}

static int
add_parent(struct paper *p, const struct slip *at, uint32_t approval)
{
	struct paper_parent *parent;

	if (paper_grow((void **)&p->parents, &p->parent_cap, p->parent_count,
	    sizeof *p->parents) != 0)
		return -1;
	parent = &p->parents[p->parent_count++];
	parent->id = strdup(at->id);
	parent->seal = strdup(at->seal);
	parent->cancels = strdup(at->cancels);
	parent->approval = approval;
	return parent->id != NULL && parent->seal != NULL &&
	    parent->cancels != NULL ? 0 : -1;
}

static int
take_order(struct paper *p, struct stage *s, const struct record *r,
    const struct slip *at)
{
	int64_t i;

	if (table_find(&p->book.approvals, at->id, strlen(at->id)) >= 0)
		return paper_reject(p, s, r, "DUPLICATE_CLIENT_ORDER_ID");
	if (put_approval(p, s, r) != 0)
		return -1;
	i = table_find(&p->book.approvals, at->id, strlen(at->id));
	return add_parent(p, at, (uint32_t)i) == 0 ? 0 : stage_fail_memory(s);
}

static int
take_veto(struct paper *p, struct stage *s, const struct slip *at)
{
	return add_parent(p, at, NO_ORDER) == 0 ? 0 : stage_fail_memory(s);
}

static const struct paper_parent *
find_parent(const struct paper *p, const char *id)
{
	for (uint32_t i = 0; i < p->parent_count; i++)
		if (strcmp(p->parents[i].id, id) == 0)
			return &p->parents[i];
	return NULL;
}

/* Whether the list names the id. */
static int
lists(const char *list, const char *id)
{
	size_t n = strlen(id);

	while (*list != '\0') {
		size_t len = strcspn(list, ",");

		if (len == n && memcmp(list, id, n) == 0)
			return 1;
		list += len + (list[len] == ',');
	}
	return 0;
}

/* Without a limit, or with one beyond the parent's worst price. */
static int
is_worse(const struct terms *child, const struct terms *parent)
{
	if (!child->has_limit)
		return 1;
	return dec_cmp(child->limit, parent->worst) * child->side > 0;
}

static int
only_reduces(const struct paper *p, const struct approval *a,
    const struct terms *c)
{
	struct dec held = p->book.positions[a->symbol].qty;

	return dec_sign(held) * c->side < 0 &&
	    dec_cmp(c->qty, dec_abs(held)) <= 0;
}

/* A child must be the parent, or less of it: NULL when it is. */
static const char *
check_child(const struct paper *p, const struct approval *a,
    const struct slip *at)
{
	const struct terms *c = &at->terms, *t = &a->terms;
	struct dec given;

	if (strcmp(table_text(&p->book.symbols, a->symbol), at->symbol) != 0 ||
	    c->side != t->side || !seal_equal(a->seal, at->seal))
		return "PARENT_MISMATCH";
	if (strncmp(at->id, at->parent, strlen(at->parent)) != 0)
		return "PARENT_MISMATCH";
	if (dec_add(a->given, c->qty, &given) != 0 ||
	    dec_cmp(given, t->qty) > 0)
		return "PARENT_EXCEEDED";
	if (t->has_worst && is_worse(c, t) && !only_reduces(p, a, c))
		return "PARENT_EXCEEDED";
	if (c->has_target != t->has_target ||
	    dec_cmp(c->target, t->target) != 0 || c->allow != t->allow)
		return "PARENT_MISMATCH";
	return NULL;
}

/* The ledger's line of a request, with what only tbroker knows of it. */
static int
put_request(struct paper *p, struct stage *s, const struct paper_request *q,
    const struct slip *at, const struct approval *a)
{
	const struct position *pos = &p->book.positions[a->symbol];
	struct record *line = &p->line;
	int rc;

	record_make(line, REC_REQUEST);
	rc = named_put_time(line, "time", p->last_time, p->digits);
	rc |= named_put_str(line, "symbol", at->symbol);
	rc |= named_put_str(line, "request", "new");
	rc |= named_put_str(line, "id", at->id);
	rc |= named_put_str(line, "parent", at->parent);
	rc |= named_put_from(line, "strategy", &q->record);
	rc |= terms_put(&at->terms, line);
	rc |= named_put_from(line, "timeout", &q->record);
	rc |= named_put_from(line, "then", &q->record);
	rc |= named_put_time(line, "known", a->known, p->digits);
	if (q->after != TIME_NONE)
		rc |= named_put_time(line, "after", q->after, p->digits);
	if (pos->has_mark) {
		rc |= named_put_dec(line, "price", pos->mark);
		rc |= named_put_time(line, "priced_on", pos->mark_start,
		    p->digits);
		if (at->terms.type == TYPE_TRAIL)
			rc |= named_put_dec(line, "high", pos->mark);
	}
	return rc != 0 ? stage_fail_memory(s) :
	    paper_ledger_line(p, s, line);
}

static int
take_new(struct paper *p, struct stage *s, const struct paper_request *q,
    const struct slip *at)
{
	int64_t i = table_find(&p->book.approvals, at->parent,
	    strlen(at->parent));
	const char *why;
	int64_t order;

	if (table_find(&p->book.orders, at->id, strlen(at->id)) >= 0)
		return paper_reject(p, s, &q->record,
		    "DUPLICATE_CLIENT_ORDER_ID");
	if (i < 0)
		return paper_reject(p, s, &q->record, "UNKNOWN_PARENT");
	if (account_is_halted(p->account))
		return paper_reject(p, s, &q->record, "TRADING_HALTED");
	why = check_child(p, &p->book.approval[i], at);
	if (why != NULL)
		return paper_reject(p, s, &q->record, why);
	if (put_request(p, s, q, at, &p->book.approval[i]) != 0)
		return -1;
	order = table_find(&p->book.orders, at->id, strlen(at->id));
	return paper_report(p, s, &(struct paper_event){.event = "accepted",
	    .order = (uint32_t)order, .priced_on = TIME_NONE});
}

/* A cancel must be ordered by trisk, in this instant, or by torder's plan for
 * its own child. */
static int
take_cancel(struct paper *p, struct stage *s, const struct paper_request *q,
    const struct slip *at)
{
	int64_t i = table_find(&p->book.orders, at->id, strlen(at->id));
	const struct paper_parent *parent = find_parent(p, at->parent);
	const struct order *o;
	int is_ordered;

	if (i < 0)
		return paper_reject(p, s, &q->record, "UNKNOWN_ORDER");
	o = &p->book.order[i];
	is_ordered = parent != NULL && lists(parent->cancels, at->id) &&
	    seal_equal(parent->seal, at->seal);
	if (!is_ordered && o->parent != NO_ORDER)
		is_ordered = strcmp(table_text(&p->book.approvals, o->parent),
		    at->parent) == 0 &&
		    seal_equal(p->book.approval[o->parent].seal, at->seal);
	if (!is_ordered)
		return paper_reject(p, s, &q->record, "PARENT_MISMATCH");
	if (!order_is_live(o))
		return paper_reject(p, s, &q->record, "TOO_LATE");
	return paper_report(p, s, &(struct paper_event){.event = "canceled",
	    .order = (uint32_t)i, .reason = "REQUESTED",
	    .priced_on = TIME_NONE});
}

static int
take(struct paper *p, struct stage *s, const struct paper_request *q)
{
	struct slip at = {0};
	const char *why;

	read_slip(&q->record, &at);
	why = check_slip(p, q, &at);
	if (why != NULL)
		return paper_reject(p, s, &q->record, why);
	if (q->record.type == REC_ORDER)
		return take_order(p, s, &q->record, &at);
	if (q->record.type == REC_VETO)
		return take_veto(p, s, &at);
	if (strcmp(at.action, "new") == 0)
		return take_new(p, s, q, &at);
	if (strcmp(at.action, "cancel") == 0)
		return take_cancel(p, s, q, &at);
	return paper_reject(p, s, &q->record, "INVALID_FIELD");
}

static void
forget_parents(struct paper *p)
{
	for (uint32_t i = 0; i < p->parent_count; i++) {
		free(p->parents[i].id);
		free(p->parents[i].seal);
		free(p->parents[i].cancels);
	}
	p->parent_count = 0;
}

int
paper_take_in(struct paper *p, struct stage *s)
{
	uint32_t n = p->ready;
	int rc = 0;

	for (uint32_t i = 0; i < n && rc == 0; i++)
		rc = take(p, s, &p->queue[i]);
	/* What came during this instant moves up; the slots rotate so that
	 * their memory is used again. */
	for (uint32_t i = n; i < p->queued; i++) {
		struct paper_request first = p->queue[i - n];

		p->queue[i - n] = p->queue[i];
		p->queue[i] = first;
	}
	p->queued -= n;
	p->ready = 0;
	forget_parents(p);
	return rc;
}
