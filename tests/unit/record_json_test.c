/* SPDX-License-Identifier: MIT */
/* The record parser against JSONTestSuite and against jansson. */
#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/random.h"
#include "record/record.h"
#include "check.h"

/* y_ files that are refused: keys twice, and U+0000. */
static const char *const refused_y[] = { "y_object_duplicated_key.json",
	"y_object_duplicated_key_and_value.json",
	"y_object_escaped_null_in_key.json", "y_string_null_escape.json" };

/* y_ files that hold a line end, which no line can; read with a space. */
static const char *const multiline_y[] = { "y_array_with_1_and_newline.json",
	"y_object_with_newlines.json" };

/* i_ files that are accepted: numbers too small for a double are 0, integers
 * have no limit but that of a double. Everything else is refused: numbers
 * beyond a double, lone surrogates, bad UTF-8, UTF-16, a BOM, 500 levels. */
static const char *const accepted_i[] = { "i_number_double_huge_neg_exp.json",
	"i_number_real_underflow.json", "i_number_too_big_neg_int.json",
	"i_number_too_big_pos_int.json", "i_number_very_big_negative_int.json" };

#define IS_IN(name, list) is_in(name, list, sizeof(list) / sizeof(list)[0])

static int
is_in(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, list[i]) == 0)
			return 1;
	return 0;
}

static int
is_accepted(struct record *r, const char *s, size_t n)
{
	struct record_error e;
	char *exact = malloc(n + 1); /* so that a sanitizer sees its end */
	int ours, theirs;

	memcpy(exact, s, n);
	exact = realloc(exact, n > 0 ? n : 1);
	ours = record_parse(r, exact, n, &e);
	theirs = record_check_json(exact, n);
	if (ours != theirs) {
		check_failed = 1;
		printf("# ours %d, jansson %d (%s): %.*s\n", ours, theirs,
		    ours != 0 ? e.what : "-", (int)(n > 400 ? 400 : n), s);
	}
	if (ours != 0 && (e.column < 1 || e.column > n + 1 || e.what == NULL ||
	    (e.value != NULL && (e.value < exact ||
	    e.value + e.value_len > exact + n)))) {
		check_failed = 1;
		printf("# the error points outside the line: %.*s\n",
		    (int)(n > 400 ? 400 : n), s);
	}
	free(exact);
	return ours == 0;
}

static int
read_file(const char *folder, const char *name, struct buf *b)
{
	char path[4096];
	FILE *file;
	size_t n;
	char *p;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (file == NULL)
		return -1;
	buf_clear(b);
	while ((p = buf_reserve(b, 65536)) != NULL &&
	    (n = fread(p, 1, 65536, file)) > 0)
		b->len += n;
	fclose(file);
	if (b->len > 0 && b->data[b->len - 1] == '\n')
		b->len--;
	return 0;
}

static void
check_file(struct record *r, const char *name, const struct buf *text)
{
	struct buf wrapped = { 0 };
	int want = name[0] == 'y' ? !IS_IN(name, refused_y)
	                          : name[0] == 'i' && IS_IN(name, accepted_i);
	int got;

	buf_add_str(&wrapped, "{\"x\":");
	buf_add(&wrapped, text->data, text->len);
	buf_add_char(&wrapped, '}');
	if (IS_IN(name, multiline_y)) {
		CHECK(!is_accepted(r, wrapped.data, wrapped.len));
		for (size_t i = 0; i < wrapped.len; i++)
			if (wrapped.data[i] == '\n')
				wrapped.data[i] = ' ';
	}
	got = is_accepted(r, wrapped.data, wrapped.len);
	if (got != want) {
		check_failed = 1;
		printf("# %s: got %d, want %d\n", name, got, want);
	}
	got = is_accepted(r, text->data, text->len);
	if (name[0] == 'n')
		CHECK(!got);
	if (name[0] == 'y' && text->data[0] == '{' && want &&
	    !IS_IN(name, multiline_y))
		CHECK(got);
	buf_release(&wrapped);
}

static void
check_suite(struct record *r, char kind, int want_count)
{
	const char *shared = getenv("TAPE_SHARED");
	char folder[2048];
	struct buf text = { 0 };
	struct dirent *entry;
	int count = 0;
	DIR *dir;

	snprintf(folder, sizeof folder,
	    "%s/corpora/json-test-suite/test_parsing",
	    shared != NULL ? shared : "../shared");
	dir = opendir(folder);
	if (dir == NULL) {
		printf("# skipped: no JSONTestSuite in %s\n", folder);
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] != kind)
			continue;
		CHECK(read_file(folder, entry->d_name, &text) == 0);
		check_file(r, entry->d_name, &text);
		count++;
	}
	closedir(dir);
	buf_release(&text);
	CHECK_INT(count, want_count);
}

