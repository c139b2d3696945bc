/* SPDX-License-Identifier: MIT */
/* The checks at their boundaries, the law of targets, sizes, and the worst
 * case over random streams of orders and fills. */
#include <stdarg.h>
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "risk/state.h"

static struct dec
dec(const char *s)
{
	struct dec d = {0};

	CHECK_INT(dec_parse(s, strlen(s), &d), DEC_OK);
	return d;
}

static struct money
money(const char *s)
{
	struct money m = {0};

	CHECK_INT(money_parse(s, strlen(s), &m), DEC_OK);
	return m;
}

static int
dec_is(struct dec got, const char *want)
{
	return dec_cmp(got, dec(want)) == 0;
}

/* ---- one check ---- */

static struct intent wish;
static struct limit_set set;

static void
limit(enum limit_name name, const char *v)
{
	set.limit[name] = (struct limit){1, 0, dec(v)};
}

/* An order to buy 10 at 100 with nothing held, which passes everything. */
static struct risk_input
good(void)
{
	struct risk_input in = {.intent = &wish, .limits = &set};

	memset(&wish, 0, sizeof wish);
	set = (struct limit_set){.buying_power = 1};
	limit(MAX_ORDER_QTY, "10");
	limit(MAX_ORDER_NOTIONAL, "1000");
	limit(MAX_POSITION, "10");
	limit(MAX_POSITION_NOTIONAL, "1000");
	in.plan = (struct plan){.side = SIDE_BUY, .qty = dec("10"),
	    .target = dec("10")};
	in.terms = (struct terms){.side = SIDE_BUY, .qty = dec("10"),
	    .target = dec("10"), .has_target = 1};
	in.raw_qty = dec("10");
	in.working = (struct figure){1, dec("0")};
	in.worst = (struct figure){1, dec("10")};
	in.price = (struct figure){1, dec("100")};
	in.notional = in.worst_notional = (struct amount){1, money("1000")};
	in.equity = in.cash = (struct amount){1, money("5000")};
	in.needed = in.available = (struct amount){1, money("1000")};
	return in;
}

static int
fails(const char *code, const struct risk_input *in)
{
	const struct risk_check *c = risk_check_find(code);
	uint32_t failed = risk_checks_run(in);

	for (unsigned i = 0; risk_checks[i] != NULL; i++)
		if (risk_checks[i] == c)
			return failed >> i & 1;
	CHECK(c != NULL);
	return -1;
}

static void
test_wish_checks(void)
{
	struct risk_input in = good();

	CHECK_INT(risk_checks_run(&in), 0);
	in.plan.is_at_target = 1;
	CHECK(fails("AT_TARGET", &in));
	in = good();
	in.is_halted = 1;
	CHECK(fails("TRADING_HALTED", &in));
	in.plan.is_reducing = 1;
	CHECK(fails("TRADING_HALTED", &in));
	in = good();
	in.is_duplicate = 1;
	CHECK(fails("DUPLICATE_CLIENT_ORDER_ID", &in));
	in = good();
	wish.bad = "price";
	CHECK(fails("INVALID_FIELD", &in));
	in.terms.qty = dec("0"); /* there is no order to check then */
	CHECK(!fails("QTY_INVALID", &in));
}

static void
test_price_precision(void)
{
	struct risk_input in = good();

	in.terms.tick = dec("0.05");
	in.terms.has_limit = 1;
	in.terms.limit = dec("0.05");
	CHECK(!fails("PRICE_PRECISION", &in));
	in.terms.limit = dec("0");
	CHECK(fails("PRICE_PRECISION", &in));
	in.terms.limit = dec("-0.05");
	CHECK(fails("PRICE_PRECISION", &in));
	in.terms.limit = dec("10.04999");
	CHECK(fails("PRICE_PRECISION", &in));
	in.terms.limit = dec("10.05001");
	CHECK(fails("PRICE_PRECISION", &in));
	in.terms.tick = dec("0");
	CHECK(!fails("PRICE_PRECISION", &in));
	in.terms.tick = dec("0.01");
	in.terms.has_limit = 0;
	in.terms.has_stop = 1;
	in.terms.stop = dec("9.999");
	CHECK(fails("PRICE_PRECISION", &in));
	in.plan.is_reducing = 1; /* a field, not a limit */
	CHECK(fails("PRICE_PRECISION", &in));
	in.terms.has_stop = 0;
	in.terms.stop_loss = (struct exit_price){EXIT_PRICE_AT, dec("9.999")};
	CHECK(fails("PRICE_PRECISION", &in));
	in.terms.stop_loss.kind = EXIT_PRICE_RELATIVE;
	CHECK(!fails("PRICE_PRECISION", &in));
}

