/* SPDX-License-Identifier: MIT */
/* What the broker says: reports (to the ledger first, then out), positions
 * and the account. */
#include <stdlib.h>
#include <string.h>

#include "broker/paper.h"
#include "record/named.h"

int
paper_ledger_line(struct paper *p, struct stage *s, const struct record *r)
{
	struct problem problem;
	size_t at = p->ledger.batch.len;
	struct record_error e;

	if (ledger_add(&p->ledger, r, &problem) != 0)
		return stage_fail(s, problem.status, "%s", problem.text);
	/* The book is built from the very line, as every reader does. */
	if (record_parse(&p->applied, p->ledger.batch.data + at,
	    p->ledger.batch.len - at - 1, &e) != 0)
		return stage_fail(s, EXIT_SYSTEM, "a ledger line does not "
		    "read back: %s", e.what);
	if (book_apply(&p->book, &p->applied, &problem) != 0)
		return stage_fail(s, problem.status, "%s", problem.text);
	return 0;
}

static struct record *
outbox_add(struct paper *p)
{
	struct record *r;

	if (paper_grow((void **)&p->outbox, &p->out_cap, p->out_count,
	    sizeof *p->outbox) != 0)
		return NULL;
	r = &p->outbox[p->out_count];
	if (r->f == NULL && record_init(r) != 0)
		return NULL;
	p->out_count++;
	return r;
}

int
paper_touch(struct paper *p, uint32_t symbol)
{
	for (uint32_t i = 0; i < p->changed_count; i++)
		if (p->changed[i] == symbol)
			return 0;
	if (paper_grow((void **)&p->changed, &p->changed_cap,
	    p->changed_count, sizeof *p->changed) != 0)
		return -1;
	p->changed[p->changed_count++] = symbol;
	return 0;
}

static int
put_head(struct paper *p, struct record *r, enum record_type type,
    const struct paper_bar *bar, const char *symbol)
{
	int rc;

	record_make(r, type);
	rc = named_put_int(r, "seq", bar != NULL ? bar->seq : p->last_seq);
	rc |= named_put_time(r, "time", bar != NULL ? bar->start :
	    p->last_time, p->digits);
	return symbol == NULL ? rc : rc | named_put_str(r, "symbol", symbol);
}

/* What this execution was, and what the order adds up to with it. */
static int
put_execution(struct paper *p, struct record *r, const struct order *o,
    const struct paper_event *e)
{
	struct order after = *o;
	struct money value;
	char exec_id[160];
	int rc = money_product(e->qty, e->price, &value);

	rc |= money_add(o->value, value, &after.value);
	rc |= dec_add(o->cum, e->qty, &after.cum);
	snprintf(exec_id, sizeof exec_id, "%s-x%d", order_id(&p->book, o),
	    o->executions + 1);
	rc |= named_put_dec(r, "last_qty", e->qty);
	rc |= named_put_dec(r, "last_price", e->price);
	rc |= named_put_dec(r, "cum_qty", after.cum);
	rc |= named_put_dec(r, "leaves_qty", order_leaves(&after));
	rc |= named_put_dec(r, "avg_price", order_average(&after));
	rc |= named_put_money(r, "fee", e->fee);
	rc |= named_put_str(r, "exec_id", exec_id);
	rc |= named_put_str(r, "model", e->model);
	if (e->priced_on != TIME_NONE)
		rc |= named_put_time(r, "priced_on", e->priced_on, p->digits);
	return rc;
}

static int
put_sums(struct record *r, const struct order *o)
{
	int rc = named_put_dec(r, "cum_qty", o->cum);

	rc |= named_put_dec(r, "leaves_qty", order_leaves(o));
	return dec_sign(o->cum) == 0 ? rc :
	    rc | named_put_dec(r, "avg_price", order_average(o));
}

/* The terms that a reader of an accepted order wants to see. */
static int
put_accepted(struct record *r, const struct terms *t)
{
	int rc = 0;

	if (t->has_limit)
		rc |= named_put_dec(r, "limit", t->limit);
	if (t->has_stop)
		rc |= named_put_dec(r, "stop", t->stop);
	return rc | named_put_str(r, "tif", tif_name(t->tif));
}

