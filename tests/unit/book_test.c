/* SPDX-License-Identifier: MIT */
/* The book: what fills make of cash and positions, against a slow oracle, and
 * what lines of the ledger make of orders. */
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>

#include "account/book.h"
#include "check.h"

static struct dec
d(const char *text)
{
	struct dec v = {0};

	if (dec_parse(text, strlen(text), &v) != DEC_OK)
		check_failed = 1;
	return v;
}

static void
check_money(struct money got, const char *want)
{
	char text[MONEY_TEXT_MAX + 1];

	text[money_print(got, text)] = '\0';
	CHECK_STR(text, want);
}

static void
check_dec(struct dec got, const char *want)
{
	char text[DEC_TEXT_MAX + 1];

	text[dec_print(got, text)] = '\0';
	CHECK_STR(text, want);
}

/* ---- fills by hand ---- */

static void
begin(struct book *b, const char *cash)
{
	book_init(b);
	CHECK_INT(money_from_dec(d(cash), &b->initial), 0);
	b->cash = b->initial;
	b->is_open = 1;
}

static void
trade(struct book *b, uint32_t symbol, struct dec qty, struct dec price,
    struct money fee)
{
	struct order o = {.symbol = symbol, .entry = NO_ORDER,
	    .parent = NO_ORDER};

	o.terms.side = dec_sign(qty) > 0 ? SIDE_BUY : SIDE_SELL;
	o.terms.qty = dec_abs(qty);
	CHECK_INT(book_fill(b, &o, o.terms.qty, price, fee), 0);
	CHECK(dec_cmp(o.cum, o.terms.qty) == 0);
	CHECK_INT(o.executions, 1);
}

static void
test_hand(void)
{
	struct book b;
	struct money fee, m;

	TEST("an average grows, does not move by selling, and turns round") {
		uint32_t x;

		begin(&b, "10000");
		money_from_dec(d("1.5"), &fee);
		x = (uint32_t)book_symbol(&b, "X", 1);
		trade(&b, x, d("10"), d("100"), fee);
		trade(&b, x, d("20"), d("103"), fee);
		check_dec(position_average(&b.positions[x]), "102");
		trade(&b, x, d("-12"), d("110"), fee); /* +96 */
		check_dec(position_average(&b.positions[x]), "102");
		check_dec(b.positions[x].qty, "18");
		check_money(b.positions[x].realized, "96");
		trade(&b, x, d("-28"), d("101"), fee); /* -18, and short 10 */
		check_dec(b.positions[x].qty, "-10");
		check_dec(position_average(&b.positions[x]), "101");
		check_money(b.realized, "78");
		check_money(b.fees, "6");
		/* 10000 - 1000 - 2060 + 1320 + 2828 - 6 */
		check_money(b.cash, "11082");
		b.positions[x].has_mark = 1;
		b.positions[x].mark = d("99.5");
		CHECK_INT(position_value(&b.positions[x], &m), 0);
		check_money(m, "-995");
		CHECK_INT(position_unrealized(&b.positions[x], &m), 0);
		check_money(m, "15");
		CHECK_INT(book_equity(&b, &m), 0);
		check_money(m, "10087");
		trade(&b, x, d("10"), d("99.5"), fee);
		check_dec(b.positions[x].qty, "0");
		check_dec(position_average(&b.positions[x]), "0");
		CHECK_INT(money_sign(b.positions[x].cost), 0);
		book_release(&b);
	}
	TEST("a future moves cash by its profit only") {
		uint32_t es;

		begin(&b, "10000");
		fee.v = 0;
		es = (uint32_t)book_symbol(&b, "ES", 2);
		b.positions[es].is_future = 1;
		b.positions[es].multiplier = dec_int(50);
		trade(&b, es, d("2"), d("4000"), fee);
		check_money(b.cash, "10000");
		b.positions[es].has_mark = 1;
		b.positions[es].mark = d("4001.25");
		CHECK_INT(position_value(&b.positions[es], &m), 0);
		check_money(m, "400125");
		CHECK_INT(book_equity(&b, &m), 0);
		check_money(m, "10125");
		trade(&b, es, d("-3"), d("3990"), fee); /* -1000, short 1 */
		check_money(b.cash, "9000");
		check_dec(b.positions[es].qty, "-1");
		check_dec(position_average(&b.positions[es]), "3990");
		book_release(&b);
	}
	TEST("an average that does not come out even is rounded for show only") {
		uint32_t x;

		begin(&b, "1000");
		fee.v = 0;
		x = (uint32_t)book_symbol(&b, "X", 1);
		trade(&b, x, d("1"), d("10"), fee);
		trade(&b, x, d("2"), d("10.01"), fee);
		check_dec(position_average(&b.positions[x]), "10.006666667");
		trade(&b, x, d("-1"), d("10"), fee);
		trade(&b, x, d("-1"), d("10"), fee);
		trade(&b, x, d("-1"), d("10"), fee);
		check_money(b.realized, "-0.02");
		check_money(b.cash, "999.98");
		book_release(&b);
	}
	TEST("sums that overflow are told") {
		struct order o = {.symbol = 0, .parent = NO_ORDER};

		begin(&b, "0");
		book_symbol(&b, "X", 1);
		o.terms.side = SIDE_BUY;
		CHECK_INT(book_fill(&b, &o, dec_int(INT64_MAX),
		    dec_int(INT64_MAX), fee), -1);
		book_release(&b);
	}
}