static void
test_qty_invalid(void)
{
	struct risk_input in = good();

	in.lot = dec("2.5");
	CHECK(!fails("QTY_INVALID", &in));
	in.terms.qty = dec("9");
	CHECK(fails("QTY_INVALID", &in));
	in.plan.is_reducing = 1;
	CHECK(!fails("QTY_INVALID", &in));
	in.terms.qty = dec("0");
	CHECK(fails("QTY_INVALID", &in));
	in = good();
	limit(MIN_QTY, "9.99");
	CHECK(!fails("QTY_INVALID", &in));
	limit(MIN_QTY, "10");
	CHECK(!fails("QTY_INVALID", &in));
	limit(MIN_QTY, "10.01");
	CHECK(fails("QTY_INVALID", &in));
	in = good();
	limit(MIN_NOTIONAL, "1000");
	CHECK(!fails("QTY_INVALID", &in));
	limit(MIN_NOTIONAL, "1000.01");
	CHECK(fails("QTY_INVALID", &in));
	limit(MIN_NOTIONAL, "0.01");
	in.notional.is_known = 0;
	CHECK(fails("QTY_INVALID", &in));
}

/* Just below, at and just above a limit; with the limit or the value missing;
 * off; and for an order that reduces. */
static void
test_limit(const char *code, enum limit_name name, const char *below,
    const char *above)
{
	struct risk_input in = good();

	CHECK(!fails(code, &in));
	limit(name, above);
	CHECK(!fails(code, &in));
	limit(name, below);
	CHECK(fails(code, &in));
	in.plan.is_reducing = 1;
	CHECK(!fails(code, &in));
	in = good();
	set.limit[name].is_set = 0;
	CHECK(fails(code, &in));
	set.is_unlimited = 1;
	CHECK(!fails(code, &in));
	in = good();
	in.notional.is_known = in.worst_notional.is_known = 0;
	in.worst.is_known = 0;
	CHECK_INT(fails(code, &in), name != MAX_ORDER_QTY);
}

static void
test_max_position(void)
{
	struct risk_input in = good();

	in.plan.side = in.terms.side = SIDE_SELL;
	in.worst.v = dec("-10");
	CHECK(!fails("MAX_POSITION", &in));
	in.worst.v = dec("-10.000001");
	CHECK(fails("MAX_POSITION", &in));
	in.worst.v = dec("11"); /* a sale does not make it longer */
	CHECK(!fails("MAX_POSITION", &in));
}

static void
test_part_of_equity(void)
{
	struct risk_input in = good();

	set.limit[MAX_POSITION_NOTIONAL] = (struct limit){1, 1, dec("0.2")};
	CHECK(!fails("MAX_POSITION_NOTIONAL", &in));
	in.equity.v = money("4999.99");
	CHECK(fails("MAX_POSITION_NOTIONAL", &in));
	in.equity.v = money("-5000");
	CHECK(fails("MAX_POSITION_NOTIONAL", &in));
	in = good();
	set.limit[MAX_POSITION_NOTIONAL] = (struct limit){1, 1, dec("0.2")};
	in.equity.is_known = 0;
	CHECK(fails("MAX_POSITION_NOTIONAL", &in));
}

static void
test_buying_power(void)
{
	struct risk_input in = good();

	CHECK(!fails("BUYING_POWER", &in));
	in.available.v = money("999.99");
	CHECK(fails("BUYING_POWER", &in));
	in.terms.allow = ALLOW_MARGIN;
	CHECK(!fails("BUYING_POWER", &in));
	in.terms.allow = 0;
	set.buying_power = 0;
	CHECK(!fails("BUYING_POWER", &in));
	in = good();
	in.available.is_known = 0;
	CHECK(fails("BUYING_POWER", &in));
	in = good();
	in.needed.is_known = 0;
	CHECK(fails("BUYING_POWER", &in));
	in.plan.is_reducing = 1;
	CHECK(!fails("BUYING_POWER", &in));
}

static void
to_short(struct risk_input *in, enum intent_action action,
    const char *position, const char *target)
{
	*in = good();
	wish.action = action;
	in->plan.side = in->terms.side = SIDE_SELL;
	in->position = dec(position);
	in->plan.target = dec(target);
}

