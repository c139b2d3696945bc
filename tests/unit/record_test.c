/* SPDX-License-Identifier: MIT */
/* Records: reading, putting, replacing, copying and printing fields. */
#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/time.h"
#include "check.h"
#include "record/record.h"

static struct buf out;

static int
parse(struct record *r, const char *line)
{
	struct record_error e;

	return record_parse(r, line, strlen(line), &e);
}

static const char *
print(const struct record *r)
{
	buf_clear(&out);
	return record_print(r, &out) == 0 ? buf_str(&out) : "no memory";
}

static const struct field *
find(const struct record *r, const char *name)
{
	struct key k = { name, (uint16_t)strlen(name), 0, 0 };

	return record_find(r, &k);
}

static void
check_error(struct record *r, const char *line, size_t column,
    const char *what, const char *value)
{
	struct record_error e;

	CHECK(record_parse(r, line, strlen(line), &e) == -1);
	CHECK_INT(e.column, column);
	CHECK_STR(e.what, what);
	CHECK_INT(e.value == NULL ? 0 : e.value_len, strlen(value));
	if (e.value != NULL)
		CHECK(memcmp(e.value, value, strlen(value)) == 0 &&
		    e.value >= line && e.value < line + strlen(line));
	CHECK_INT(r->n, 0);
}

static void
test_errors(struct record *r)
{
	check_error(r, "", 1, "the line is empty", "");
	check_error(r, "  ", 1, "the line is empty", "");
	check_error(r, "[1]", 1, "not an object", "");
	check_error(r, "hello", 1, "not an object", "");
	check_error(r, "{\"a\":1,\"bb\":2,\"a\":3}", 16, "duplicate key", "a");
	check_error(r, "{\"a\":1,\"\\u0061\":3}", 9, "duplicate key",
	    "\\u0061");
	check_error(r, "{\"x\":{\"a\":1,\"a\":2}}", 6, "duplicate key inside",
	    "{\"a\":1,\"a\":2}");
	check_error(r, "{\"a\":}", 6, "a value is missing", "");
	check_error(r, "{\"a\":NaN,\"b\":1}", 6, "not a value", "NaN");
	check_error(r, "{\"a\":01}", 6, "not a number", "01");
	check_error(r, "{\"a\":1.}", 6, "not a number", "1.");
	check_error(r, "{\"a\":1e400}", 6, "a number out of range", "1e400");
	check_error(r, "{\"a\" 1}", 6, "a colon is missing", "");
	check_error(r, "{\"a\":1 \"b\":2}", 8, "a comma or a brace is missing",
	    "");
	check_error(r, "{\"a\":1,}", 8, "a key is missing", "");
	check_error(r, "{\"a\":1}}", 8, "text after the object", "");
	check_error(r, "{\"a\":1} x", 9, "text after the object", "");
	check_error(r, "{\"a\":\"\\u0000\"}", 7, "U+0000 in a string",
	    "\\u0000");
	check_error(r, "{\"a\":\"\\ud800\"}", 7, "half a surrogate pair",
	    "\\ud800");
	check_error(r, "{\"a\":\"\\x\"}", 7, "a bad escape in a string", "\\x");
	check_error(r, "{\"a\":\"\xff\"}", 7, "bad UTF-8", "\xff");
	check_error(r, "{\"a\":\"b\tc\"}", 8, "a control character in a string",
	    "\t");
	check_error(r, "{\"a\":[1,2}", 10, "a comma or a bracket is missing",
	    "");
	check_error(r, "{\"type\":\"bar\",\"clo", 19, "the line is cut short", "");
	check_error(r, "{\"a\":{\"b\":1}", 13, "the line is cut short", "");
	check_error(r, "{\"a\":tru", 9, "the line is cut short", "");
	check_error(r, "{\"a\":\"}", 8, "the line is cut short", "");
}

