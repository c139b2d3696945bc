/* SPDX-License-Identifier: MIT */
/* One decision: whether it was made before, what it comes to, and whether
 * that is allowed. */
#include <string.h>

#include "risk/state.h"

/* A run before this one got further, or as far and was closed. */
static int
is_past(const struct trisk *t, const struct intent *in, int64_t known,
    int *is_again)
{
	int64_t i = table_find(&t->restart.strategies, in->strategy,
	    strlen(in->strategy));
	const struct strategy_mark *m;

	*is_again = 0;
	if (i < 0)
		return 0;
	m = &t->restart.marks[i];
	*is_again = known == m->known;
	return known < m->known || (known == m->known && m->is_closed);
}

static int
is_known_id(const struct trisk *t, const char *id)
{
	if (table_find(&t->desk.book->approvals, id, strlen(id)) >= 0)
		return 1;
	for (uint32_t i = 0; i < t->desk.fresh_count; i++)
		if (strcmp(t->desk.fresh[i].id, id) == 0)
			return 1;
	return 0;
}

static int
take(struct stage *s, struct verdict *v)
{
	struct trisk *t = s->state;
	struct fresh f = {.terms = v->input.terms, .close = v->close,
	    .seq = t->now.seq, .known = v->known};

	memcpy(f.id, v->id, sizeof f.id);
	if (risk_put_order(s, v) != 0)
		return -1;
	t->orders++;
	return desk_cancel(&t->desk, t->now.seq) != 0 ||
	    desk_approve(&t->desk, v->intent->symbol, &f) != 0 ?
	    stage_fail_memory(s) : 0;
}

static int
refuse(struct stage *s, struct verdict *v)
{
	struct trisk *t = s->state;

	if (!v->input.plan.is_at_target)
		for (uint32_t i = 0; i < t->desk.working_count; i++)
			t->desk.working[i].is_leaving = 0;
	if (risk_put_veto(s, v) != 0)
		return -1;
	t->vetoes++;
	return desk_cancel(&t->desk, t->now.seq) != 0 ?
	    stage_fail_memory(s) : 0;
}

int
risk_decide(struct stage *s, const struct intent *in)
{
	struct trisk *t = s->state;
	struct verdict v = {.intent = in, .sized_from = "",
	    .input = {.intent = in, .limits = limits_of(&t->limits,
	    in->symbol), .lot = t->opt.lot}};
	int64_t n;
	int is_again;

	v.known = t->now.known != TIME_NONE ? t->now.known :
	    in->time != TIME_NONE ? in->time : 0;
	if (risk_sync(s) != 0)
		return -1;
	if (is_past(t, in, v.known, &is_again))
		return 0;
	n = risk_count(t, in, v.known);
	if (n < 0 || desk_look(&t->desk, in->symbol) != 0)
		return stage_fail_memory(s);
	risk_id(v.id, in, v.known, n);
	v.input.is_duplicate = is_known_id(t, v.id);
	if (v.input.is_duplicate && is_again)
		return 0;
	v.input.is_halted = !t->is_alone && account_is_halted(&t->account);
	if (in->bad == NULL)
		risk_weigh(t, &v);
	v.failed = risk_checks_run(&v.input);
	return v.failed == 0 ? take(s, &v) : refuse(s, &v);
}