/* ---- random fills ---- */

enum { SYMBOLS = 3 };

/* Money in units of 1e-6, quantities in hundredths, prices in cents: the
 * oracle keeps whole numbers, and the average as a fraction in floating
 * point. */
struct oracle {
	int64_t qty[SYMBOLS], multiplier[SYMBOLS], mark[SYMBOLS];
	long double average[SYMBOLS], realized; /* cents * hundredths */
	int128 cash, fees; /* 1e-6 */
	int is_future[SYMBOLS];
};

static int64_t
sign_of(int64_t v)
{
	return v > 0 ? 1 : v < 0 ? -1 : 0;
}

static void
oracle_trade(struct oracle *o, int i, int64_t qty, int64_t price, int64_t fee)
{
	int64_t left = qty, held = o->qty[i];
	long double profit = 0;

	if (sign_of(held) * sign_of(qty) < 0) {
		int64_t part = llabs(qty) < llabs(held) ? llabs(qty) :
		    llabs(held);

		profit = (long double)(part * sign_of(held)) *
		    ((long double)price - o->average[i]);
		left = qty - part * sign_of(qty);
	}
	if (left != 0 && sign_of(held + qty) == sign_of(held))
		o->average[i] = (o->average[i] * (long double)held +
		    (long double)price * (long double)left) /
		    (long double)(held + left);
	else if (left != 0)
		o->average[i] = (long double)price;
	o->qty[i] += qty;
	o->realized += profit * (long double)o->multiplier[i];
	o->fees += fee;
	o->cash -= fee;
	if (!o->is_future[i])
		o->cash -= (int128)qty * price * 100 * o->multiplier[i];
}

static struct money
exact(int128 micro)
{
	return (struct money){micro * 1000000000000};
}

static void
check_oracle(const struct book *b, const struct oracle *o)
{
	struct money equity, sum = b->initial, worth;
	struct money cash = {b->cash.v};

	/* equity = initial + realized + unrealized - fees, exactly */
	CHECK_INT(money_add(sum, b->realized, &sum), 0);
	CHECK_INT(money_sub(sum, b->fees, &sum), 0);
	for (int i = 0; i < SYMBOLS; i++) {
		CHECK_INT(position_unrealized(&b->positions[i], &worth), 0);
		CHECK_INT(money_add(sum, worth, &sum), 0);
		check_failed |= dec_cmp(b->positions[i].qty,
		    (struct dec){o->qty[i], 2}) != 0 &&
		    dec_to_double(b->positions[i].qty) * 100 !=
		    (double)o->qty[i];
		CHECK(o->qty[i] == 0 || fabsl((long double)
		    dec_to_double(position_average(&b->positions[i])) * 100 -
		    o->average[i]) < 1e-5L);
	}
	CHECK_INT(book_equity(b, &equity), 0);
	CHECK(money_cmp(equity, sum) == 0);
	CHECK(money_cmp(b->fees, exact(o->fees)) == 0);
	CHECK(fabsl((long double)money_to_double(b->realized) -
	    o->realized / 10000) < 1e-4L);
	for (int i = 0; i < SYMBOLS; i++)
		if (o->is_future[i]) {
			/* its profit is in cash, and in nothing else */
			CHECK_INT(money_sub(cash, b->positions[i].realized,
			    &cash), 0);
		}
	CHECK(money_cmp(cash, exact(o->cash)) == 0);
}