static void
test_permissions(void)
{
	struct risk_input in;

	to_short(&in, INTENT_SELL, "10", "0");
	CHECK(!fails("INSUFFICIENT_QTY", &in));
	to_short(&in, INTENT_SELL, "10", "-1");
	CHECK(fails("INSUFFICIENT_QTY", &in));
	CHECK(fails("POSITION_FLIP", &in));
	CHECK(!fails("SHORT_NOT_ALLOWED", &in));
	in.terms.allow = ALLOW_SHORT | ALLOW_FLIP;
	CHECK_INT(risk_checks_run(&in), 0);
	to_short(&in, INTENT_SHORT, "0", "-1");
	CHECK(fails("SHORT_NOT_ALLOWED", &in));
	CHECK(!fails("POSITION_FLIP", &in));
	to_short(&in, INTENT_SHORT, "5", "-1");
	CHECK(fails("SHORT_NOT_ALLOWED", &in));
	CHECK(fails("POSITION_FLIP", &in));
	in = good();
	in.position = dec("-5");
	CHECK(fails("POSITION_FLIP", &in));
	CHECK(!fails("SHORT_NOT_ALLOWED", &in));
	in.terms.allow = ALLOW_SHORT;
	CHECK(fails("POSITION_FLIP", &in));
	in.terms.allow = ALLOW_FLIP;
	CHECK(!fails("POSITION_FLIP", &in));
}

static void
test_order_of_reasons(void)
{
	struct risk_input in = good();
	struct buf names = {0};

	in.terms.qty = dec("0");
	in.is_halted = in.is_duplicate = 1;
	limit(MAX_ORDER_NOTIONAL, "1");
	CHECK_INT(risk_checks_names(risk_checks_run(&in), &names), 0);
	CHECK_STR(buf_str(&names), "TRADING_HALTED,DUPLICATE_CLIENT_ORDER_ID,"
	    "QTY_INVALID,MAX_ORDER_NOTIONAL");
	buf_release(&names);
	for (size_t i = 0; risk_checks[i] != NULL; i++) {
		CHECK(i < CHECKS_MAX);
		CHECK(risk_check_find(risk_checks[i]->code) ==
		    risk_checks[i]);
	}
}

/* ---- sizes ---- */

static struct size_result
size_of(const char *form, struct size_input in)
{
	struct sizing z;
	const char *what;

	CHECK_INT(size_parse(&z, form, &what), 0);
	return size_compute(&z, &in);
}

static void
test_sizes(void)
{
	struct size_input in = {.has_price = 1, .has_equity = 1,
	    .has_cash = 1, .price = dec("33"), .multiplier = dec("1"),
	    .equity = money("1000"), .cash = money("500")};
	struct size_result r = size_of("equity:99%", in);
	struct sizing z;
	const char *what;

	CHECK(r.is_known && dec_is(r.qty, "30") && dec_is(r.raw, "30"));
	in.equity = money("999.999999999999999999");
	r = size_of("equity:99%", in);
	CHECK(dec_is(r.qty, "29") && dec_is(r.raw, "29.999999999"));
	in.lot = dec("0.1");
	CHECK(dec_is(size_of("equity:99%", in).qty, "29.9"));
	CHECK(dec_is(size_of("cash:10%", in).qty, "1.5"));
	in.multiplier = dec("50");
	CHECK(dec_is(size_of("notional:1650", in).qty, "1"));
	CHECK(dec_is(size_of("notional:1649.99", in).qty, "0.9"));
	CHECK(dec_is(size_of("fixed:0.17", in).qty, "0.1"));
	in.cash = money("-1");
	CHECK(dec_is(size_of("cash:10%", in).qty, "0"));
	in.has_equity = 0;
	CHECK(!size_of("equity:10%", in).is_known);
	in.has_price = 0;
	CHECK(!size_of("notional:10", in).is_known);
	CHECK(size_of("fixed:10", in).is_known);
	CHECK_INT(size_parse(&z, "fixed:0", &what), -1);
	CHECK_INT(size_parse(&z, "fixed:-1", &what), -1);
	CHECK_INT(size_parse(&z, "fixed", &what), -1);
	CHECK_INT(size_parse(&z, "equity:", &what), -1);
	CHECK_INT(size_parse(&z, "half:1", &what), -1);
}