static int
put_report(struct paper *p, struct record *r, const struct order *o,
    const struct paper_event *e)
{
	const struct book *b = &p->book;
	const struct approval *a = o->parent != NO_ORDER ?
	    &b->approval[o->parent] : NULL;
	const struct position *pos = &b->positions[o->symbol];
	int rc = put_head(p, r, REC_REPORT, e->bar,
	    table_text(&b->symbols, o->symbol));

	rc |= named_put_str(r, "event", e->event);
	rc |= named_put_str(r, "id", order_id(b, o));
	if (a != NULL) {
		rc |= named_put_str(r, "parent",
		    table_text(&b->approvals, o->parent));
		rc |= named_put_str(r, "strategy",
		    table_text(&b->strategies, a->strategy));
	}
	rc |= named_put_str(r, "side", o->terms.side > 0 ? "buy" : "sell");
	rc |= named_put_str(r, "order_type", order_type_name(o->terms.type));
	if (o->role != ROLE_PLAIN)
		rc |= named_put_str(r, "role", order_role_name(o->role));
	rc |= named_put_dec(r, "qty", o->terms.qty);
	if (e->is_execution)
		rc |= put_execution(p, r, o, e);
	else
		rc |= put_sums(r, o);
	if (strcmp(e->event, "accepted") == 0 ||
	    strcmp(e->event, "replaced") == 0)
		rc |= put_accepted(r, &o->terms);
	if (pos->is_future && e->is_execution)
		rc |= named_put_dec(r, "multiplier", pos->multiplier);
	return e->reason == NULL ? rc : rc | named_put_str(r, "reason",
	    e->reason);
}

/* The line of the ledger: the report without its seq. What was refused never
 * became an order, and its id may be another's: it is a `refusal` there. */
static int
put_report_line(struct paper *p, struct stage *s, const struct record *from,
    const char *type)
{
	struct record *line = &p->line;
	int rc;

	record_make(line, REC_OTHER);
	rc = named_put_str(line, "type", type);
	for (int i = 2; i < from->n && rc == 0; i++)
		rc = record_put_field(line, &from->f[i]);
	return rc != 0 ? stage_fail_memory(s) :
	    paper_ledger_line(p, s, line);
}

int
paper_report(struct paper *p, struct stage *s, const struct paper_event *e)
{
	struct record *r = outbox_add(p);
	struct paper_event at = *e;

	if (r == NULL)
		return stage_fail_memory(s);
	if (at.bar == NULL)
		at.bar = paper_bar_of(p, p->book.order[e->order].symbol);
	if (put_report(p, r, &p->book.order[e->order], &at) != 0)
		return stage_fail(s, EXIT_SYSTEM, "a report's sums overflow");
	p->fills += (unsigned)e->is_execution;
	return put_report_line(p, s, r, "report");
}

int
paper_reject(struct paper *p, struct stage *s, const struct record *from,
    const char *reason)
{
	struct record *r = outbox_add(p);
	static const char *const copied[] = {"id", "parent", "strategy",
	    "side", "order_type", "qty"};
	const char *symbol;
	char name[33] = "";
	size_t n;
	int rc;

	if (r == NULL)
		return stage_fail_memory(s);
	named_str(from, "symbol", &symbol, &n);
	if (n < sizeof name)
		memcpy(name, symbol, n);
	rc = put_head(p, r, REC_REPORT, NULL, name);
	rc |= named_put_str(r, "event", "rejected");
	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
		rc |= named_put_from(r, copied[i], from);
	rc |= named_put_str(r, "reason", reason);
	p->rejections++;
	return rc != 0 ? stage_fail_memory(s) :
	    put_report_line(p, s, r, "refusal");
}

int
paper_send_out(struct paper *p, struct stage *s)
{
	uint32_t n = p->out_count;

	p->out_count = 0;
	for (uint32_t i = 0; i < n; i++)
		if (stage_emit(s, &p->outbox[i]) != 0)
			return -1;
	return 0;
}