static void
test_limits(struct record *r)
{
	struct buf b = { 0 };
	struct record_error e;

	for (int count = 1024; count <= 1025; count++) {
		buf_clear(&b);
		for (int i = 0; i < count; i++)
			buf_addf(&b, "%c\"k%d\":%d", i == 0 ? '{' : ',', i, i);
		buf_add_char(&b, '}');
		CHECK_INT(record_parse(r, b.data, b.len, &e),
		    count > RECORD_FIELDS_MAX ? -1 : 0);
		CHECK_INT(record_check_json(b.data, b.len),
		    count > RECORD_FIELDS_MAX ? -1 : 0);
	}
	CHECK_STR(e.what, "too many fields");
	for (int depth = 32; depth <= 33; depth++) {
		buf_clear(&b);
		buf_add_str(&b, "{\"x\":");
		for (int i = 0; i < depth; i++)
			buf_add_str(&b, i % 2 ? "[" : "{\"a\":");
		buf_add_str(&b, "0");
		for (int i = depth; i-- > 0;)
			buf_add_str(&b, i % 2 ? "]" : "}");
		buf_add_char(&b, '}');
		CHECK_INT(record_parse(r, b.data, b.len, &e),
		    depth > RECORD_DEPTH_MAX ? -1 : 0);
		CHECK_INT(record_check_json(b.data, b.len),
		    depth > RECORD_DEPTH_MAX ? -1 : 0);
	}
	CHECK_STR(e.what, "nested too deep");
	buf_release(&b);
}

/* What a field reads as, whatever its kind, as text. */
static void
describe(const struct field *f, struct buf *b)
{
	struct buf s = { 0 };
	char money[MONEY_TEXT_MAX];
	int64_t i = 0;
	int digits = 0, flag = 0;
	struct money m;
	struct dec d;
	double x;

	buf_addf(b, "%.*s=", (int)f->key_len, f->key);
	if (field_dec(f, &d) == 0)
		buf_addf(b, " dec %lld %d", (long long)d.m, d.scale);
	if (field_money(f, &m) == 0)
		buf_addf(b, " money %.*s", (int)money_print(m, money), money);
	if (field_real(f, &x) == 0)
		buf_addf(b, " real %a", x);
	if (field_int(f, &i) == 0)
		buf_addf(b, " int %lld", (long long)i);
	if (field_bool(f, &flag) == 0)
		buf_addf(b, " bool %d", flag);
	if (field_time(f, &i, &digits) == 0)
		buf_addf(b, " time %lld %d", (long long)i, digits);
	if (field_string(f, &s) == 0)
		buf_addf(b, " string %zu %.*s", s.len, (int)s.len,
		    s.len > 0 ? s.data : "");
	if (f->kind == F_NULL || f->kind == F_JSON)
		buf_addf(b, " kind %d %.*s", f->kind,
		    f->kind == F_JSON ? (int)f->text_len : 0,
		    f->kind == F_JSON ? f->text : "");
	buf_add_char(b, '\n');
	buf_release(&s);
}

static const char *
describe_all(const struct record *r, struct buf *b)
{
	buf_clear(b);
	buf_addf(b, "type %d, %d fields\n", (int)r->type, r->n);
	for (int i = 0; i < r->n; i++)
		describe(&r->f[i], b);
	return buf_str(b);
}

enum { NAMES = 12 };

static char names[NAMES][8];

static double
random_real(struct random *rng)
{
	uint64_t bits = random_next(rng);
	double x;

	if (random_below(rng, 2))
		return (double)(int64_t)(bits >> 40) / 64 - 1000;
	memcpy(&x, &bits, sizeof x);
	return x;
}

static void
put_text(struct record *r, struct key *k, struct random *rng)
{
	char text[64];
	size_t n = (size_t)random_below(rng, sizeof text);

	for (size_t i = 0; i < n; i++)
		text[i] = (char)(random_below(rng, 4) ? 'a' + i % 26
		                                      : random_below(rng, 256));
	CHECK(record_put_string(r, k, text, n) == 0);
}

