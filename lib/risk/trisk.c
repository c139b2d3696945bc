/* SPDX-License-Identifier: MIT */
/* trisk: sizes what signals wish for, checks it, and seals what passes. */
#include "risk/trisk.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "record/named.h"
#include "risk/state.h"

enum { ACTION_LIST = 1, ACTION_EXPLAIN, ACTION_CHECK_LIMITS };
enum { ALONE_CASH = 100000 };

static int
read_limits(struct stage *s, const char *file)
{
	struct trisk *t = s->state;
	struct problem p;

	return limits_read(&t->limits, file, &p) == 0 ? 0 :
	    stage_fail(s, p.status, "%s", p.text);
}

static int
read_options(struct stage *s)
{
	struct trisk *t = s->state;
	const char *allow = t->opt.allow, *what;

	if (s->argc > 0)
		return stage_fail(s, EXIT_USAGE, "unexpected operand '%s'",
		    s->argv[0]);
	if (t->opt.limits == NULL)
		return stage_fail(s, EXIT_USAGE, "--limits is missing (a file, "
		    "or unlimited; see trisk --explain limits)");
	if (size_parse(&t->sizing, t->opt.size, &what) != 0)
		return stage_fail(s, EXIT_USAGE, "bad --size '%s': %s",
		    t->opt.size, what);
	if (dec_sign(t->opt.lot) < 0 || dec_sign(t->opt.tick) < 0)
		return stage_fail(s, EXIT_USAGE, "--lot and --tick must not be "
		    "negative");
	if (allow != NULL && allow_parse(allow, strlen(allow), &t->allow) != 0)
		return stage_fail(s, EXIT_USAGE, "bad --allow '%s' (wants some "
		    "of short,flip,margin)", allow);
	return read_limits(s, t->opt.limits);
}

static int
trisk_open(struct stage *s)
{
	struct trisk *t = s->state;

	t->synced_seq = -1;
	t->now.known = t->now.time = TIME_NONE;
	market_keys_init(&t->keys);
	book_init(&t->own);
	if (read_options(s) != 0)
		return -1;
	t->is_alone = t->opt.account != NULL &&
	    strcmp(t->opt.account, "none") == 0;
	desk_init(&t->desk, t->is_alone ? &t->own : &t->view.book);
	if (t->is_alone) {
		stage_note(s, "no account: each order counts as filled at the "
		    "close that it was decided on");
		money_from_dec(dec_int(ALONE_CASH), &t->own.cash);
		t->own.initial = t->own.cash;
		t->own.is_open = 1;
	}
	return record_init(&t->scratch) != 0 || record_init(&t->out) != 0 ?
	    stage_fail_memory(s) : 0;
}

static int
hold(struct trisk *t, const struct intent *in)
{
	if (t->held_count == t->held_cap) {
		uint32_t want = t->held_cap == 0 ? 8 : 2 * t->held_cap;
		struct intent *grown = realloc(t->held, want * sizeof *grown);

		if (grown == NULL)
			return -1;
		t->held = grown;
		t->held_cap = want;
	}
	t->held[t->held_count++] = *in;
	return 0;
}

/* By symbol, and as they came: then the order in which files were named does
 * not tell who gets the cash. */
static int
compare_turns(const void *a, const void *b)
{
	const struct intent *x = *(const struct intent *const *)a;
	const struct intent *y = *(const struct intent *const *)b;
	int by_symbol = strcmp(x->symbol, y->symbol);

	return by_symbol != 0 ? by_symbol : x < y ? -1 : x > y;
}

/* The instant is over: what was held is decided. */
static int
decide_held(struct stage *s)
{
	struct trisk *t = s->state;
	const struct intent **turns =
	    malloc(t->held_count * sizeof(struct intent *));
	int rc = 0;

	if (turns == NULL)
		return stage_fail_memory(s);
	for (uint32_t i = 0; i < t->held_count; i++)
		turns[i] = &t->held[i];
	qsort(turns, t->held_count, sizeof *turns, compare_turns);
	for (uint32_t i = 0; i < t->held_count && rc == 0; i++)
		rc = risk_decide(s, turns[i]);
	free(turns);
	t->held_count = 0;
	return rc;
}

/* The next instant, or the end, tells that this one is over. When its last
 * record never came, tbroker cannot know it yet. */
static int
end_instant(struct stage *s)
{
	struct trisk *t = s->state;

	if (t->held_count == 0)
		return 0;
	if (t->now.is_open && !t->is_alone && risk_must_sync(t) &&
	    risk_announce_closed(s) != 0)
		return -1;
	return decide_held(s);
}

