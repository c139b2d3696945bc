/* SPDX-License-Identifier: MIT */
/* Terms of orders: read and put, refused by name, and under the seal. */
#include <stdarg.h>
#include <stdlib.h>

#include "check.h"
#include "order/seal.h"

static int
parse(struct record *r, char *line)
{
	struct record_error e;

	for (char *c = line; *c != '\0'; c++)
		if (*c == '\'')
			*c = '"';
	return record_parse(r, line, strlen(line), &e);
}

static int
read_terms(const char *text, struct terms *t, const char **field)
{
	const char *what;
	char line[1024];
	struct record r;
	int rc;

	snprintf(line, sizeof line, "{'type':'order',%s}", text);
	if (record_init(&r) != 0 || parse(&r, line) != 0)
		abort();
	rc = terms_read(&r, t, field, &what);
	record_release(&r);
	return rc;
}

#define GOOD "'side':'buy','qty':10,'order_type':'market'"

static void
test_refusals(void)
{
	static const struct {
		const char *text, *field;
	} bad[] = {
	    {"'qty':10,'order_type':'market'", "side"},
	    {"'side':'long','qty':10,'order_type':'market'", "side"},
	    {"'side':1,'qty':10,'order_type':'market'", "side"},
	    {"'side':'buy','order_type':'market'", "qty"},
	    {"'side':'buy','qty':0,'order_type':'market'", "qty"},
	    {"'side':'buy','qty':-1,'order_type':'market'", "qty"},
	    {"'side':'buy','qty':'10','order_type':'market'", "qty"},
	    {"'side':'buy','qty':null,'order_type':'market'", "qty"},
	    {"'side':'buy','qty':10", "order_type"},
	    {"'side':'buy','qty':10,'order_type':'Market'", "order_type"},
	    {GOOD ",'tif':'week'", "tif"},
	    {GOOD ",'limit':5", "limit"},
	    {GOOD ",'stop':5", "stop"},
	    {"'side':'buy','qty':10,'order_type':'limit'", "limit"},
	    {"'side':'buy','qty':10,'order_type':'limit','limit':0", "limit"},
	    {"'side':'buy','qty':10,'order_type':'limit','limit':'1'",
	    "limit"},
	    {"'side':'buy','qty':10,'order_type':'limit','limit':5,'stop':5",
	    "stop"},
	    {"'side':'buy','qty':10,'order_type':'stop'", "stop"},
	    {"'side':'buy','qty':10,'order_type':'stop_limit','limit':5",
	    "stop"},
	    {"'side':'buy','qty':10,'order_type':'stop_limit','stop':5",
	    "limit"},
	    {"'side':'buy','qty':10,'order_type':'trail'", "trail"},
	    {GOOD ",'trail':'0%'", "trail"},
	    {GOOD ",'trail':'100%'", "trail"},
	    {GOOD ",'trail':'-5%'", "trail"},
	    {GOOD ",'trail':5", "trail"},
	    {GOOD ",'worst':'x'", "worst"},
	    {GOOD ",'target':'x'", "target"},
	    {GOOD ",'tick':-1", "tick"},
	    {GOOD ",'stop_loss':0", "stop_loss"},
	    {GOOD ",'stop_loss':'3%'", "stop_loss"},
	    {GOOD ",'stop_loss':'-%'", "stop_loss"},
	    {GOOD ",'stop_loss':'--3%'", "stop_loss"},
	    {GOOD ",'take_profit':'+-3%'", "take_profit"},
	    {GOOD ",'take_profit':'+3'", "take_profit"},
	    {GOOD ",'take_profit':-5", "take_profit"},
	    {GOOD ",'max_bars':0", "max_bars"},
	    {GOOD ",'max_bars':1.5", "max_bars"},
	    {GOOD ",'max_bars':1000000", "max_bars"},
	    {GOOD ",'allow':'short,all'", "allow"},
	    {GOOD ",'allow':1", "allow"},
	};

	TEST("a field that is wrong is named") {
		struct terms t;
		const char *field;

		CHECK_INT(read_terms(GOOD, &t, &field), 0);
		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
			field = "none";
			CHECK_INT(read_terms(bad[i].text, &t, &field), -1);
			CHECK_STR(field, bad[i].field);
		}
	}
	TEST("what is left out has its default") {
		struct terms t;
		const char *field;

		CHECK_INT(read_terms(GOOD, &t, &field), 0);
		CHECK_INT(t.tif, TIF_DAY);
		CHECK(!t.has_limit && !t.has_stop && !t.has_worst &&
		    !t.has_target && t.allow == 0 && t.max_bars == 0);
		CHECK(t.stop_loss.kind == EXIT_PRICE_NONE);
	}
}