/* ---- a book made of ledger lines ---- */

struct world {
	struct trisk t;
	struct record line;
	int64_t known;
	unsigned ids;
};

static void
apply(struct world *w, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
apply(struct world *w, const char *fmt, ...)
{
	struct problem p = {0, ""};
	struct record_error e;
	char text[1024];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	CHECK_INT(record_parse(&w->line, text, (size_t)n, &e), 0);
	CHECK_INT(book_apply(&w->t.own, &w->line, &p), 0);
	CHECK_STR(p.text, "");
}

static void
world_init(struct world *w)
{
	const char *what;

	memset(w, 0, sizeof *w);
	CHECK_INT(record_init(&w->line), 0);
	book_init(&w->t.own);
	desk_init(&w->t.desk, &w->t.own);
	apply(w, "{\"type\":\"ledger\",\"cash\":100000}");
	CHECK_INT(size_parse(&w->t.sizing, "fixed:10", &what), 0);
	CHECK_INT(desk_mark(&w->t.desk, "X", 1, dec("10")), 0);
	w->known = 1000 * TIME_SECOND;
}

static void
world_free(struct world *w)
{
	desk_release(&w->t.desk);
	book_release(&w->t.own);
	record_release(&w->line);
}

/* An approved order and its one request, live in the book. */
static void
add_order(struct world *w, const char *id, int side, const char *qty,
    const char *target)
{
	static const char terms[] = "\"side\":\"%s\",\"qty\":%s,\"target\":%s,"
	    "\"order_type\":\"market\",\"known\":\"1970-01-01T00:%02d:%02dZ\"}";
	const char *word = side > 0 ? "buy" : "sell";
	int minute = (int)(w->known / TIME_MINUTE % 60);
	int second = (int)(w->known / TIME_SECOND % 60);
	char both[256];

	snprintf(both, sizeof both, terms, word, qty, target, minute, second);
	apply(w, "{\"type\":\"order\",\"symbol\":\"X\",\"id\":\"%s\","
	    "\"strategy\":\"s\",\"seal\":\"\",%s", id, both);
	apply(w, "{\"type\":\"request\",\"symbol\":\"X\",\"request\":\"new\","
	    "\"id\":\"%s\",\"parent\":\"%s\",%s", id, id, both);
}

static void
add_exit(struct world *w, const char *id, int side, const char *qty)
{
	apply(w, "{\"type\":\"request\",\"symbol\":\"X\",\"request\":\"new\","
	    "\"id\":\"%s\",\"role\":\"stop\",\"side\":\"%s\",\"qty\":%s,"
	    "\"target\":0,\"order_type\":\"stop\",\"stop\":5}", id,
	    side > 0 ? "buy" : "sell", qty);
}

static void
fill(struct world *w, const char *id, const char *qty, int is_whole)
{
	apply(w, "{\"type\":\"report\",\"event\":\"%s\",\"id\":\"%s\","
	    "\"last_qty\":%s,\"last_price\":10,\"fee\":0}",
	    is_whole ? "filled" : "partial", id, qty);
}

static void
cancel(struct world *w, const char *id)
{
	apply(w, "{\"type\":\"report\",\"event\":\"canceled\",\"id\":\"%s\"}",
	    id);
}

static void
hold(struct world *w, int side, const char *qty)
{
	char id[32];

	snprintf(id, sizeof id, "h%u", w->ids++);
	add_order(w, id, side, qty, "0");
	fill(w, id, qty, 1);
}

static struct verdict
weigh(struct world *w, struct intent *in, enum intent_action action)
{
	struct verdict v = {.intent = in, .known = w->known,
	    .input = {.intent = in, .limits = &w->t.limits.base}};

	in->action = action;
	in->price = dec("10");
	strcpy(in->symbol, "X");
	CHECK_INT(desk_look(&w->t.desk, "X"), 0);
	risk_weigh(&w->t, &v);
	return v;
}

/* The ids that leave, in their order. */
static const char *
leaving(struct world *w)
{
	static char text[256];

	text[0] = '\0';
	for (uint32_t i = 0; i < w->t.desk.working_count; i++)
		if (w->t.desk.working[i].is_leaving)
			strcat(strcat(text, text[0] ? "," : ""),
			    w->t.desk.working[i].id);
	return text;
}

static int
plan_is(const struct verdict *v, int side, const char *qty,
    const char *target)
{
	const struct plan *p = &v->input.plan;

	return !p->is_at_target && p->side == side && dec_is(p->qty, qty) &&
	    dec_is(p->target, target);
}

static void
test_targets_flat(void)
{
	struct world w;
	struct intent in = {0};
	struct verdict v;

	world_init(&w);
	v = weigh(&w, &in, INTENT_BUY);
	CHECK(plan_is(&v, SIDE_BUY, "10", "10") && !v.input.plan.is_reducing);
	v = weigh(&w, &in, INTENT_SHORT);
	CHECK(plan_is(&v, SIDE_SELL, "10", "-10"));
	w.known -= TIME_MINUTE;
	add_order(&w, "old", SIDE_BUY, "10", "10");
	w.known += TIME_MINUTE;
	CHECK(weigh(&w, &in, INTENT_BUY).input.plan.is_at_target);
	CHECK_STR(leaving(&w), "");
	CHECK(weigh(&w, &in, INTENT_SELL).input.plan.is_at_target);
	CHECK_STR(leaving(&w), "old");
	CHECK(weigh(&w, &in, INTENT_COVER).input.plan.is_at_target);
	CHECK_STR(leaving(&w), "");
	CHECK(weigh(&w, &in, INTENT_EXIT).input.plan.is_at_target);
	CHECK_STR(leaving(&w), "old");
	v = weigh(&w, &in, INTENT_SHORT);
	CHECK(plan_is(&v, SIDE_SELL, "10", "-10"));
	CHECK_STR(leaving(&w), "old");
	cancel(&w, "old");
	add_order(&w, "now", SIDE_BUY, "10", "10");
	CHECK(weigh(&w, &in, INTENT_SELL).input.plan.is_at_target);
	CHECK_STR(leaving(&w), "");
	world_free(&w);
}

static void
test_targets_held(void)
{
	struct world w;
	struct intent in = {.has_size = 1, .size = {4, 0}};
	struct verdict v;

	world_init(&w);
	hold(&w, SIDE_SELL, "7");
	add_exit(&w, "stop", SIDE_BUY, "7");
	CHECK(weigh(&w, &in, INTENT_SHORT).input.plan.is_at_target);
	CHECK(weigh(&w, &in, INTENT_SELL).input.plan.is_at_target);
	v = weigh(&w, &in, INTENT_BUY);
	CHECK(plan_is(&v, SIDE_BUY, "11", "4") && !v.input.plan.is_reducing);
	CHECK_STR(leaving(&w), "stop");
	CHECK(dec_is(v.input.worst.v, "4"));
	v = weigh(&w, &in, INTENT_COVER);
	CHECK(plan_is(&v, SIDE_BUY, "7", "0") && v.input.plan.is_reducing);
	CHECK_STR(leaving(&w), "stop");
	v = weigh(&w, &in, INTENT_EXIT);
	CHECK(plan_is(&v, SIDE_BUY, "7", "0"));
	/* A flip of this instant covers, too. */
	add_order(&w, "flip", SIDE_BUY, "11", "4");
	CHECK(weigh(&w, &in, INTENT_COVER).input.plan.is_at_target);
	CHECK_STR(leaving(&w), "");
	w.known += TIME_SECOND;
	v = weigh(&w, &in, INTENT_COVER);
	CHECK(plan_is(&v, SIDE_BUY, "7", "0"));
	CHECK_STR(leaving(&w), "stop,flip");
	world_free(&w);
}

static void
test_targets_rebalanced(void)
{
	struct world w;
	struct intent in = {.has_size = 1, .size = {4, 0}};
	struct verdict v;

	world_init(&w);
	w.t.opt.rebalance = 1;
	hold(&w, SIDE_BUY, "3");
	add_order(&w, "more", SIDE_BUY, "1", "4");
	CHECK(weigh(&w, &in, INTENT_BUY).input.plan.is_at_target);
	CHECK_STR(leaving(&w), "");
	in.size = dec("6");
	v = weigh(&w, &in, INTENT_BUY);
	CHECK(plan_is(&v, SIDE_BUY, "3", "6"));
	CHECK_STR(leaving(&w), "more");
	in.size = dec("3");
	CHECK(weigh(&w, &in, INTENT_BUY).input.plan.is_at_target);
	CHECK_STR(leaving(&w), "more");
	in.size = dec("1");
	v = weigh(&w, &in, INTENT_BUY);
	CHECK(plan_is(&v, SIDE_SELL, "2", "1") && v.input.plan.is_reducing);
	world_free(&w);
}

static void
test_adding(void)
{
	struct world w;
	struct intent in = {.has_size = 1, .size = {4, 0}};
	struct verdict v;

	world_init(&w);
	w.t.opt.mode = 1;
	hold(&w, SIDE_BUY, "5");
	add_order(&w, "a", SIDE_BUY, "2", "7");
	add_exit(&w, "stop", SIDE_SELL, "5");
	v = weigh(&w, &in, INTENT_BUY);
	CHECK(plan_is(&v, SIDE_BUY, "4", "11"));
	CHECK(dec_is(v.input.worst.v, "11") && dec_is(v.input.working.v, "2"));
	v = weigh(&w, &in, INTENT_SELL);
	CHECK(plan_is(&v, SIDE_SELL, "4", "1") && v.input.plan.is_reducing);
	add_order(&w, "b", SIDE_SELL, "4", "1");
	v = weigh(&w, &in, INTENT_SELL);
	CHECK(plan_is(&v, SIDE_SELL, "4", "-3") && !v.input.plan.is_reducing);
	CHECK_STR(leaving(&w), "stop");
	world_free(&w);
}

static void
test_funds(void)
{
	struct world w;
	struct intent in = {.has_size = 1, .size = {100, 0}};
	struct verdict v;
	struct funds f;

	world_init(&w);
	hold(&w, SIDE_SELL, "1000"); /* at 10: cash 110000 */
	desk_funds(&w.t.desk, &f);
	CHECK(f.has_equity && money_cmp(f.equity, money("100000")) == 0);
	CHECK(f.has_free && money_cmp(f.free, money("90000")) == 0);
	v = weigh(&w, &in, INTENT_BUY); /* covers 1000, opens 100 */
	CHECK(money_cmp(v.input.needed.v, money("1000")) == 0);
	CHECK(money_cmp(v.input.available.v, money("100000")) == 0);
	CHECK_INT(desk_mark(&w.t.desk, "X", 1, dec("20")), 0);
	desk_funds(&w.t.desk, &f);
	CHECK(money_cmp(f.equity, money("90000")) == 0);
	CHECK(money_cmp(f.free, money("70000")) == 0);
	add_order(&w, "a", SIDE_SELL, "50", "-1050");
	w.t.desk.has_funds = 0;
	desk_funds(&w.t.desk, &f);
	CHECK(money_cmp(f.free, money("69000")) == 0);
	world_free(&w);
}

static void
test_no_price(void)
{
	struct world w;
	struct funds f;

	world_init(&w);
	apply(&w, "{\"type\":\"order\",\"symbol\":\"Y\",\"id\":\"y\","
	    "\"strategy\":\"s\",\"seal\":\"\",\"side\":\"buy\",\"qty\":1,"
	    "\"target\":1,\"order_type\":\"market\"}");
	apply(&w, "{\"type\":\"request\",\"symbol\":\"Y\",\"request\":\"new\","
	    "\"id\":\"y\",\"parent\":\"y\",\"side\":\"buy\",\"qty\":1,"
	    "\"target\":1,\"order_type\":\"market\"}");
	desk_funds(&w.t.desk, &f);
	CHECK(f.has_equity && !f.has_free);
	fill(&w, "y", "1", 1);
	w.t.desk.has_funds = 0;
	desk_funds(&w.t.desk, &f);
	CHECK(!f.has_equity && !f.has_free);
	apply(&w, "{\"type\":\"mark\",\"symbol\":\"Y\",\"price\":10,"
	    "\"time\":\"1970-01-01T00:00:00Z\","
	    "\"known\":\"1970-01-01T00:00:00Z\"}");
	w.t.desk.has_funds = 0;
	desk_funds(&w.t.desk, &f);
	CHECK(f.has_equity && f.has_free);
	world_free(&w);
}

/* ---- the worst case ---- */

enum { LIMIT_POSITION = 20, LIVE_MAX = 5 };

struct left {
	int side, qty, target;
};

static int
to_int(struct dec d)
{
	CHECK_INT(d.scale, 0);
	return (int)d.m;
}

/* The furthest from 0 that any order of whole fills takes the position. */
static int
furthest(int position, const struct left *o, int n, unsigned done)
{
	int most = abs(position);

	for (int i = 0; i < n; i++) {
		int to, reach;

		if (done >> i & 1)
			continue;
		to = position + o[i].side * o[i].qty;
		if (o[i].side > 0 ? to > o[i].target : to < o[i].target)
			to = o[i].target;
		if (o[i].side * (to - position) < 0)
			to = position;
		reach = furthest(to, o, n, done | 1u << i);
		most = reach > most ? reach : most;
	}
	return most;
}

static int
worst_of(struct world *w)
{
	struct left o[LIVE_MAX + 2];
	int n = 0;

	CHECK_INT(desk_look(&w->t.desk, "X"), 0);
	for (uint32_t i = 0; i < w->t.desk.working_count; i++) {
		const struct working *k = &w->t.desk.working[i];

		if (n < LIVE_MAX + 2)
			o[n++] = (struct left){k->terms->side,
			    to_int(k->leaves), to_int(k->terms->target)};
	}
	return furthest(to_int(desk_position(&w->t.desk, "X")->qty), o, n, 0);
}

/* A random wish, decided as trisk does. Returns 1 if it was approved. */
static int
decide(struct world *w, struct random *r)
{
	struct intent in = {.has_size = 1,
	    .size = dec_int(1 + (int64_t)random_below(r, 24))};
	struct verdict v;
	struct fresh f = {.seq = w->t.now.seq, .known = w->known};

	v = weigh(w, &in, (enum intent_action)random_below(r, INTENT_HOLD));
	v.failed = risk_checks_run(&v.input);
	if (v.failed != 0 && !v.input.plan.is_at_target)
		return 0;
	CHECK_INT(desk_cancel(&w->t.desk, w->t.now.seq), 0);
	if (v.failed != 0)
		return 0;
	f.terms = v.input.terms;
	f.close = v.close;
	snprintf(f.id, sizeof f.id, "o%u", w->ids++);
	CHECK_INT(desk_approve(&w->t.desk, "X", &f), 0);
	return 1;
}

/* The next instant: what was decided reaches the ledger. */
static void
settle(struct world *w)
{
	struct desk *d = &w->t.desk;

	for (uint32_t i = 0; i < d->gone_count; i++)
		cancel(w, order_id(&w->t.own,
		    &w->t.own.order[d->gone[i].order]));
	for (uint32_t i = 0; i < d->fresh_count; i++) {
		const struct terms *t = &d->fresh[i].terms;
		char qty[16], target[16];

		snprintf(qty, sizeof qty, "%d", to_int(t->qty));
		snprintf(target, sizeof target, "%d", to_int(t->target));
		add_order(w, d->fresh[i].id, t->side, qty, target);
		if (d->fresh[i].is_canceled)
			cancel(w, d->fresh[i].id);
	}
	desk_settle(d, ++w->t.now.seq);
	w->known += TIME_SECOND;
}

/* Something happens to a live order: a fill up to its target, a cancel. */
static void
happen(struct world *w, struct random *r)
{
	const struct working *k;
	int p, room, qty, leaves;
	char id[ORDER_ID_TEXT], text[16];

	CHECK_INT(desk_look(&w->t.desk, "X"), 0);
	if (w->t.desk.working_count == 0)
		return;
	k = &w->t.desk.working[random_below(r, w->t.desk.working_count)];
	snprintf(id, sizeof id, "%s", k->id);
	p = to_int(desk_position(&w->t.desk, "X")->qty);
	leaves = to_int(k->leaves);
	room = k->terms->side * (to_int(k->terms->target) - p);
	qty = 1 + (int)random_below(r, (uint64_t)leaves);
	if (qty > room)
		qty = room;
	if (qty <= 0 || random_below(r, 8) == 0) {
		cancel(w, id);
		return;
	}
	snprintf(text, sizeof text, "%d", qty);
	fill(w, id, text, qty == leaves);
	p = to_int(desk_position(&w->t.desk, "X")->qty);
	if (p != 0 && w->t.own.live < LIVE_MAX && random_below(r, 3) == 0) {
		snprintf(id, sizeof id, "e%u", w->ids++);
		snprintf(text, sizeof text, "%d", abs(p));
		add_exit(w, id, p > 0 ? SIDE_SELL : SIDE_BUY, text);
	}
}

static int
run_stream(uint64_t seed)
{
	struct random r = {seed};
	struct world w;
	int approved = 0, worst = 0;

	world_init(&w);
	w.t.allow = ALLOW_SHORT | ALLOW_FLIP;
	w.t.opt.mode = (int)random_below(&r, 2);
	w.t.opt.rebalance = (int)random_below(&r, 2);
	w.t.limits.base.is_unlimited = 1;
	w.t.limits.base.limit[MAX_POSITION] = (struct limit){1, 0,
	    dec_int(LIMIT_POSITION)};
	for (int step = 0; step < 40; step++) {
		for (int k = 0; k < 3 && w.t.own.live + w.t.desk.fresh_count <
		    LIVE_MAX; k++) {
			approved += decide(&w, &r);
			worst = worst_of(&w) > worst ? worst_of(&w) : worst;
		}
		settle(&w);
		for (uint64_t k = random_below(&r, 3); k > 0; k--)
			happen(&w, &r);
		worst = worst_of(&w) > worst ? worst_of(&w) : worst;
	}
	CHECK(worst <= LIMIT_POSITION);
	CHECK(worst > 0);
	world_free(&w);
	return approved;
}

static void
test_worst_case(void)
{
	int approved = 0;

	for (uint64_t seed = 1; seed <= 600 && !check_failed; seed++)
		approved += run_stream(seed);
	CHECK(approved > 5000);
}

/* ---- ids, signals ---- */

static void
test_ids(void)
{
	struct intent in = {.strategy = "main", .symbol = "SPY"};
	char id[ORDER_ID_TEXT], other[ORDER_ID_TEXT];

	risk_id(id, &in, 0, 1);
	CHECK_STR(id, "main-SPY-19700101T000000-1");
	risk_id(id, &in, TIME_SECOND + 5, 12);
	CHECK_STR(id, "main-SPY-19700101T000001000000005-12");
	strcpy(in.symbol, "BTC/USD");
	risk_id(id, &in, 0, 1);
	strcpy(in.symbol, "BTC:USD");
	risk_id(other, &in, 0, 1);
	CHECK(strncmp(id, "main-BTC_USD", 12) == 0 && strcmp(id, other) != 0);
}

static void
test_counts(void)
{
	struct trisk t = {.now.seq = 0};
	struct intent a = {.strategy = "a", .symbol = "X"},
	    b = {.strategy = "b", .symbol = "X"};

	CHECK_INT(risk_count(&t, &a, 5), 1);
	CHECK_INT(risk_count(&t, &a, 5), 2);
	CHECK_INT(risk_count(&t, &b, 5), 1);
	CHECK_INT(risk_count(&t, &a, 6), 1);
	CHECK_INT(risk_count(&t, &b, 5), 2);
	table_release(&t.deciders);
	free(t.tallies);
}

int
main(void)
{
	TEST("a halt, a duplicate, a bad field and a target reached are refused")
		test_wish_checks();
	TEST("prices are on the tick and above 0")
		test_price_precision();
	TEST("quantities are above 0, on the lot and not below the least")
		test_qty_invalid();
	TEST("max_order_qty")
		test_limit("MAX_ORDER_QTY", MAX_ORDER_QTY, "9.999", "10.001");
	TEST("max_order_notional")
		test_limit("MAX_ORDER_NOTIONAL", MAX_ORDER_NOTIONAL, "999.99",
		    "1000.01");
	TEST("max_position")
		test_limit("MAX_POSITION", MAX_POSITION, "9.999", "10.001");
	TEST("max_position_notional")
		test_limit("MAX_POSITION_NOTIONAL", MAX_POSITION_NOTIONAL,
		    "999.99", "1000.01");
	TEST("max_position holds for shorts")
		test_max_position();
	TEST("max_position_notional as a part of the equity")
		test_part_of_equity();
	TEST("what is opened must be covered by free cash")
		test_buying_power();
	TEST("selling more than is held, shorts and flips want permission")
		test_permissions();
	TEST("all reasons are given, in the order of the table")
		test_order_of_reasons();
	TEST("sizes are exact and rounded down")
		test_sizes();
	TEST("targets when flat")
		test_targets_flat();
	TEST("targets when short")
		test_targets_held();
	TEST("a rebalance replaces what works")
		test_targets_rebalanced();
	TEST("with --mode add each order adds")
		test_adding();
	TEST("short sales and working orders hold cash")
		test_funds();
	TEST("without a price there is no equity and no free cash")
		test_no_price();
	TEST("no order of fills takes the position past max_position")
		test_worst_case();
	TEST("ids")
		test_ids();
	TEST("decisions are counted by strategy, symbol and instant")
		test_counts();
	return check_done();
}