static void
test_random(void)
{
	TEST("equity is what came in, was made and was paid, after any fills") {
		unsigned seed = 11;

		for (int run = 0; run < 40 && !check_failed; run++) {
			struct oracle o = {.multiplier = {1, 50, 1},
			    .is_future = {0, 1, 0},
			    .cash = (int128)1000000 * 1000000};
			struct book b;

			begin(&b, "1000000");
			for (int i = 0; i < SYMBOLS; i++) {
				char name[2] = {(char)('A' + i), '\0'};
				struct position *p;

				book_symbol(&b, name, 1);
				p = &b.positions[i];
				p->is_future = o.is_future[i];
				p->multiplier = dec_int(o.multiplier[i]);
				p->has_mark = 1;
			}
			for (int k = 0; k < 200 && !check_failed; k++) {
				int i = rand_r(&seed) % SYMBOLS;
				int64_t qty = rand_r(&seed) % 2001 - 1000;
				int64_t price = 1 + rand_r(&seed) % 20000;
				int64_t fee = rand_r(&seed) % 5000000;
				struct dec q = {0}, at = {0};

				dec_div(dec_int(qty), dec_int(100), 2,
				    DEC_DOWN, &q);
				dec_div(dec_int(price), dec_int(100), 2,
				    DEC_DOWN, &at);
				b.positions[i].mark = at;
				if (qty == 0)
					continue;
				trade(&b, (uint32_t)i, q, at, exact(fee));
				oracle_trade(&o, i, qty, price, fee);
				check_oracle(&b, &o);
			}
			book_release(&b);
		}
	}
}

/* ---- lines ---- */

