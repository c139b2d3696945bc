/* SPDX-License-Identifier: MIT */
/* Time-outs: an order that still works after so many bars, or so much stream
 * time, is cancelled, and what is left of it may go to the market. */
#include "order/plan.h"

#include <stdlib.h>
#include <string.h>

static void
release(struct plan *plan)
{
	free(plan->id);
	free(plan->parent);
	free(plan->seal);
	free(plan->symbol);
}

void
plan_release(struct torder *t)
{
	for (uint32_t i = 0; i < t->count; i++)
		release(&t->plans[i]);
	free(t->plans);
}

static struct plan *
grow(struct torder *t)
{
	uint32_t want = t->cap == 0 ? 8 : t->cap * 2;
	struct plan *grown;

	if (t->count == t->cap) {
		grown = realloc(t->plans, want * sizeof *grown);
		if (grown == NULL)
			return NULL;
		t->plans = grown;
		t->cap = want;
	}
	memset(&t->plans[t->count], 0, sizeof *t->plans);
	return &t->plans[t->count];
}

int
plan_add(struct torder *t, struct stage *s, const struct request *r,
    int64_t after)
{
	struct plan *plan = grow(t);

	if (plan == NULL)
		return stage_fail_memory(s);
	plan->id = strdup(r->id);
	plan->parent = strdup(r->parent);
	plan->seal = strdup(r->seal);
	plan->symbol = strdup(r->symbol);
	plan->terms = *r->terms;
	plan->after = after;
	plan->skip = TIME_NONE;
	plan->deadline = t->timeout_ns > 0 ? t->known + t->timeout_ns :
	    TIME_NONE;
	t->count++;
	return plan->id == NULL || plan->parent == NULL ||
	    plan->seal == NULL || plan->symbol == NULL ?
	    stage_fail_memory(s) : 0;
}

static int
restore(struct torder *t, struct stage *s, const struct order *o)
{
	const struct book *b = &t->view.book;
	struct request r = {.id = order_id(b, o),
	    .parent = table_text(&b->approvals, o->parent),
	    .seal = b->approval[o->parent].seal,
	    .symbol = table_text(&b->symbols, o->symbol), .terms = &o->terms};

	if (plan_add(t, s, &r, o->after) != 0)
		return -1;
	t->plans[t->count - 1].bars = o->seen;
	t->plans[t->count - 1].skip = b->positions[o->symbol].ended_known;
	if (t->timeout_ns > 0)
		t->plans[t->count - 1].deadline = o->known + t->timeout_ns;
	return 0;
}

int
plan_restore(struct torder *t, struct stage *s)
{
	const struct book *b = &t->view.book;

	for (uint32_t i = 0; i < b->orders.count; i++) {
		const struct order *o = &b->order[i];

		if (order_is_live(o) && o->role == ROLE_PLAIN &&
		    o->timeout[0] != '\0' && o->parent != NO_ORDER &&
		    restore(t, s, o) != 0)
			return -1;
	}
	return 0;
}

void
plan_count(struct torder *t, const struct market_head *h)
{
	for (uint32_t i = 0; i < t->count; i++) {
		struct plan *plan = &t->plans[i];

		if (strlen(plan->symbol) == h->symbol_len &&
		    memcmp(plan->symbol, h->symbol, h->symbol_len) == 0 &&
		    h->time > plan->after && h->known > plan->skip)
			plan->bars++;
	}
}

static int
is_due(const struct torder *t, const struct plan *plan)
{
	if (plan->deadline != TIME_NONE)
		return t->known >= plan->deadline;
	return plan->bars >= t->timeout_bars;
}

/* Whether what is left of an order only reduces what is held. The second part
 * of a split flip never does: the first closes what is held. */
static int
only_reduces(const struct book *b, const struct plan *plan,
    const struct order *o)
{
	struct dec held = b->positions[o->symbol].qty;

	return strcmp(plan->id, plan->parent) == 0 && dec_sign(held) * o->terms.side < 0 &&
	    dec_cmp(order_leaves(o), dec_abs(held)) <= 0;
}

/* Children are numbered: the parent's id, then with s2, s3... A flip that was
 * split has two from the start, so theirs are s3 and s4. */
static void
rest_id(const struct book *b, const struct plan *plan, char *out, size_t n)
{
	int number = 4;

	if (strcmp(plan->id, plan->parent) == 0) {
		snprintf(out, n, "%ss2", plan->parent);
		if (table_find(&b->orders, out, strlen(out)) < 0)
			return;
		number = 3;
	}
	snprintf(out, n, "%ss%d", plan->parent, number);
}

/* What is left goes to the market if it was approved as a market order, is one
 * since its stop was passed, or only reduces; anything else stays a limit at
 * its worst price, and without one it has ended. */
static int
send_rest(struct torder *t, struct stage *s, const struct plan *plan,
    const struct order *o)
{
	struct terms rest = plan->terms;
	char id[160];
	struct request r = {.id = id, .parent = plan->parent,
	    .seal = plan->seal, .symbol = plan->symbol, .terms = &rest,
	    .time = TIME_NONE};
	int reduces = only_reduces(&t->view.book, plan, o);

	if (t->then == THEN_CANCEL || (t->then == THEN_MARKET_EXITS &&
	    !reduces))
		return 0;
	if (!rest.has_worst && !reduces && rest.type != TYPE_MARKET &&
	    !o->is_triggered)
		return 0;
	rest.qty = order_leaves(o);
	if (rest.has_worst && !reduces) {
		rest.type = TYPE_LIMIT;
		rest.limit = rest.worst;
		rest.has_limit = 1;
	} else {
		rest.type = TYPE_MARKET;
		rest.has_limit = 0;
	}
	rest.has_stop = 0;
	if (plan->terms.type == TYPE_TRAIL)
		rest.trail = dec_int(0); /* its own, not an exit's */
	rest_id(&t->view.book, plan, id, sizeof id);
	return request_send(t, s, &r);
}

static int
give_up(struct torder *t, struct stage *s, const struct plan *plan)
{
	struct book *b = &t->view.book;
	struct request r = {.id = plan->id, .parent = plan->parent,
	    .seal = plan->seal, .symbol = plan->symbol, .time = TIME_NONE};
	int64_t i;

	if (view_sync(&t->view, s, t->last_seq) != 0)
		return -1;
	i = table_find(&b->orders, plan->id, strlen(plan->id));
	if (i < 0 || !order_is_live(&b->order[i]))
		return 0;
	return request_send(t, s, &r) != 0 ? -1 :
	    send_rest(t, s, plan, &b->order[i]);
}

int
plan_run(struct torder *t, struct stage *s)
{
	uint32_t kept = 0;
	int rc = 0;

	for (uint32_t i = 0; i < t->count; i++) {
		if (rc != 0 || !is_due(t, &t->plans[i])) {
			t->plans[kept++] = t->plans[i];
			continue;
		}
		rc = give_up(t, s, &t->plans[i]);
		release(&t->plans[i]);
	}
	t->count = kept;
	return rc;
}
