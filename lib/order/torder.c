/* SPDX-License-Identifier: MIT */
/* The program torder: orders become requests, within what was approved. */
#include "order/torder.h"

#include <stdlib.h>
#include <string.h>

#include "order/plan.h"
#include "order/seal.h"
#include "record/named.h"
#include "stage/chain.h"

#define AT(field) offsetof(struct torder, field)

static const struct option_row options[] = {
    {0, "timeout", "3bars|30s", OPT_STRING, AT(timeout_text),
	"give up on an order after so many bars, or so much time", NULL, NULL,
	0, 0},
    {0, "then", "WHAT", OPT_CHOICE, AT(then),
	"what follows: nothing, or the rest to the market", "cancel",
	"cancel|market|market:exits", 0, 0},
    {0, "flips", "HOW", OPT_CHOICE, AT(flips),
	"turn a position round with one order, or with two", "one",
	"one|split", 0, 0},
    {0, "wait", "TIME", OPT_SPAN, AT(wait),
	"how long to wait for a tbroker that does not move", "10s", NULL, 0,
	0},
    {0},
};

static int
parse_timeout(struct torder *t)
{
	const char *s = t->timeout_text;
	size_t n = strlen(s);
	struct dec bars;

	if (n > 4 && n < 20 && strcmp(s + n - 4, "bars") == 0) {
		if (dec_parse(s, n - 4, &bars) != DEC_OK || bars.scale != 0 ||
		    bars.m <= 0)
			return -1;
		t->timeout_bars = bars.m;
		return 0;
	}
	return n < 20 ? span_parse(s, n, &t->timeout_ns) : -1;
}

static int
open_stage(struct stage *s)
{
	struct torder *t = s->state;

	if (s->argc > 0)
		return stage_fail(s, EXIT_USAGE, "takes no operands, not '%s'",
		    s->argv[0]);
	if (t->timeout_text != NULL && parse_timeout(t) != 0)
		return stage_fail(s, EXIT_USAGE, "bad value '%s' for --timeout "
		    "(wants 3bars or 30s)", t->timeout_text);
	if (t->timeout_text == NULL && t->then != THEN_CANCEL)
		return stage_fail(s, EXIT_USAGE, "--then needs --timeout");
	market_keys_init(&t->keys);
	t->own.gate.fd = -1;
	t->known = TIME_NONE;
	return record_init(&t->made) == 0 ? 0 : stage_fail_memory(s);
}

/* Opens the account before passing the session on: afterwards a private one
 * may be gone. */
static int
take_session(struct torder *t, struct stage *s, struct record *r)
{
	int is_fused = stage_leads_to(s, "tbroker");
	struct problem p;

	if (named_find(r, "closes") != NULL)
		return stage_emit(s, r);
	if (t->has_session)
		return stage_fail(s, EXIT_USAGE, "a second session in the pipe "
		    "(one trisk is enough)");
	t->has_session = 1;
	t->account = s->chain->account;
	if (t->account == NULL) {
		t->account = &t->own;
		if (account_read_session(&t->own, r, is_fused, &p) != 0)
			return stage_fail(s, p.status, "%s", p.text);
		if (is_fused)
			s->chain->account = t->account;
		if (!named_is(r, "account", t->own.path) &&
		    account_put_session(&t->own, r) != 0)
			return stage_fail_memory(s);
	}
	if (view_open(&t->view, s, t->account, t->wait) != 0)
		return -1;
	return stage_emit(s, r);
}

/* The orders that an earlier run left working have plans to keep. */
static int
restore(struct torder *t, struct stage *s)
{
	t->is_restored = 1;
	if (t->account == NULL || t->account->is_private ||
	    t->timeout_text == NULL)
		return 0;
	return view_sync(&t->view, s, 0) != 0 ? -1 : plan_restore(t, s);
}

/* The instant ended without its last record: tbroker is told. */
static int
close_instant(struct torder *t, struct stage *s)
{
	t->is_open = 0;
	if (t->count == 0)
		return 0;
	record_make(&t->made, REC_SESSION);
	if (named_put_int(&t->made, "closes", t->last_seq) != 0)
		return stage_fail_memory(s);
	return stage_emit(s, &t->made) != 0 ? -1 : plan_run(t, s);
}

static int
take_market(struct torder *t, struct stage *s, struct record *r)
{
	struct market_head h;
	const char *field;

	if (market_read_head(&t->keys, r, &h, &field) != 0)
		return stage_fail_at(s, EXIT_INPUT, 0, "bad or missing field "
		    "'%s' in a market record", field);
	if (!t->is_restored && restore(t, s) != 0)
		return -1;
	if (t->is_open && h.known != t->known && close_instant(t, s) != 0)
		return -1;
	t->last_seq = h.seq != 0 ? h.seq : t->last_seq + 1;
	t->last_time = h.time;
	t->known = h.known;
	t->digits = h.digits;
	t->is_open = h.more;
	if (t->count > 0 && r->type != REC_QUOTE)
		plan_count(t, &h);
	if (stage_emit(s, r) != 0)
		return -1;
	return h.more || t->count == 0 ? 0 : plan_run(t, s);
}

/* The strings of an order or veto that its requests repeat. */
struct parent {
	char id[129], seal[SEAL_TEXT], symbol[33], strategy[33];
	char cancels[16384];
	int has_lost; /* more cancels than fit */
	int64_t time;
};

