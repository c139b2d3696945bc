/* SPDX-License-Identifier: MIT */
/* Text: UTF-8, JSON strings, terminals, symbols, near names. */
#include "base/random.h"
#include "base/text.h"
#include "check.h"

static struct buf b;

static const char *
json(const char *s, size_t n)
{
	buf_clear(&b);
	return text_add_json(&b, s, n) == 0 ? buf_str(&b) : "no memory";
}

static const char *
plain(const char *s)
{
	buf_clear(&b);
	return text_add_unescaped(&b, s, strlen(s)) == 0 ? buf_str(&b)
	                                                 : "no memory";
}

static const char *
visible(const char *s, size_t max)
{
	buf_clear(&b);
	return text_add_visible(&b, s, strlen(s), max) == 0 ? buf_str(&b)
	                                                    : "no memory";
}

static void
test_utf8(void)
{
	static const struct {
		const char *s;
		size_t prefix;
	} cases[] = { { "", 0 }, { "abc", 3 }, { "\xc3\xa9", 2 },
		{ "\xe2\x82\xac", 3 }, { "\xf0\x9f\x98\x80", 4 },
		{ "\xf4\x8f\xbf\xbf", 4 }, { "\xef\xbf\xbf", 3 },
		{ "a\x80", 1 }, { "a\xc3", 1 }, { "a\xc0\xaf", 1 },
		{ "a\xc1\xbf", 1 }, { "a\xe0\x9f\xbf", 1 }, { "a\xed\xa0\x80", 1 },
		{ "a\xf0\x8f\xbf\xbf", 1 }, { "a\xf4\x90\x80\x80", 1 },
		{ "a\xf5\x80\x80\x80", 1 }, { "a\xff", 1 }, { "ab\xe2\x82", 2 } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CHECK_INT(text_utf8_prefix(cases[i].s, strlen(cases[i].s)),
		    cases[i].prefix);
}

/* Every character there is passes through, and back. */
static void
test_every_character(void)
{
	char text[16], want[8];
	uint32_t code;
	size_t n;

	for (uint32_t c = 1; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		if (c < 0x10000)
			snprintf(text, sizeof text, "\\u%04x", c);
		else
			snprintf(text, sizeof text, "\\u%04x\\u%04x",
			    0xd800 + ((c - 0x10000) >> 10),
			    0xdc00 + ((c - 0x10000) & 0x3ff));
		buf_clear(&b);
		CHECK(text_add_unescaped(&b, text, strlen(text)) == 0);
		n = text_utf8_char(b.data, b.len, &code);
		CHECK(n == b.len && code == c);
		memcpy(want, b.data, n);
		json(want, n);
		buf_str(&b);
		memmove(b.data, b.data + 1, b.len - 1);
		snprintf(text, sizeof text, "%.*s", (int)b.len - 2, b.data);
		buf_clear(&b);
		CHECK(text_add_unescaped(&b, text, strlen(text)) == 0);
		CHECK(b.len == n && memcmp(b.data, want, n) == 0);
		if (check_failed)
			return;
	}
}

static void
test_visible(void)
{
	CHECK_STR(visible("plain \xc3\xa9", 100), "plain \xc3\xa9");
	CHECK_STR(visible("\x1b]0;x\x07\n\x7f", 100),
	    "\\x1b]0;x\\x07\\x0a\\x7f");
	CHECK_STR(visible("a\xc2\x9b" "b", 100), "a\\xc2\\x9bb");
	CHECK_STR(visible("\xe2\x80\xae" "x\xe2\x81\xa6", 100),
	    "\\xe2\\x80\\xaex\\xe2\\x81\\xa6");
	CHECK_STR(visible("\xff\xc3(", 100), "\\xff\\xc3(");
	CHECK_STR(visible("abcdef", 6), "abcdef");
	CHECK_STR(visible("abcdefg", 6), "abcdef...");
	CHECK_STR(visible("abcde\xc3\xa9", 6), "abcde...");
	CHECK_STR(visible("abc", 0), "...");
}

/* No byte of any input reaches the terminal as a control. */
static void
test_visible_random(void)
{
	struct random rng = { 3 };
	char text[40];
	uint32_t code;

	for (int round = 0; round < 5000; round++) {
		size_t n = (size_t)random_below(&rng, sizeof text);

		for (size_t i = 0; i < n; i++)
			text[i] = (char)random_below(&rng, 256);
		buf_clear(&b);
		CHECK(text_add_visible(&b, text, n, 30) == 0);
		CHECK(text_utf8_prefix(b.data, b.len) == b.len);
		for (size_t i = 0; i < b.len;) {
			i += text_utf8_char(b.data + i, b.len - i, &code);
			CHECK(code >= 0x20 && code != 0x7f &&
			    !(code >= 0x80 && code < 0xa0));
		}
	}
}

static void
test_nearest(void)
{
	static const char *const names[] = { "sma", "ema", "macd", "bbands",
		"stochastic", "obv" };
	static const struct {
		const char *s, *want;
	} cases[] = { { "smaa", "sma" }, { "mcad", "macd" },
		{ "band", NULL }, { "bband", "bbands" }, { "stocastik",
		"stochastic" }, { "oba", "obv" }, { "xyz", NULL }, { "", NULL },
		{ "ema", "ema" }, { "stochastics", "stochastic" } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *got = text_nearest(cases[i].s, strlen(cases[i].s),
		    names, sizeof names / sizeof names[0]);

		CHECK_STR(got == NULL ? "-" : got,
		    cases[i].want == NULL ? "-" : cases[i].want);
	}
}

int
main(void)
{
	TEST("a UTF-8 prefix ends before the first bad byte")
		test_utf8();
	TEST("a JSON string escapes what it must and nothing else") {
		CHECK_STR(json("a/b", 3), "\"a/b\"");
		CHECK_STR(json("\"\\\b\f\n\r\t\x01\x1f\x7f", 10),
		    "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
		CHECK_STR(json("\xc3\xa9", 2), "\"\xc3\xa9\"");
		CHECK_STR(json("", 0), "\"\"");
	}
	TEST("bad bytes and NUL become U+FFFD in JSON") {
		CHECK_STR(json("a\xff" "b", 3), "\"a\xef\xbf\xbd" "b\"");
		CHECK_STR(json("a\0b", 3), "\"a\xef\xbf\xbd" "b\"");
		CHECK_STR(json("\xed\xa0\x80", 3),
		    "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
	}
	TEST("escapes are undone") {
		CHECK_STR(plain("a\\\"\\\\\\/\\b\\f\\n\\r\\t"),
		    "a\"\\/\b\f\n\r\t");
		CHECK_STR(plain("\\u0041\\u00E9\\u20ac"),
		    "A\xc3\xa9\xe2\x82\xac");
		CHECK_STR(plain("\\ud83d\\ude00!"), "\xf0\x9f\x98\x80!");
	}
	TEST("every character passes through JSON and back")
		test_every_character();
	TEST("nothing that a terminal acts on stays visible")
		test_visible();
	TEST("nor for any bytes at all")
		test_visible_random();
	TEST("a symbol has 1 to 32 of its characters") {
		CHECK(text_is_symbol("BRK.B", 5));
		CHECK(text_is_symbol("ETH/USD", 7));
		CHECK(text_is_symbol("^GSPC=a_b:c-9", 13));
		CHECK(!text_is_symbol("", 0));
		CHECK(!text_is_symbol("A B", 3));
		CHECK(!text_is_symbol("A\0B", 3));
		CHECK(!text_is_symbol("\xc3\x84", 2));
		CHECK(!text_is_symbol("A,B", 3));
		CHECK(text_is_symbol("12345678901234567890123456789012", 32));
		CHECK(!text_is_symbol("123456789012345678901234567890123", 33));
	}
	TEST("the nearest name is near")
		test_nearest();
	buf_release(&b);
	return check_done();
}