/* ---- random terms ---- */

static unsigned seed = 5;

static int
chance(int n)
{
	return rand_r(&seed) % n == 0;
}

static struct dec
positive(void)
{
	struct dec v = {0};
	int scale = rand_r(&seed) % 10;
	int64_t m = 1 + rand_r(&seed) % 1000000000;
	struct dec unit = dec_int(1);

	for (int i = 0; i < scale; i++)
		dec_div(unit, dec_int(10), 18, DEC_DOWN, &unit);
	dec_mul(dec_int(m), unit, 18, DEC_HALF_EVEN, &v);
	return v;
}

static struct dec
fraction(void)
{
	struct dec v = {0};

	dec_div(dec_int(1 + rand_r(&seed) % 9999), dec_int(10000), 9,
	    DEC_DOWN, &v);
	return v;
}

static void
random_exit(struct exit_price *e)
{
	e->kind = (unsigned)rand_r(&seed) % 3;
	e->value = (struct dec){0};
	if (e->kind == EXIT_PRICE_AT)
		e->value = positive();
	if (e->kind == EXIT_PRICE_RELATIVE)
		e->value = chance(2) ? fraction() : dec_neg(fraction());
}

static void
random_terms(struct terms *t)
{
	memset(t, 0, sizeof *t);
	t->side = chance(2) ? SIDE_BUY : SIDE_SELL;
	t->type = (enum order_type)(rand_r(&seed) % 5);
	t->tif = (enum tif)(rand_r(&seed) % 7);
	t->qty = positive();
	t->has_limit = t->type == TYPE_LIMIT || t->type == TYPE_STOP_LIMIT;
	t->has_stop = t->type == TYPE_STOP || t->type == TYPE_STOP_LIMIT;
	if (t->has_limit)
		t->limit = positive();
	if (t->has_stop)
		t->stop = positive();
	if ((t->has_worst = chance(2)))
		t->worst = positive();
	if ((t->has_target = chance(2)))
		t->target = chance(2) ? positive() : dec_neg(positive());
	if (t->type == TYPE_TRAIL || chance(3))
		t->trail = fraction();
	if (chance(3))
		t->tick = fraction();
	random_exit(&t->stop_loss);
	random_exit(&t->take_profit);
	if (chance(3))
		t->max_bars = 1 + rand_r(&seed) % 999999;
	t->allow = (unsigned)rand_r(&seed) % 8;
}

static int
same_dec(struct dec a, struct dec b)
{
	return dec_cmp(a, b) == 0;
}

static int
same_exit(const struct exit_price *a, const struct exit_price *b)
{
	return a->kind == b->kind && same_dec(a->value, b->value);
}

static int
same_terms(const struct terms *a, const struct terms *b)
{
	return a->side == b->side && a->type == b->type && a->tif == b->tif &&
	    a->has_limit == b->has_limit && a->has_stop == b->has_stop &&
	    a->has_worst == b->has_worst && a->has_target == b->has_target &&
	    same_dec(a->qty, b->qty) && same_dec(a->target, b->target) &&
	    same_dec(a->limit, b->limit) && same_dec(a->stop, b->stop) &&
	    same_dec(a->worst, b->worst) && same_dec(a->trail, b->trail) &&
	    same_dec(a->tick, b->tick) && a->max_bars == b->max_bars &&
	    a->allow == b->allow && same_exit(&a->stop_loss, &b->stop_loss) &&
	    same_exit(&a->take_profit, &b->take_profit);
}