static void
put_random(struct record *r, struct key *k, struct random *rng)
{
	static const char *const json[] = { "[]", "{}", "[1,{\"a\":null}]",
		"{\"a\":\"\\u00e9\",\"b\":[true]}" };
	static const char *const numbers[] = { "0", "-1.50", "1e3", "5.0",
		"123456789012345678901", "2.5E-7" };
	int64_t i = (int64_t)random_next(rng) >> random_below(rng, 64);
	struct dec d = dec_int(i);
	struct money m;
	const char *s;

	switch (random_below(rng, 10)) {
	case 0:
		CHECK(record_put_null(r, k) == 0);
		break;
	case 1:
		CHECK(record_put_bool(r, k, i & 1) == 0);
		break;
	case 2:
		CHECK(record_put_int(r, k, i) == 0);
		break;
	case 3:
		d = dec_round(dec_int(i), 0, DEC_DOWN);
		if (d.m % 10 != 0)
			d.scale = (int)random_below(rng, 19);
		CHECK(record_put_dec(r, k, d) == 0);
		break;
	case 4:
		CHECK(money_from_dec(dec_int(i / 4), &m) == 0);
		m.v += i;
		CHECK(record_put_money(r, k, m) == 0);
		break;
	case 5:
		CHECK(record_put_real(r, k, random_real(rng)) == 0);
		break;
	case 6:
		CHECK(record_put_time(r, k, i / 2,
		    (int)random_below(rng, 10)) == 0);
		break;
	case 7:
		s = json[random_below(rng, 4)];
		CHECK(record_put_json(r, k, s, strlen(s)) == 0);
		break;
	case 8:
		s = numbers[random_below(rng, 6)];
		CHECK(record_put_number(r, k, s, strlen(s)) == 0);
		break;
	default:
		put_text(r, k, rng);
	}
}

/* Puts, replaces and copies at random; at every step the record must print
 * to legal JSON that reads back to the same values and bytes. */
static void
test_random(struct random *rng, int rounds)
{
	struct buf line = { 0 }, want = { 0 }, got = { 0 };
	struct record a, b, c;
	struct record_error e;

	CHECK(record_init(&a) == 0 && record_init(&b) == 0 &&
	    record_init(&c) == 0);
	for (int i = 0; i < NAMES; i++)
		snprintf(names[i], sizeof names[i], "k%d", i * i * i);
	for (int round = 0; round < rounds && !check_failed; round++) {
		record_make(&a, (enum record_type)random_below(rng, REC_TYPES));
		for (int step = 0; step < 20; step++) {
			const char *name = names[random_below(rng, NAMES)];
			struct key k = { name, (uint16_t)strlen(name),
				(uint16_t)random_below(rng, 40), 0 };

			put_random(&a, &k, rng);
		}
		buf_clear(&line);
		CHECK(record_print(&a, &line) == 0);
		CHECK(record_check_json(line.data, line.len - 1) == 0);
		CHECK(record_parse(&b, line.data, line.len - 1, &e) == 0);
		CHECK_STR(describe_all(&b, &got), describe_all(&a, &want));
		CHECK(record_copy(&c, random_below(rng, 2) ? &a : &b) == 0);
		CHECK_STR(print(&c), buf_str(&line));
		/* the same puts on a read record and on its copy */
		for (int step = 0; step < 3; step++) {
			const char *name = names[random_below(rng, NAMES)];
			struct key k = { name, (uint16_t)strlen(name), 0, 0 };
			struct random same = *rng;

			put_random(&b, &k, rng);
			put_random(&c, &k, &same);
		}
		CHECK_STR(describe_all(&c, &got), describe_all(&b, &want));
		CHECK(record_copy(&a, &b) == 0);
		buf_clear(&want); /* b still borrows the line */
		CHECK(record_print(&b, &want) == 0);
		CHECK_STR(print(&a), buf_str(&want));
		CHECK_STR(print(&c), buf_str(&want));
	}
	record_release(&a);
	record_release(&b);
	record_release(&c);
	buf_release(&line);
	buf_release(&want);
	buf_release(&got);
}

/* Text that grows while earlier text is borrowed, also as the source. */
static void
test_growing(struct record *r)
{
	static char keys[200][8];
	struct key first = KEY("first"), last = KEY("last");
	const char *s;
	size_t n;

	CHECK(parse(r, "{\"k\\ney\":1,\"a\":\"x\"}") == 0);
	CHECK(record_put_str(r, &first, "the first") == 0);
	for (int i = 0; i < 200; i++) {
		struct key k = { keys[i], 0, 0, 0 };

		k.len = (uint16_t)snprintf(keys[i], sizeof keys[i], "f%d", i);
		CHECK(field_plain(record_find(r, &first), &s, &n) == 0);
		CHECK(record_put_string(r, &k, s, n) == 0);
		CHECK(record_put_field(r, record_find(r, &k)) == 0);
		CHECK(field_is(find(r, keys[i / 2]), "the first"));
	}
	CHECK(field_plain(record_find(r, &first), &s, &n) == 0);
	CHECK(record_put_string(r, &last, s, n) == 0);
	CHECK(field_is(find(r, "first"), "the first"));
	CHECK(field_is(find(r, "last"), "the first"));
	CHECK(find(r, "k\\ney") != NULL);
}