static int
apply(struct book *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static int
apply(struct book *b, const char *fmt, ...)
{
	char line[1024];
	struct record r;
	struct record_error e;
	struct problem p;
	va_list ap;
	int rc;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	for (char *c = line; *c != '\0'; c++)
		if (*c == '\'')
			*c = '"';
	if (record_init(&r) != 0 || record_parse(&r, line, strlen(line), &e))
		abort();
	rc = book_apply(b, &r, &p);
	record_release(&r);
	return rc == 0 ? 0 : p.status;
}

static void
open_lines(struct book *b)
{
	book_init(b);
	CHECK_INT(apply(b, "{'type':'ledger','time':null,'cash':1000,"
	    "'multiplier':'ES=50','margin':'ES=500,NQ=900'}"), 0);
}

static void
add_order(struct book *b, const char *id, int qty)
{
	CHECK_INT(apply(b, "{'type':'order','time':'2024-01-02T00:00:00Z',"
	    "'symbol':'X','id':'%s','strategy':'s','side':'buy','qty':%d,"
	    "'order_type':'market','tif':'gtc',"
	    "'known':'2024-01-03T00:00:00Z','seal':'ab'}", id, qty), 0);
}

static int
add_request(struct book *b, const char *parent, const char *id, int qty)
{
	return apply(b, "{'type':'request','time':'2024-01-03T00:00:00Z',"
	    "'symbol':'X','request':'new','id':'%s','parent':'%s',"
	    "'side':'buy','qty':%d,'order_type':'market','tif':'gtc',"
	    "'after':'2024-01-02T00:00:00Z','price':10}", id, parent, qty);
}

static int
add_report(struct book *b, const char *id, const char *event, int qty)
{
	return apply(b, "{'type':'report','time':'2024-01-03T00:00:00Z',"
	    "'symbol':'X','event':'%s','id':'%s','last_qty':%d,"
	    "'last_price':10,'fee':0.5}", event, id, qty);
}

/* The ids of the live orders of X, oldest first. */
static void
check_live(const struct book *b, const char *want)
{
	char got[256] = "";
	uint32_t count = 0, last = NO_ORDER;

	for (uint32_t i = b->positions[table_find(&b->symbols, "X", 1)]
	    .first_live; i != NO_ORDER; i = b->order[i].next, count++) {
		strcat(got, order_id(b, &b->order[i]));
		CHECK_INT(b->order[i].previous, last);
		last = i;
	}
	CHECK_STR(got, want);
	CHECK_INT(b->live, count);
	CHECK_INT(b->positions[table_find(&b->symbols, "X", 1)].last_live,
	    last);
}

static void
test_lines(void)
{
	struct book b;

	TEST("the first line tells cash and the figures of futures") {
		int64_t es, nq;

		open_lines(&b);
		es = table_find(&b.symbols, "ES", 2);
		nq = table_find(&b.symbols, "NQ", 2);
		CHECK(es >= 0 && nq >= 0);
		check_money(b.cash, "1000");
		check_dec(b.positions[es].multiplier, "50");
		check_dec(b.positions[es].margin, "500");
		check_dec(b.positions[nq].multiplier, "1");
		check_dec(b.positions[nq].margin, "900");
		CHECK(b.positions[es].is_future && b.positions[nq].is_future);
		book_release(&b);
	}
	TEST("orders live from their request to their last report") {
		open_lines(&b);
		add_order(&b, "a", 9);
		CHECK_INT(add_request(&b, "a", "1", 3), 0);
		CHECK_INT(add_request(&b, "a", "2", 3), 0);
		CHECK_INT(add_request(&b, "a", "3", 3), 0);
		check_live(&b, "123");
		check_dec(b.approval[0].given, "9");
		CHECK_INT(add_report(&b, "2", "accepted", 0), 0);
		CHECK_INT(add_report(&b, "2", "partial", 1), 0);
		check_live(&b, "123");
		CHECK_INT(add_report(&b, "2", "canceled", 0), 0);
		check_live(&b, "13");
		check_dec(b.approval[0].given, "7");
		CHECK_INT(add_report(&b, "1", "filled", 3), 0);
		check_live(&b, "3");
		check_dec(b.approval[0].given, "7");
		CHECK_INT(add_request(&b, "a", "4", 2), 0);
		check_live(&b, "34");
		CHECK_INT(add_report(&b, "3", "rejected", 0), 0);
		CHECK_INT(add_report(&b, "4", "expired", 0), 0);
		check_live(&b, "");
		check_dec(b.approval[0].given, "4");
		check_dec(b.positions[table_find(&b.symbols, "X", 1)].qty,
		    "4");
		check_money(b.cash, "959");
		book_release(&b);
	}
	TEST("a line that does not fit the book is status 3") {
		struct book empty;

		book_init(&empty);
		CHECK_INT(add_request(&empty, "a", "1", 1), 3);
		book_release(&empty);
		open_lines(&b);
		add_order(&b, "a", 1);
		CHECK_INT(add_report(&b, "1", "filled", 1), 3);
		CHECK_INT(add_request(&b, "a", "1", 0), 3);
		book_release(&b);
		open_lines(&b);
		add_order(&b, "a", 1);
		CHECK_INT(add_request(&b, "a", "1", 1), 0);
		CHECK_INT(add_request(&b, "a", "1", 1), 3);
		CHECK_INT(apply(&b, "{'type':'report','event':'filled',"
		    "'id':'1','last_qty':1,'last_price':'10','fee':0}"), 3);
		CHECK_INT(apply(&b, "{'type':'report','id':'1'}"), 3);
		book_release(&b);
		book_init(&b);
		CHECK_INT(apply(&b, "{'type':'ledger','cash':'1000'}"), 3);
		CHECK_INT(apply(&b, "{'type':'ledger','cash':1,"
		    "'margin':'ES'}"), 3);
		CHECK_INT(apply(&b, "{'no':'type'}"), 3);
		book_release(&b);
	}
	TEST("types of later versions are passed over") {
		open_lines(&b);
		CHECK_INT(apply(&b, "{'type':'snapshot','x':1}"), 0);
		book_release(&b);
	}
	TEST("an instant marks the strategies it names") {
		int64_t s, u;

		open_lines(&b);
		CHECK_INT(apply(&b, "{'type':'instant',"
		    "'known':'2024-01-03T00:00:00Z','strategies':'s,u'}"), 0);
		CHECK_INT(apply(&b, "{'type':'end',"
		    "'known':'2024-01-04T00:00:00Z','strategies':'u'}"), 0);
		s = table_find(&b.strategies, "s", 1);
		u = table_find(&b.strategies, "u", 1);
		CHECK(s >= 0 && u >= 0);
		CHECK_INT(b.marks[u].known - b.marks[s].known, TIME_DAY);
		CHECK(b.marks[u].is_closed && !b.marks[s].is_closed);
		CHECK(b.is_ended);
		CHECK_INT(b.known, b.marks[u].known);
		book_release(&b);
	}
}

/* ---- pyalgotrade's tracker ---- */

static struct dec
number(const json_t *v)
{
	struct dec out = {0};

	if (dec_from_double(json_number_value(v), 15, &out) != 0)
		check_failed = 1;
	return out;
}

static void
check_step(struct book *b, const json_t *step)
{
	const char *op = json_string_value(json_object_get(step, "op"));
	double want = json_number_value(json_object_get(step, "result"));
	struct position *p = &b->positions[0];
	struct money fee, pnl = p->realized, more;
	int is_sell = strcmp(op, "sell") == 0;

	if (is_sell || strcmp(op, "buy") == 0) {
		struct dec qty = number(json_object_get(step, "qty"));

		money_from_dec(number(json_object_get(step, "commission")),
		    &fee);
		trade(b, 0, is_sell ? dec_neg(qty) : qty,
		    number(json_object_get(step, "price")), fee);
	} else if (strcmp(op, "getAvgPrice") == 0) {
		CHECK(fabs(dec_to_double(position_average(p)) - want) < 1e-9);
	} else if (strcmp(op, "getPosition") == 0) {
		CHECK(dec_to_double(p->qty) == want);
	} else if (strcmp(op, "getPnL") == 0) {
		p->has_mark = json_is_number(json_object_get(step, "price"));
		p->mark = number(json_object_get(step, "price"));
		CHECK_INT(position_unrealized(p, &more), 0);
		money_add(pnl, more, &pnl);
		if (json_is_true(json_object_get(step,
		    "include_commissions")))
			money_sub(pnl, p->fees, &pnl);
		CHECK(fabs(money_to_double(pnl) - want) < 1e-9);
	}
}

static void
test_recorded(void)
{
	const char *shared = getenv("TAPE_SHARED");
	char path[4096];
	json_t *all, *cases;

	snprintf(path, sizeof path,
	    "%s/golden/public/stats/position_pnl_avg_cost.json",
	    shared != NULL ? shared : "../shared");
	all = json_load_file(path, 0, NULL);
	cases = json_object_get(all, "cases");
	TEST(all != NULL ? "averages and profits are those of pyalgotrade" :
	    "averages and profits are those of pyalgotrade "
	    "# SKIP no ../shared") {
		for (size_t i = 0; i < json_array_size(cases); i++) {
			const json_t *steps = json_object_get(
			    json_array_get(cases, i), "steps");
			struct book b;

			begin(&b, "0");
			book_symbol(&b, "X", 1);
			for (size_t k = 0; k < json_array_size(steps); k++)
				check_step(&b, json_array_get(steps, k));
			book_release(&b);
		}
		CHECK(all == NULL || json_array_size(cases) == 4);
	}
	json_decref(all);
}

int
main(void)
{
	test_hand();
	test_random();
	test_lines();
	test_recorded();
	return check_done();
}