static int
put_position(struct paper *p, struct stage *s, uint32_t symbol)
{
	const struct position *at = &p->book.positions[symbol];
	struct record *r = &p->line;
	struct money value, unrealized;
	int rc = position_value(at, &value);

	rc |= position_unrealized(at, &unrealized);
	rc |= put_head(p, r, REC_POSITION, paper_bar_of(p, symbol),
	    table_text(&p->book.symbols, symbol));
	rc |= named_put_dec(r, "qty", at->qty);
	rc |= named_put_dec(r, "avg_price", position_average(at));
	rc |= at->has_mark ? named_put_dec(r, "mark", at->mark) :
	    named_put_null(r, "mark");
	rc |= named_put_money(r, "value", value);
	rc |= named_put_money(r, "realized", at->realized);
	rc |= named_put_money(r, "unrealized", unrealized);
	return rc != 0 ? stage_fail(s, EXIT_SYSTEM, "a position overflows") :
	    stage_emit(s, r);
}

/* Sums over what is held. */
struct exposure {
	struct money equity, unrealized, gross, net;
};

static int
add_exposure(const struct position *at, struct exposure *x)
{
	struct money value, unrealized;
	int rc;

	if (dec_sign(at->qty) == 0)
		return 0;
	rc = position_value(at, &value);
	rc |= position_unrealized(at, &unrealized);
	rc |= money_add(x->equity, at->is_future ? unrealized : value,
	    &x->equity);
	rc |= money_add(x->unrealized, unrealized, &x->unrealized);
	rc |= money_add(x->net, value, &x->net);
	if (money_sign(value) < 0)
		value = money_neg(value);
	return rc | money_add(x->gross, value, &x->gross);
}

enum { ACCOUNT_FIRST = 3, ACCOUNT_AMOUNTS = 7 };

/* The record is made once; afterwards only what has changed is put in, for
 * there is one at every instant. */
static int
make_account(struct record *r)
{
	static const char *const names[ACCOUNT_AMOUNTS] = {"cash", "equity",
	    "realized", "unrealized", "fees", "gross", "net"};
	int rc;

	record_make(r, REC_ACCOUNT);
	rc = named_put_int(r, "seq", 0);
	rc |= named_put_time(r, "time", 0, 0);
	for (int i = 0; i < ACCOUNT_AMOUNTS; i++)
		rc |= named_put_int(r, names[i], 0);
	return rc;
}

static void
set_amount(struct field *f, struct paper_amount *kept, struct money v)
{
	if (kept->len == 0 || kept->v.v != v.v) {
		kept->v = v;
		kept->len = money_print(v, kept->text);
	}
	f->kind = F_NUMBER;
	f->text = kept->text;
	f->text_len = (uint32_t)kept->len;
}

static int
put_account(struct paper *p)
{
	struct exposure x = {.equity = p->book.cash};
	const struct money *amounts[ACCOUNT_AMOUNTS] = {&p->book.cash,
	    &x.equity, &p->book.realized, &x.unrealized, &p->book.fees,
	    &x.gross, &x.net};
	struct record *r = &p->mark;
	int rc = 0;

	if (r->n == 0)
		rc = make_account(r);
	r->f[1].v.i = p->last_seq;
	r->f[2].v.i = p->last_time;
	r->f[2].digits = (uint8_t)p->digits;
	for (uint32_t i = 0; i < p->book.symbols.count; i++)
		rc |= add_exposure(&p->book.positions[i], &x);
	for (int i = 0; i < ACCOUNT_AMOUNTS; i++)
		set_amount(&r->f[ACCOUNT_FIRST + i], &p->amounts[i],
		    *amounts[i]);
	return rc;
}

/* With --marks day only the last account of a day is sent, when the next day
 * has begun, before anything of that, or when the stream ends. */
int
paper_send_day(struct paper *p, struct stage *s)
{
	int64_t day = paper_day(p, p->last_time);

	if (p->has_pending_mark && day != p->last_day) {
		p->has_pending_mark = 0;
		return stage_emit(s, &p->mark);
	}
	return 0;
}

int
paper_marks(struct paper *p, struct stage *s)
{
	for (uint32_t i = 0; i < p->changed_count; i++)
		if (put_position(p, s, p->changed[i]) != 0)
			return -1;
	p->changed_count = 0;
	if (p->opt.marks == PAPER_MARK_NONE)
		return 0;
	if (put_account(p) != 0)
		return stage_fail(s, EXIT_SYSTEM, "the account's sums "
		    "overflow");
	p->has_pending_mark = p->opt.marks == PAPER_MARK_DAY;
	p->last_day = paper_day(p, p->last_time);
	return p->opt.marks == PAPER_MARK_BAR ? stage_emit(s, &p->mark) : 0;
}
