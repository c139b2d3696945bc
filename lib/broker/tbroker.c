/* SPDX-License-Identifier: MIT */
/* The program tbroker: options, records in, the gate between them. */
#include "broker/tbroker.h"

#include <string.h>

#include "base/text.h"
#include "broker/paper.h"
#include "record/named.h"

#define AT(field) offsetof(struct paper, opt.field)

static const struct option_row options[] = {
    {0, "cash", "AMOUNT", OPT_DEC, AT(cash),
	"money that a new account begins with", "100000", NULL, 0, 0},
    {0, "commission", "C", OPT_STRING, AT(commission_text),
	"0.1%, 1.00, 0.005/share or a sum such as 1.00+0.1%, on each fill",
	"0", NULL, 0, 0},
    {0, "slippage", "S", OPT_STRING, AT(slippage_text),
	"5bp, 0.05 or share:0.1, against market and stop orders", "0", NULL,
	0, 0},
    {0, "slippage-cap", "WHERE", OPT_CHOICE, AT(slippage_cap),
	"keep slipped prices within the bar", "none", "none|bar", 0, 0},
    {0, "fill", "WHEN", OPT_CHOICE, AT(fill),
	"where market orders fill; this-close is hypothetical", "next-open",
	"next-open|next-close|this-close", 0, 0},
    {0, "participation", "SHARE", OPT_FRACTION, AT(participation),
	"fill at most this share of a bar's volume; 0: all", "0", NULL, 0, 0},
    {0, "exits", "WHEN", OPT_CHOICE, AT(exits),
	"when attached exits are live", "next-bar", "next-bar|same-bar", 0, 0},
    {0, "trail-on", "PRICE", OPT_CHOICE, AT(trail_on),
	"the price that trails follow", "high", "high|close", 0, 0},
    {0, "multiplier", "SYM=N", OPT_LIST, AT(multiplier),
	"money per point of a future, for a new account; may be repeated",
	NULL, NULL, 0, 0},
    {0, "margin", "SYM=N", OPT_LIST, AT(margin),
	"money to hold one future, for a new account; may be repeated", NULL,
	NULL, 0, 0},
    {0, "latency", "TIME", OPT_SPAN, AT(latency),
	"time that an order takes to reach the market", NULL, NULL, 0, 0},
    {0, "marks", "WHEN", OPT_CHOICE, AT(marks),
	"how often to write account records", "bar", "bar|day|none", 0, 0},
    {0, "pass", NULL, OPT_FLAG, AT(pass),
	"pass on all other records too", NULL, NULL, 0, 0},
    {0},
};

static int
open_stage(struct stage *s)
{
	static const char *const kinds[] = {"paper"};
	const char *near;

	if (s->argc == 0)
		return stage_fail(s, EXIT_USAGE, "which broker? (tbroker "
		    "paper)");
	if (s->argc > 1)
		return stage_fail(s, EXIT_USAGE, "one broker, not '%s' too",
		    s->argv[1]);
	if (strcmp(s->argv[0], "paper") != 0) {
		near = text_nearest(s->argv[0], strlen(s->argv[0]), kinds, 1);
		return stage_fail(s, EXIT_USAGE, "unknown broker '%s' (%s"
		    "'paper'%s)", s->argv[0], near != NULL ? "did you mean " :
		    "there is ", near != NULL ? "?" : "");
	}
	return paper_open(s->state, s);
}

static int
take_meta(struct paper *p, struct stage *s, struct record *r)
{
	int64_t digits;

	if (named_int(r, "digits", &digits) == 0 && digits >= 0 && digits <= 9)
		p->digits = (int)digits;
	return stage_read_zone(s, r, &p->zone) != 0 ? -1 :
	    stage_pass_meta(s, r);
}

static int
take_end(struct paper *p, struct stage *s, struct record *r)
{
	int rc = paper_finish(p, s);

	if (rc != 0)
		return -1;
	rc = named_put_int(r, "tbroker_fills", (int64_t)p->fills);
	rc |= named_put_int(r, "tbroker_rejected", (int64_t)p->rejections);
	return rc != 0 ? stage_fail_memory(s) : stage_pass_meta(s, r);
}

/* A wish that no trisk has seen is refused, and told. */
static int
refuse_signal(struct paper *p, struct stage *s, const struct record *r)
{
	if (p->is_sealed || named_is(r, "action", "HOLD"))
		return 0;
	if (p->unsealed++ == 0)
		stage_note(s, "signals come without a session: nothing is "
		    "filled (is trisk missing in the pipe?)");
	if (!p->has_account && paper_open_memory(p, s) != 0)
		return -1;
	return paper_reject(p, s, r, "NOT_SEALED") != 0 ? -1 :
	    paper_send_out(p, s);
}