static void
read_parent(const struct record *r, struct parent *out)
{
	named_copy(r, "id", out->id, sizeof out->id);
	named_copy(r, "seal", out->seal, sizeof out->seal);
	named_copy(r, "symbol", out->symbol, sizeof out->symbol);
	named_copy(r, "strategy", out->strategy, sizeof out->strategy);
	out->has_lost = named_copy(r, "cancels", out->cancels,
	    sizeof out->cancels) != 0 && named_find(r, "cancels") != NULL;
	out->time = named_time(r, "time");
}

static int
send_cancels(struct torder *t, struct stage *s, struct parent *p)
{
	char *save = NULL;

	if (p->has_lost)
		return stage_fail(s, EXIT_INPUT, "the cancels of '%s' are no "
		    "list, or a longer one than 16 KiB", p->id);
	for (char *id = strtok_r(p->cancels, ",", &save); id != NULL;
	    id = strtok_r(NULL, ",", &save)) {
		struct request r = {.id = id, .parent = p->id,
		    .seal = p->seal, .symbol = p->symbol,
		    .strategy = p->strategy, .time = p->time};

		if (request_send(t, s, &r) != 0)
			return -1;
	}
	return 0;
}

static int
send_child(struct torder *t, struct stage *s, const struct parent *p,
    const char *id, const struct terms *terms)
{
	struct request r = {.id = id, .parent = p->id, .seal = p->seal,
	    .symbol = p->symbol, .strategy = p->strategy, .terms = terms,
	    .time = p->time, .is_planned = 1};

	if (t->timeout_text != NULL && p->seal[0] != '\0' &&
	    plan_add(t, s, &r, t->last_time) != 0)
		return -1;
	return request_send(t, s, &r);
}

/* What must be closed before the rest opens the other way: 0 when the order
 * does not turn the position round. */
static int
flip_part(const struct terms *t, struct dec *close)
{
	struct dec before;

	if (!t->has_target ||
	    (t->side > 0 ? dec_sub(t->target, t->qty, &before) :
	    dec_add(t->target, t->qty, &before)) != 0)
		return 0;
	*close = dec_abs(before);
	return dec_sign(before) * t->side < 0 &&
	    dec_sign(t->target) * t->side > 0;
}

/* Two orders: one closes and guards nothing, one opens. */
static int
send_split(struct torder *t, struct stage *s, const struct parent *p,
    const struct terms *terms, struct dec close)
{
	struct terms first = *terms, second = *terms;
	char id[160];

	first.qty = close;
	first.stop_loss.kind = first.take_profit.kind = EXIT_PRICE_NONE;
	first.max_bars = 0;
	if (first.type != TYPE_TRAIL)
		first.trail = dec_int(0);
	second.qty = dec_abs(terms->target);
	snprintf(id, sizeof id, "%ss2", p->id);
	return send_child(t, s, p, p->id, &first) != 0 ? -1 :
	    send_child(t, s, p, id, &second);
}

static int
take_order(struct torder *t, struct stage *s, struct record *r)
{
	struct parent p;
	struct terms terms;
	struct dec close;
	const char *field, *what;

	read_parent(r, &p);
	if (terms_read(r, &terms, &field, &what) != 0 || p.id[0] == '\0' ||
	    p.symbol[0] == '\0')
		return stage_fail_at(s, EXIT_INPUT, 0, "an order's field '%s' "
		    "is missing, or not what it must be", p.id[0] == '\0' ?
		    "id" : p.symbol[0] == '\0' ? "symbol" : field);
	if (stage_emit(s, r) != 0 || send_cancels(t, s, &p) != 0)
		return -1;
	if (t->flips && flip_part(&terms, &close))
		return send_split(t, s, &p, &terms, close);
	return send_child(t, s, &p, p.id, &terms);
}

static int
take_veto(struct torder *t, struct stage *s, struct record *r)
{
	struct parent p;

	read_parent(r, &p);
	return stage_emit(s, r) != 0 ? -1 : send_cancels(t, s, &p);
}

static int
take(struct stage *s, struct record *r)
{
	struct torder *t = s->state;

	switch (r->type) {
	case REC_BAR:
	case REC_TRADE:
	case REC_QUOTE:
		return take_market(t, s, r);
	case REC_ORDER:
		return take_order(t, s, r);
	case REC_VETO:
		return take_veto(t, s, r);
	case REC_SESSION:
		return take_session(t, s, r);
	case REC_END:
		if (named_put_int(r, "torder_requests",
		    (int64_t)t->requests) != 0)
			return stage_fail_memory(s);
		return stage_pass_meta(s, r);
	case REC_META:
		return stage_pass_meta(s, r);
	default:
		return stage_emit(s, r);
	}
}

static void
close_stage(struct stage *s)
{
	struct torder *t = s->state;

	view_close(&t->view);
	if (t->account == &t->own)
		account_close(&t->own);
	plan_release(t);
	if (t->made.f != NULL)
		record_release(&t->made);
}

static const char *const examples[] = {
    "... | trisk --limits limits.json | torder | tbroker paper",
    "... | torder --timeout 3bars --then market | tbroker paper",
    "... | torder --flips split | tbroker paper",
    NULL,
};

const struct stage_desc torder_stage = {
    .name = "torder",
    .summary = "carry out approved orders: requests, time-outs, cancels",
    .synopsis = "[options]",
    .examples = examples,
    .records = "reads order and veto; passes everything on, and adds request",
    .options = options,
    .state_size = sizeof(struct torder),
    .kind = STAGE_FILTER,
    .open = open_stage,
    .record = take,
    .close = close_stage,
};