static const char *const seeds[] = {
	"{\"type\":\"bar\",\"seq\":17,\"time\":\"2024-01-02T00:00:00Z\","
	"\"symbol\":\"GOOG\",\"span\":\"1d\",\"open\":50.05,\"high\":52,"
	"\"low\":-0.5e-3,\"close\":51.5,\"volume\":1e6,\"sma_10\":null}",
	"{\"a\":[1,[2,{\"b\":[],\"c\":{}}],\"x\"],\"b\":true,\"c\":false}",
	"{\"k\\u0061\":\"\\ud83d\\ude00\\n\",\"b\\\"\\\\\":\"\xc3\xa9\xe2\x82\xac"
	"\xf0\x9f\x98\x80\",\"\":0}",
	"{ \"a\" : 1 , \"b\"\t:\t[ 1 , { \"c\" : 2 , \"d\" : 3 } ] } \t\r",
	"{}",
	"{\"n\":[0,-0,1.5,1e308,1e-400,12345678901234567890123]}",
	"{\"a\":{\"a\":{\"a\":{\"a\":1},\"b\":2}},\"aa\":1,\"aaa\":2}",
	"{\"why\":\"close 51.5 > sma_10 50.25 and rsi_14 < 30\",\"rules\":"
	"[\"cross\",\"dip\"],\"strength\":0.25,\"size\":null}",
	"{\"deep\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
};

enum { SEEDS = sizeof seeds / sizeof seeds[0] };

static const char *const pieces[] = { "{", "}", "[", "]", ",", ":", "\"", "\\",
	"\\u0000", "\\u00e9", "\\ud800", "\\udc00", "\"a\":1,", "\"b\":", "0",
	"-", ".", "e", "E+", "9", "1e999", "true", "null", "nul", " ", "\t",
	"\n", "\r", "\x01", "\x7f", "\x80", "\xc3", "\xed\xa0\x80", "\xf4\x90",
	"\xe2\x82\xac", "NaN", "/", "'", "\"a\\u0061\":2,", "[[[[", "]]]]" };

static size_t
below(struct random *rng, size_t n)
{
	return (size_t)random_below(rng, n);
}

static void
replace(struct buf *b, size_t at, size_t cut, const char *s, size_t n)
{
	struct buf out = { 0 };

	buf_add(&out, b->data, at);
	buf_add(&out, s, n);
	buf_add(&out, b->data + at + cut, b->len - at - cut);
	buf_release(b);
	*b = out;
}

static void
mutate(struct random *rng, struct buf *b)
{
	size_t at = below(rng, b->len + 1), rest = b->len - at;
	size_t cut = rest > 0 ? below(rng, rest < 4 ? rest + 1 : 4) : 0;
	const char *piece = pieces[below(rng, sizeof pieces / sizeof *pieces)];
	const char *seed = seeds[below(rng, SEEDS)];
	size_t from = below(rng, strlen(seed));
	char any = (char)below(rng, 256);

	switch (below(rng, 8)) {
	case 0:
		replace(b, at, cut, NULL, 0);
		break;
	case 1:
		replace(b, at, rest > 0, &any, 1);
		break;
	case 2: /* crossover, which makes duplicate keys */
		replace(b, at, cut, seed + from,
		    below(rng, strlen(seed) - from + 1));
		break;
	case 3:
		if (below(rng, 8) == 0)
			b->len = at;
		break;
	default:
		replace(b, at, cut, piece, strlen(piece));
	}
}

/* What was read prints, as it came and anew, to the same JSON. */
static void
check_printed(struct record *r, const struct buf *line)
{
	json_t *want = json_loadb(line->data, line->len,
	    JSON_DECODE_INT_AS_REAL, NULL);
	struct buf out = { 0 };
	struct record_error e;
	json_t *got;

	CHECK(record_parse(r, line->data, line->len, &e) == 0);
	for (int pass = 0; pass < 2; pass++) {
		buf_clear(&out);
		CHECK(record_print(r, &out) == 0);
		got = json_loadb(out.data, out.len, JSON_DECODE_INT_AS_REAL,
		    NULL);
		CHECK(got != NULL && json_equal(want, got));
		CHECK(out.data[out.len - 1] == '\n');
		json_decref(got);
		r->raw = NULL;
		r->nraw = 0;
	}
	json_decref(want);
	buf_release(&out);
}

static void
check_mutations(struct record *r, struct random *rng, int count)
{
	int accepted = 0;

	for (int i = 0; i < count; i++) {
		struct buf b = { 0 };

		buf_add_str(&b, seeds[below(rng, SEEDS)]);
		for (size_t n = below(rng, 4); n < 4; n++)
			mutate(rng, &b);
		if (is_accepted(r, b.data, b.len)) {
			accepted++;
			check_printed(r, &b);
		}
		buf_release(&b);
		if (check_failed)
			return;
	}
	printf("# %d of %d accepted\n", accepted, count);
	CHECK(accepted > count / 50 && accepted < count - count / 50);
}

int
main(void)
{
	struct record r;
	struct random rng = { 20240102 };

	if (record_init(&r) != 0)
		return 1;
	TEST("what JSONTestSuite calls wrong is refused")
		check_suite(&r, 'n', 188);
	TEST("what it calls right is accepted, but for four files")
		check_suite(&r, 'y', 95);
	TEST("what it leaves open is as the table says")
		check_suite(&r, 'i', 35);
	TEST("the seeds of the mutations are legal") {
		for (int i = 0; i < SEEDS; i++)
			CHECK(is_accepted(&r, seeds[i], strlen(seeds[i])));
	}
	TEST("the verdict on 30000 mutations is that of jansson")
		check_mutations(&r, &rng, 30000);
	TEST("every prefix of a line is refused") {
		for (int i = 0; i < SEEDS; i++) {
			size_t end = (size_t)(strrchr(seeds[i], '}') - seeds[i]);

			for (size_t n = 0; n <= end; n++)
				CHECK(!is_accepted(&r, seeds[i], n));
		}
	}
	record_release(&r);
	return check_done();
}