static void
test_reading(struct record *r)
{
	int64_t i, ns;
	int digits, flag;
	struct dec d;
	struct money m;
	double x;

	CHECK(parse(r, "{\"i\":5,\"f\":5.0,\"e\":5e0,\"h\":5.5,\"s\":\"5\","
	               "\"big\":9223372036854775808,\"min\":-9223372036854775808"
	               ",\"z\":null,\"t\":\"2024-01-02T03:04:05.120Z\",\"b\":true,"
	               "\"m\":123456789012345678901.5}") == 0);
	CHECK(field_int(find(r, "i"), &i) == 0 && i == 5);
	CHECK(field_int(find(r, "f"), &i) == 0 && i == 5);
	CHECK(field_int(find(r, "e"), &i) == 0 && i == 5);
	CHECK(field_int(find(r, "h"), &i) == -1);
	CHECK(field_int(find(r, "s"), &i) == -1);
	CHECK(field_int(find(r, "big"), &i) == -1);
	CHECK(field_int(find(r, "min"), &i) == 0 && i == INT64_MIN);
	CHECK(field_real(find(r, "big"), &x) == 0 && x == 9223372036854775808.0);
	CHECK(field_dec(find(r, "h"), &d) == 0 && d.m == 55 && d.scale == 1);
	CHECK(field_dec(find(r, "z"), &d) == -1);
	CHECK(field_real(find(r, "z"), &x) == -1);
	CHECK(field_dec(find(r, "m"), &d) == -1);
	CHECK(field_money(find(r, "m"), &m) == 0);
	CHECK(field_bool(find(r, "b"), &flag) == 0 && flag == 1);
	CHECK(field_bool(find(r, "i"), &flag) == -1);
	CHECK(field_time(find(r, "t"), &ns, &digits) == 0);
	CHECK_INT(ns, 1704164645120000000);
	CHECK_INT(digits, 3);
	CHECK(field_time(find(r, "s"), &ns, NULL) == -1);
	CHECK(field_time(find(r, "i"), &ns, NULL) == -1);
}

static void
test_made(struct record *r)
{
	struct key t = KEY("t"), x = KEY("x"), m = KEY("m"), s = KEY("s"),
	           d = KEY("d"), n = KEY("n"), b = KEY("b"), i = KEY("i");
	struct money money = { -(int128)1500000000000000000 };

	record_make(r, REC_ORDER);
	CHECK(record_put_time(r, &t, 1704164645129999999, 2) == 0);
	CHECK(record_put_real(r, &x, 0.1) == 0);
	CHECK(record_put_money(r, &m, money) == 0);
	CHECK(record_put_string(r, &s, "a\"\xff\n", 4) == 0);
	CHECK(record_put_dec(r, &d, (struct dec){ 105, 1 }) == 0);
	CHECK(record_put_real(r, &n, NAN) == 0);
	CHECK(record_put_bool(r, &b, 7) == 0);
	CHECK(record_put_int(r, &i, INT64_MIN) == 0);
	CHECK_STR(print(r),
	    "{\"type\":\"order\",\"t\":\"2024-01-02T03:04:05.12Z\",\"x\":0.1,"
	    "\"m\":-1.5,\"s\":\"a\\\"\xef\xbf\xbd\\n\",\"d\":10.5,\"n\":null,"
	    "\"b\":true,\"i\":-9223372036854775808}\n");
	CHECK(record_put_time(r, &t, TIME_NONE, 0) == 0);
	CHECK(find(r, "t")->kind == F_NULL);
	CHECK(record_put_time(r, &t, -1, 0) == 0);
	CHECK_INT(find(r, "t")->v.i, -TIME_SECOND);
}