static void
test_round_trip(void)
{
	TEST("what was put reads back, by way of text") {
		struct record out, in;
		struct buf line = {0};
		struct record_error e;
		const char *field = "", *what;

		if (record_init(&out) != 0 || record_init(&in) != 0)
			abort();
		for (int i = 0; i < 20000 && !check_failed; i++) {
			struct terms t, again;

			random_terms(&t);
			record_make(&out, REC_ORDER);
			CHECK_INT(terms_put(&t, &out), 0);
			buf_clear(&line);
			CHECK_INT(record_print(&out, &line), 0);
			CHECK_INT(record_parse(&in, line.data, line.len - 1,
			    &e), 0);
			CHECK_INT(terms_read(&in, &again, &field, &what), 0);
			CHECK(same_terms(&t, &again));
			if (check_failed)
				printf("# %s %.*s", field, (int)line.len,
				    line.data);
		}
		record_release(&out);
		record_release(&in);
		buf_release(&line);
	}
}

/* ---- seals ---- */

/* A seal is keyed once an account, so another key is another account. */
static struct account good = {.session = "0123456789abcdef",
    .key = {1, 2, 3}}, other_session = {.session = "0123456789abcdee",
    .key = {1, 2, 3}}, other_key = {.session = "0123456789abcdef",
    .key = {1, 2, 4}};
static struct account *account = &good;

static struct sealed
some(const struct terms *t)
{
	return (struct sealed){.id = "s-X-1", .parent = "", .symbol = "X",
	    .strategy = "s", .action = "BUY", .limits = "00ff",
	    .cancels = "a,b", .plan = "3bars cancel", .seq = 7, .known = 5,
	    .terms = t};
}

/* Both seals of it must be like those before only when is_same. */
static void
check_seal(const struct sealed *what, int is_same, const char *name)
{
	static char order[SEAL_TEXT], request[SEAL_TEXT];
	char now[SEAL_TEXT], made[SEAL_TEXT];

	CHECK_INT(seal_order(account, what, now), 0);
	CHECK_INT(seal_request(account, what, "parent", made), 0);
	CHECK_INT(strlen(now), 64);
	CHECK(!seal_equal(now, made));
	if (name == NULL) {
		strcpy(order, now);
		strcpy(request, made);
	}
	CHECK_INT(seal_equal(now, order), is_same);
	CHECK_INT(seal_equal(made, request), is_same);
	if (check_failed && name != NULL)
		printf("# %s\n", name);
}

/* Every field of the terms, as JSON, and one with another value. */
static const struct {
	const char *name, *was, *is;
} changes[] = {
    {"side", "'buy'", "'sell'"}, {"qty", "10", "11"},
    {"target", "10", "-10"}, {"order_type", "'stop_limit'", NULL},
    {"limit", "5.5", "5.6"}, {"stop", "5.2", "5.3"}, {"tif", "'gtc'", "'day'"},
    {"stop_loss", "4", "4.1"}, {"stop_loss", "4", "'-4%'"},
    {"stop_loss", "4", NULL}, {"take_profit", "'+2%'", "'+3%'"},
    {"take_profit", "'+2%'", "'-2%'"}, {"take_profit", "'+2%'", "0.02"},
    {"take_profit", "'+2%'", NULL}, {"trail", "'5%'", "'6%'"},
    {"trail", "'5%'", NULL}, {"max_bars", "3", "4"}, {"max_bars", "3", NULL},
    {"worst", "5.5", "5.4"}, {"worst", "5.5", NULL}, {"tick", "0.01", "0.1"},
    {"tick", "0.01", NULL}, {"allow", "'short'", "'short,margin'"},
    {"allow", "'short'", NULL}, {"target", "10", NULL}, {"target", "10", "0"},
    /* the same value, written otherwise */
    {"qty", "10", "1e1"}, {"qty", "10", "10.000"}, {"limit", "5.5", "5.50"},
    {"take_profit", "'+2%'", "'+2.0%'"}, {"trail", "'5%'", "'5.00%'"},
    {"max_bars", "3", "3.0"},
};

static void
sealed_line(char *out, size_t size, size_t changed)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *v = changes[i].was;
		int is_new = 1;

		for (size_t k = 0; k < i; k++)
			is_new &= strcmp(changes[k].name,
			    changes[i].name) != 0;
		if (!is_new)
			continue;
		if (changed != SIZE_MAX && strcmp(changes[changed].name,
		    changes[i].name) == 0)
			v = changes[changed].is;
		if (v != NULL)
			n += (size_t)snprintf(out + n, size - n,
			    "%s'%s':%s", n > 0 ? "," : "", changes[i].name, v);
	}
}