static int
on_signal(struct stage *s, struct record *r)
{
	struct trisk *t = s->state;
	struct intent in;

	if (intent_read(&in, r, &t->scratch) != 0)
		return stage_fail_memory(s);
	if (stage_emit(s, r) != 0)
		return -1;
	if (in.bad == NULL && in.action == INTENT_HOLD)
		return 0;
	if (t->now.is_shared)
		return hold(t, &in) == 0 ? 0 : stage_fail_memory(s);
	return risk_decide(s, &in);
}

/* The last price of the symbol: a bar's close, a trade's price. */
static int
read_mark(struct stage *s, const struct record *r,
    const struct market_head *head)
{
	struct trisk *t = s->state;
	struct key *k = r->type == REC_BAR ? &t->keys.close : &t->keys.price;
	const struct field *f = record_find(r, k);
	struct dec price;

	if (r->type == REC_QUOTE)
		return 0;
	if (f == NULL || field_dec(f, &price) != 0)
		return stage_fail_at(s, EXIT_INPUT, 0, "bad '%s' in a %s",
		    k->name, record_type_name(r->type));
	return desk_mark(&t->desk, head->symbol, head->symbol_len, price) == 0
	    ? 0 : stage_fail_memory(s);
}

static int
on_market(struct stage *s, struct record *r)
{
	struct trisk *t = s->state;
	struct market_head head;
	const char *field;
	int is_shared;

	if (market_read_head(&t->keys, r, &head, &field) != 0)
		return stage_fail_at(s, EXIT_INPUT, 0, "bad '%s' in a %s",
		    field, record_type_name(r->type));
	is_shared = head.more ||
	    (head.known == t->now.known && t->now.is_shared);
	if (head.known != t->now.known && end_instant(s) != 0)
		return -1;
	if (read_mark(s, r, &head) != 0 || stage_emit(s, r) != 0)
		return -1;
	t->now = (struct instant){.seq = head.seq > 0 ? head.seq :
	    t->now.seq + 1, .known = head.known, .time = head.time,
	    .digits = head.digits, .is_open = head.more,
	    .is_shared = is_shared};
	return 0;
}

static int
on_end(struct stage *s, struct record *r)
{
	struct trisk *t = s->state;

	if (end_instant(s) != 0)
		return -1;
	if (named_put_int(r, "trisk_orders", t->orders) != 0 ||
	    named_put_int(r, "trisk_vetoes", t->vetoes) != 0)
		return stage_fail_memory(s);
	return stage_pass_meta(s, r);
}

/* The account is made for the first record, and announced behind meta. */
static int
begin(struct stage *s, struct record *r)
{
	int is_meta = r->type == REC_META;

	if (risk_begin(s, is_meta ? r : NULL) != 0)
		return -1;
	if (!is_meta)
		return risk_announce(s);
	return stage_pass_meta(s, r) != 0 ? -1 : risk_announce(s);
}

static int
trisk_record(struct stage *s, struct record *r)
{
	struct trisk *t = s->state;
	int is_first = !t->has_begun;

	if (r->type == REC_SESSION)
		return stage_fail(s, EXIT_USAGE, "a second trisk in the pipe");
	if (is_first && begin(s, r) != 0)
		return -1;
	if (market_is(r))
		return on_market(s, r);
	if (r->type == REC_SIGNAL)
		return on_signal(s, r);
	if (r->type == REC_END)
		return on_end(s, r);
	if (r->type == REC_META)
		return is_first ? 0 : stage_pass_meta(s, r);
	return stage_emit(s, r);
}

/* Behind a stream that broke off nothing is decided. */
static int
trisk_end(struct stage *s)
{
	struct trisk *t = s->state;

	if (s->truncated)
		return stage_fail(s, EXIT_INPUT, "the stream stopped without "
		    "its end record");
	return t->has_begun && !s->has_end ? end_instant(s) : 0;
}

static void
trisk_close(struct stage *s)
{
	struct trisk *t = s->state;

	risk_leave(s);
	desk_release(&t->desk);
	book_release(&t->own);
	limits_release(&t->limits);
	table_release(&t->restart.strategies);
	free(t->restart.marks);
	table_release(&t->deciders);
	free(t->tallies);
	free(t->held);
	record_release(&t->scratch);
	record_release(&t->out);
	buf_release(&t->text);
}

static int
list_checks(struct stage *s)
{
	for (size_t i = 0; risk_checks[i] != NULL; i++)
		if (stage_printf(s, "%-26s%s\n", risk_checks[i]->code,
		    risk_checks[i]->summary) != 0)
			return -1;
	return 0;
}