static void
test_splicing(struct record *r)
{
	struct key a = KEY("a"), b = KEY("b"), z = KEY("z");

	CHECK(parse(r, " { \"a\" : 1.50 ,\"b\":\"\\u0041\" } \t\r") == 0);
	CHECK_STR(print(r), " { \"a\" : 1.50 ,\"b\":\"\\u0041\" }\n");
	CHECK(record_put_int(r, &z, 2) == 0);
	CHECK_STR(print(r), " { \"a\" : 1.50 ,\"b\":\"\\u0041\" ,\"z\":2}\n");
	CHECK(record_put_str(r, &z, "two") == 0);
	CHECK_STR(print(r),
	    " { \"a\" : 1.50 ,\"b\":\"\\u0041\" ,\"z\":\"two\"}\n");
	CHECK(field_is(record_find(r, &b), "A"));
	CHECK(record_put_bool(r, &b, 0) == 0);
	CHECK_STR(print(r), "{\"a\":1.50,\"b\":false,\"z\":\"two\"}\n");
	CHECK(parse(r, "{ }") == 0);
	CHECK_STR(print(r), "{ }\n");
	CHECK(record_put_null(r, &a) == 0);
	CHECK_STR(print(r), "{ \"a\":null}\n");
	CHECK(parse(r, "{\"\\u0062\":1,\"q\\u0022\\/\":2}") == 0);
	CHECK(record_put_int(r, &b, 3) == 0);
	CHECK_STR(print(r), "{\"b\":3,\"q\\\"/\":2}\n");
}

static void
test_hints(struct record *r)
{
	struct key close = KEY("close"), open = KEY("open");

	CHECK(parse(r, "{\"open\":1,\"x\":0,\"close\":2}") == 0);
	CHECK(record_find(r, &close) == &r->f[2]);
	CHECK_INT(close.hint, 2);
	CHECK(parse(r, "{\"close\":3,\"x\":0,\"cloud\":2}") == 0);
	CHECK(record_find(r, &close) == &r->f[0]);
	CHECK_INT(close.hint, 0);
	close.hint = 900;
	CHECK(record_find(r, &close) == &r->f[0]);
	CHECK(record_find(r, &open) == NULL);
	CHECK(record_put_int(r, &open, 1) == 0);
	CHECK_INT(open.hint, 3);
	CHECK(parse(r, "{}") == 0);
	CHECK(record_find(r, &open) == NULL);
	CHECK(record_find(r, &close) == NULL);
}

static void
test_types(struct record *r)
{
	struct key type = KEY("type");

	for (int t = REC_META; t < REC_TYPES; t++) {
		const char *name = record_type_name((enum record_type)t);

		CHECK_INT(record_type_of(name, strlen(name)), t);
		record_make(r, (enum record_type)t);
		CHECK_INT(r->type, t);
		CHECK(field_is(&r->f[0], name));
	}
	CHECK_INT(record_type_of("bars", 4), REC_OTHER);
	CHECK_INT(record_type_of("", 0), REC_OTHER);
	CHECK(parse(r, "{\"a\":1,\"type\":\"trade\"}") == 0);
	CHECK_INT(r->type, REC_TRADE);
	CHECK(record_put_str(r, &type, "veto") == 0);
	CHECK_INT(r->type, REC_VETO);
	CHECK_STR(print(r), "{\"a\":1,\"type\":\"veto\"}\n");
	CHECK(record_put_null(r, &type) == 0);
	CHECK_INT(r->type, REC_OTHER);
	CHECK(parse(r, "{\"t\\u0079pe\":\"b\\u0061r\"}") == 0);
	CHECK_INT(r->type, REC_BAR);
	CHECK(parse(r, "{\"type\":7}") == 0);
	CHECK_INT(r->type, REC_OTHER);
	CHECK(parse(r, "{\"type\":\"tick\"}") == 0);
	CHECK_INT(r->type, REC_OTHER);
}

