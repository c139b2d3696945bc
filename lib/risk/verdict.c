/* SPDX-License-Identifier: MIT */
/* Orders and vetoes as records, with everything that they were decided on. */
#include "order/seal.h"
#include "record/named.h"
#include "risk/state.h"

/* The ids of what is cancelled first, comma-joined; "" for none. */
static const char *
join_cancels(struct trisk *t)
{
	int rc = 0;

	buf_clear(&t->text);
	for (uint32_t i = 0; i < t->desk.working_count; i++) {
		const struct working *w = &t->desk.working[i];

		if (!w->is_leaving)
			continue;
		if (t->text.len > 0)
			rc |= buf_add_char(&t->text, ',');
		rc |= buf_add_str(&t->text, w->id);
	}
	return rc != 0 ? NULL : buf_str(&t->text);
}

static int
digits_of(const struct trisk *t, const struct verdict *v)
{
	return t->now.known != TIME_NONE ? t->now.digits : v->intent->digits;
}

/* A wish without a readable time is filed under the market's. */
static int
put_head(const struct trisk *t, const struct verdict *v, struct record *r)
{
	const struct intent *in = v->intent;
	int64_t time = in->time != TIME_NONE ? in->time : t->now.time;
	int rc = named_put_int(r, "seq", t->now.seq);

	rc |= named_put_time(r, "time", time,
	    in->time != TIME_NONE ? in->digits : t->now.digits);
	rc |= in->symbol[0] != '\0' ? named_put_str(r, "symbol", in->symbol) :
	    named_put_null(r, "symbol");
	rc |= named_put_str(r, "id", v->id);
	rc |= named_put_str(r, "strategy", in->strategy);
	return rc | named_put_str(r, "action", in->action_text);
}

static int
put_basis(const struct trisk *t, const struct verdict *v, struct record *r)
{
	const struct risk_input *in = &v->input;
	int rc = named_put_time(r, "known", v->known, digits_of(t, v));

	rc |= in->price.is_known ? named_put_dec(r, "price", in->price.v) :
	    named_put_null(r, "price");
	rc |= named_put_dec(r, "position", in->position);
	rc |= in->equity.is_known ?
	    named_put_money(r, "equity", in->equity.v) :
	    named_put_null(r, "equity");
	rc |= named_put_money(r, "cash", in->cash.v);
	rc |= named_put_str(r, "sized_from", v->sized_from);
	if (v->is_rounded)
		rc |= named_put_dec(r, "raw_qty", in->raw_qty);
	if (dec_cmp(v->raw_limit, in->terms.limit) != 0)
		rc |= named_put_dec(r, "raw_limit", v->raw_limit);
	if (dec_cmp(v->raw_stop, in->terms.stop) != 0)
		rc |= named_put_dec(r, "raw_stop", v->raw_stop);
	return rc | named_put_str(r, "limits", t->limits.hash);
}

/* Without an account there is no key, and no broker takes it. */
static int
put_seal(struct trisk *t, const struct verdict *v, const char *cancels,
    struct record *r)
{
	int is_order = r->type == REC_ORDER;
	struct sealed what = {.id = v->id, .parent = "",
	    .symbol = v->intent->symbol, .strategy = v->intent->strategy,
	    .action = v->intent->action_text,
	    .limits = is_order ? t->limits.hash : "", .cancels = cancels,
	    .plan = "", .seq = t->now.seq, .known = named_time(r, "known"),
	    .terms = is_order ? &v->input.terms : NULL};
	char seal[SEAL_TEXT];

	if (t->is_alone)
		return named_put_null(r, "seal");
	return seal_order(&t->account, &what, seal) != 0 ? -1 :
	    named_put_str(r, "seal", seal);
}

int
risk_put_order(struct stage *s, const struct verdict *v)
{
	struct trisk *t = s->state;
	struct record *r = &t->out;
	const char *cancels = join_cancels(t);
	int rc;

	if (cancels == NULL)
		return stage_fail_memory(s);
	record_make(r, REC_ORDER);
	rc = put_head(t, v, r);
	rc |= terms_put(&v->input.terms, r);
	rc |= put_basis(t, v, r);
	if (cancels[0] != '\0')
		rc |= named_put_str(r, "cancels", cancels);
	rc |= t->is_alone ? named_put_null(r, "asof") :
	    named_put_int(r, "asof", (int64_t)t->view.reader.lines);
	rc |= put_seal(t, v, cancels, r);
	return rc != 0 ? stage_fail_memory(s) : stage_emit(s, r);
}

static int
put_reasons(const struct verdict *v, struct record *r)
{
	struct buf names = {0};
	unsigned first = 0;
	int rc = risk_checks_names(v->failed, &names);

	while (!(v->failed >> first & 1))
		first++;
	rc |= named_put_str(r, "reason", risk_checks[first]->code);
	if (rc == 0 && buf_str(&names) != NULL)
		rc = named_put_str(r, "reasons", names.data);
	buf_release(&names);
	return rc;
}

int
risk_put_veto(struct stage *s, const struct verdict *v)
{
	struct trisk *t = s->state;
	struct record *r = &t->out;
	const char *cancels = join_cancels(t);
	int rc;

	if (cancels == NULL)
		return stage_fail_memory(s);
	record_make(r, REC_VETO);
	rc = put_head(t, v, r);
	rc |= put_reasons(v, r);
	rc |= named_put_time(r, "known", v->known, digits_of(t, v));
	rc |= risk_checks_put(v->failed, &v->input, r);
	if (cancels[0] != '\0') {
		rc |= named_put_str(r, "cancels", cancels);
		rc |= put_seal(t, v, cancels, r);
	}
	return rc != 0 ? stage_fail_memory(s) : stage_emit(s, r);
}