static int
explain(struct stage *s, const char *code)
{
	const struct risk_check *c = risk_check_find(code);
	const char *names[CHECKS_MAX], *near;
	size_t n = 0;

	if (strcmp(code, "limits") == 0)
		return stage_write(s, limits_schema, strlen(limits_schema));
	if (c != NULL)
		return stage_printf(s, "%s: %s\n\n%s\n", c->code, c->summary,
		    c->explain);
	for (; risk_checks[n] != NULL; n++)
		names[n] = risk_checks[n]->code;
	near = text_nearest(code, strlen(code), names, n);
	return stage_fail(s, EXIT_USAGE, "unknown code '%.60s'%s%s%s", code,
	    near != NULL ? " (did you mean '" : " (trisk --list names them)",
	    near != NULL ? near : "", near != NULL ? "'?)" : "");
}

static int
check_limits(struct stage *s, const char *file)
{
	struct trisk *t = s->state;
	struct buf text = {0};
	int rc = read_limits(s, file);

	if (rc == 0)
		rc = limits_print(&t->limits, &text) != 0 ?
		    stage_fail_memory(s) :
		    stage_write(s, text.data, text.len);
	buf_release(&text);
	return rc != 0 ? rc : stage_printf(s, "%shash=%s\n",
	    t->limits.base.is_unlimited ? "\n" : "", t->limits.hash);
}

static int
trisk_extra(struct stage *s, int which)
{
	struct trisk *t = s->state;

	if (which == ACTION_EXPLAIN)
		return explain(s, t->opt.explain);
	return which == ACTION_LIST ? list_checks(s) :
	    check_limits(s, t->opt.check_limits);
}

#define AT(name) offsetof(struct trisk, opt.name)

static const struct option_row options[] = {
    {0, "limits", "FILE|unlimited", OPT_FILE, AT(limits),
	"the limits that no order may pass, a JSON file; needed", NULL, NULL,
	0, 0},
    {0, "size", "FORM:VALUE", OPT_STRING, AT(size),
	"how large a position to take: fixed:100, notional:5000, equity:20% "
	"or cash:90%", "fixed:1", NULL, 0, 0},
    {0, "lot", "N", OPT_DEC, AT(lot),
	"round sizes down to multiples of N", NULL, NULL, 0, 0},
    {0, "tick", "N", OPT_DEC, AT(tick),
	"round prices to multiples of N", NULL, NULL, 0, 0},
    {0, "allow", "short,flip,margin", OPT_STRING, AT(allow),
	"permit going short, turning a position round, spending more than the "
	"cash", NULL, NULL, 0, 0},
    {0, "mode", "target|add", OPT_CHOICE, AT(mode),
	"whether buy and sell are targets or add their size", "target",
	"target|add", 0, 0},
    {0, "rebalance", NULL, OPT_FLAG, AT(rebalance),
	"adjust what is held to the new size instead of vetoing AT_TARGET",
	NULL, NULL, 0, 0},
    {0, "account", "NAME|PATH|none", OPT_STRING, AT(account),
	"the account to trade on; without it one that lasts for this run; "
	"none: fill at the close, with a cash of 100000", NULL, NULL, 0, 0},
    {0, "wait", "D", OPT_SPAN, AT(wait),
	"give up when tbroker has not moved for so long", "10s", NULL, 0, 0},
    {0, "check-limits", "FILE", OPT_ACTION, AT(check_limits),
	"check a file of limits, print it in its canonical form and leave",
	NULL, NULL, ACTION_CHECK_LIMITS, 0},
    {0, "list", NULL, OPT_ACTION, 0, "name all checks and leave", NULL, NULL,
	ACTION_LIST, 0},
    {0, "explain", "CODE|limits", OPT_ACTION, AT(explain),
	"say what a check does, or what limits there are, and leave", NULL,
	NULL, ACTION_EXPLAIN, 0},
    {0},
};

static const char *const examples[] = {
    "tfeed GOOG.csv | tsignal 'buy when first_of(month)' | trisk --limits "
    "limits.json --size equity:20% | torder | tbroker paper",
    "trisk --limits unlimited --account none < signals.ndjson",
    "trisk --explain MAX_POSITION",
    NULL,
};

const struct stage_desc trisk_stage = {
	.name = "trisk",
	.summary = "size, check and seal what signals wish for",
	.synopsis = "--limits FILE|unlimited",
	.examples = examples,
	.records = "reads signals and market records, and passes on everything; "
	           "adds an order or a veto for each signal but HOLD, and a "
	           "session",
	.words = "trisk --list",
	.options = options,
	.state_size = sizeof(struct trisk),
	.kind = STAGE_FILTER,
	.open = trisk_open,
	.record = trisk_record,
	.end = trisk_end,
	.close = trisk_close,
	.extra = trisk_extra,
};