/* The copy outlives what it was made from. */
static void
test_copy(void)
{
	static const char text[] =
	    "{\"type\":\"bar\",\"k\\u0065y\":\"v\",\"j\":[1]}";
	char *line = strdup(text);
	char name[] = "put";
	struct key k = { name, 3, 0, 0 };
	struct record a, b;
	struct record_error e;

	CHECK(record_init(&a) == 0 && record_init(&b) == 0);
	CHECK(record_parse(&a, line, strlen(line), &e) == 0);
	CHECK(record_put_str(&a, &k, "value") == 0);
	CHECK(record_copy(&b, &a) == 0);
	record_release(&a);
	memset(line, '#', strlen(line));
	free(line);
	memset(name, '#', 3);
	CHECK_INT(b.type, REC_BAR);
	CHECK_STR(print(&b), "{\"type\":\"bar\",\"k\\u0065y\":\"v\",\"j\":[1],"
	                     "\"put\":\"value\"}\n");
	CHECK(field_is(find(&b, "key"), "v"));
	CHECK(field_is(find(&b, "put"), "value"));
	CHECK(record_copy(&b, &b) == 0);
	CHECK(field_is(find(&b, "put"), "value"));
	record_release(&b);
}

static void
test_put_field(struct record *r)
{
	char line[] = "{\"x\":\"\\n\",\"y\":1.50,\"z\":{\"a\":1},\"w\":null}";
	struct record_error e;
	struct record from;

	CHECK(record_init(&from) == 0);
	CHECK(record_parse(&from, line, strlen(line), &e) == 0);
	record_make(r, REC_REJECT);
	for (int i = 0; i < from.n; i++)
		CHECK(record_put_field(r, &from.f[i]) == 0);
	CHECK(record_put_field(r, &from.f[1]) == 0);
	memset(line, '#', sizeof line);
	record_release(&from);
	CHECK_STR(print(r), "{\"type\":\"reject\",\"x\":\"\\n\",\"y\":1.50,"
	                    "\"z\":{\"a\":1},\"w\":null}\n");
}

static void
test_refused_puts(struct record *r)
{
	static const char *const json[] = { "", "[", "[1", "{\"a\":{}", "[1]]",
		"[1] ", "{\"a\":1,\"a\":2}", "\"s\"", "[1,\n2]", "x" };
	static const char *const numbers[] = { "", "-", "01", "+1", "1.", ".5",
		"nan", "1e999", "null", "[]", "1 ", "0x1" };
	struct key k = KEY("k");

	record_make(r, REC_BAR);
	for (size_t i = 0; i < sizeof json / sizeof *json; i++) {
		errno = 0;
		CHECK(record_put_json(r, &k, json[i], strlen(json[i])) == -1);
		CHECK_INT(errno, EINVAL);
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		CHECK(record_put_number(r, &k, numbers[i],
		    strlen(numbers[i])) == -1);
	CHECK_STR(print(r), "{\"type\":\"bar\"}\n");
	for (int i = 0; i < 2000; i++) {
		char name[8];
		struct field f = { .key = name, .kind = F_BOOL };

		f.key_len = (uint16_t)snprintf(name, sizeof name, "b%d", i);
		CHECK_INT(record_put_field(r, &f), i < 1023 ? 0 : -1);
	}
	CHECK_INT(r->n, RECORD_FIELDS_MAX);
	CHECK(strlen(print(r)) == out.len);
	CHECK(record_check_json(out.data, out.len - 1) == 0);
}

int
main(void)
{
	struct random rng = { 7 };
	struct record r;

	if (record_init(&r) != 0)
		return 1;
	TEST("an error says where, what and the value")
		test_errors(&r);
	TEST("1024 fields and 32 levels are the most")
		test_limits(&r);
	TEST("numbers, times and flags read by kind")
		test_reading(&r);
	TEST("a made record prints its fields in order")
		test_made(&r);
	TEST("new fields are spliced into the line; a replaced one gives it up")
		test_splicing(&r);
	TEST("a hint is checked before it is believed")
		test_hints(&r);
	TEST("the type follows the field")
		test_types(&r);
	TEST("a copy borrows nothing")
		test_copy();
	TEST("a field of another record is put with its key and text")
		test_put_field(&r);
	TEST("text stays where it is looked for while it grows")
		test_growing(&r);
	TEST("what is not JSON cannot be put")
		test_refused_puts(&r);
	TEST("random records read back to the same values and bytes")
		test_random(&rng, 3000);
	record_release(&r);
	buf_release(&out);
	return check_done();
}