static void
test_seal(void)
{
	struct terms t, other;
	const char *field;
	char line[1024];

	sealed_line(line, sizeof line, SIZE_MAX);
	TEST("the seal covers every term by its value, not its text") {
		struct sealed what = some(&t);

		CHECK_INT(read_terms(line, &t, &field), 0);
		check_seal(&what, 1, NULL);
		for (size_t i = 0; i < sizeof changes / sizeof *changes;
		    i++) {
			int is_same = i >= sizeof changes / sizeof *changes -
			    6;

			if (strcmp(changes[i].name, "order_type") == 0)
				continue;
			sealed_line(line, sizeof line, i);
			CHECK_INT(read_terms(line, &other, &field), 0);
			what = some(&other);
			check_seal(&what, is_same, changes[i].name);
		}
	}
	TEST("the seal covers the type of the order") {
		struct sealed what;

		for (int type = 0; type < 5; type++) {
			other = t;
			other.type = (enum order_type)type;
			what = some(&other);
			check_seal(&what, other.type == t.type, "type");
		}
	}
	TEST("the seal covers whose it is, and when") {
		struct sealed what = some(&t);

		check_seal(&what, 1, "none");
#define ALTER(member, value)                              \
		what = some(&t);                          \
		what.member = (value);                    \
		check_seal(&what, 0, #member)
		ALTER(id, "s-X-2");
		ALTER(parent, "p");
		ALTER(symbol, "Y");
		ALTER(strategy, "u");
		ALTER(action, "SELL");
		ALTER(limits, "00fe");
		ALTER(cancels, "a");
		ALTER(cancels, "");
		ALTER(plan, "4bars cancel");
		ALTER(seq, 8);
		ALTER(known, 6);
		ALTER(terms, NULL);
#undef ALTER
		what = some(&t);
		account = &other_session;
		check_seal(&what, 0, "session");
		account = &other_key;
		check_seal(&what, 0, "key");
		account = &good;
		check_seal(&what, 1, "none again");
	}
	TEST("a request's mark covers its parent's seal") {
		struct sealed what = some(&t);
		char a[SEAL_TEXT], b[SEAL_TEXT];

		CHECK_INT(seal_request(account, &what, "one", a), 0);
		CHECK_INT(seal_request(account, &what, "two", b), 0);
		CHECK(!seal_equal(a, b));
	}
	TEST("seals are compared whole") {
		CHECK(seal_equal("abc", "abc"));
		CHECK(!seal_equal("abc", "abd"));
		CHECK(!seal_equal("abc", "abcd"));
		CHECK(!seal_equal("abcd", "abc"));
		CHECK(!seal_equal("", "a"));
		CHECK(seal_equal("", ""));
	}
}

static void
test_words(void)
{
	TEST("names of types and times in force read back") {
		static const char *const bad[] = {"", "x", "Market", "markets",
		    "mark"};

		for (int i = 0; i < 5; i++) {
			const char *name = order_type_name((enum order_type)i);

			CHECK_INT(order_type_parse(name, strlen(name)), i);
		}
		for (int i = 0; i < 7; i++) {
			const char *name = tif_name((enum tif)i);

			CHECK_INT(tif_parse(name, strlen(name)), i);
		}
		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
			CHECK_INT(order_type_parse(bad[i], strlen(bad[i])),
			    -1);
			CHECK_INT(tif_parse(bad[i], strlen(bad[i])), -1);
		}
	}
	TEST("permissions come in any order") {
		unsigned allow;

		CHECK_INT(allow_parse("", 0, &allow), 0);
		CHECK_INT(allow, 0);
		CHECK_INT(allow_parse("margin,short", 12, &allow), 0);
		CHECK_INT(allow, ALLOW_SHORT | ALLOW_MARGIN);
		CHECK_INT(allow_parse("short,flip,margin", 17, &allow), 0);
		CHECK_INT(allow, 7);
		CHECK_INT(allow_parse("short,", 6, &allow), 0);
		CHECK_INT(allow_parse("short,,flip", 11, &allow), -1);
		CHECK_INT(allow_parse("all", 3, &allow), -1);
	}
}

int
main(void)
{
	test_refusals();
	test_round_trip();
	test_seal();
	test_words();
	account_close(&good);
	account_close(&other_session);
	account_close(&other_key);
	return check_done();
}