/* Remembers whose decisions the ledger of this run covers. */
static int
note_strategy(struct paper *p, struct stage *s, const struct record *r)
{
	const struct field *f = record_find(r, &p->strategy);
	const char *name;
	size_t n, have = strlen(p->strategies);

	if (f == NULL || field_plain(f, &name, &n) != 0 ||
	    table_find(&p->seen_strategies, name, n) >= 0)
		return 0;
	if (have + n + 2 > sizeof p->strategies)
		return stage_fail(s, EXIT_INPUT, "too many strategies in one "
		    "stream");
	if (table_intern(&p->seen_strategies, name, n, NULL) < 0)
		return stage_fail_memory(s);
	snprintf(p->strategies + have, sizeof p->strategies - have, "%s%.*s",
	    have > 0 ? "," : "", (int)n, name);
	return 0;
}

static int
dispatch(struct paper *p, struct stage *s, struct record *r)
{
	switch (r->type) {
	case REC_BAR:
	case REC_TRADE:
	case REC_QUOTE:
		return paper_market(p, s, r);
	case REC_SIGNAL:
		return note_strategy(p, s, r) != 0 ? -1 :
		    refuse_signal(p, s, r);
	case REC_ORDER:
	case REC_REQUEST:
		return note_strategy(p, s, r) != 0 ? -1 :
		    paper_queue(p, s, r);
	case REC_VETO:
		if (note_strategy(p, s, r) != 0)
			return -1;
		if (named_find(r, "cancels") != NULL &&
		    paper_queue(p, s, r) != 0)
			return -1;
		return p->opt.pass ? 0 : stage_emit(s, r);
	default:
		return 0;
	}
}

static int
take(struct stage *s, struct record *r)
{
	struct paper *p = s->state;

	if (p->is_reading) {
		p->is_reading = 0;
		if (p->account != NULL)
			gate_state(&p->account->gate, GATE_WORKING);
	}
	if (r->type == REC_META)
		return take_meta(p, s, r);
	if (r->type == REC_END)
		return take_end(p, s, r);
	if (r->type == REC_SESSION)
		return paper_session(p, s, r);
	if (p->opt.pass && stage_emit(s, r) != 0)
		return -1;
	return dispatch(p, s, r);
}

static void
publish(struct paper *p, enum gate_state state)
{
	if (p->account == NULL || !p->has_account)
		return;
	gate_publish(&p->account->gate, p->handled_seq, p->ledger.lines);
	gate_state(&p->account->gate, state);
}

static int
ready(struct stage *s)
{
	struct paper *p = s->state;

	p->is_reading = 1;
	publish(p, GATE_READING);
	return 0;
}

static int
writing(struct stage *s, int begins)
{
	publish(s->state, begins ? GATE_WRITING : GATE_WORKING);
	return 0;
}

static int
end(struct stage *s)
{
	struct paper *p = s->state;

	if (s->truncated && p->account != NULL &&
	    gate_was_given_up(&p->account->gate))
		return stage_fail(s, EXIT_BUSY, "the stream stopped because "
		    "an earlier program gave up waiting; orders not yet "
		    "handled were dropped");
	if (s->truncated)
		return stage_fail(s, EXIT_INPUT, "the stream stopped without "
		    "its end record (an earlier program has failed); orders "
		    "not yet handled were dropped");
	return s->has_end ? 0 : paper_finish(p, s);
}

static void
close_stage(struct stage *s)
{
	struct paper *p = s->state;

	if (p->keys.seq.name != NULL) {
		publish(p, GATE_DONE);
		paper_close(p);
	}
}

static const char *const examples[] = {
    "tfeed GOOG.csv | tfeat sma:10 sma:30 | tsignal 'buy when sma_10 crosses "
    "above sma_30' | trisk --limits unlimited | torder | tbroker paper",
    "... | tbroker paper --cash 50000 --commission 0.05% --slippage 5bp",
    "... | tbroker paper --participation 10% --marks day | treport",
    NULL,
};

const struct stage_desc tbroker_stage = {
    .name = "tbroker",
    .summary = "execute orders on paper, and keep the ledger",
    .synopsis = "paper [options]",
    .examples = examples,
    .records = "reads market records, orders and requests; writes meta, veto, "
	"report,\nposition, account and end (with --pass all the others too)",
    .options = options,
    .state_size = sizeof(struct paper),
    .kind = STAGE_FILTER,
    .open = open_stage,
    .record = take,
    .ready = ready,
    .writing = writing,
    .end = end,
    .close = close_stage,
};
