/* SPDX-License-Identifier: MIT */
/* The table of names: order of arrival, growth, odd names. */
#include "base/table.h"

#include "base/random.h"
#include "check.h"

enum { NAMES = 100000 };

static size_t
name_of(unsigned i, char *buf, size_t size)
{
	return (size_t)snprintf(buf, size, i % 3 ? "SYM%u" : "a-longer-id:%u/x",
	    i * 7);
}

static void
test_many(void)
{
	struct table t = { 0 };
	struct random r = { 1 };
	char name[64];
	int is_new;
	size_t n;

	for (unsigned i = 0; i < NAMES; i++) {
		n = name_of(i, name, sizeof(name));
		CHECK_INT(table_find(&t, name, n), -1);
		CHECK_INT(table_intern(&t, name, n, &is_new), i);
		CHECK_INT(is_new, 1);
	}
	CHECK_INT(t.count, NAMES);
	for (unsigned i = 0; i < NAMES; i++) {
		unsigned k = (unsigned)random_below(&r, NAMES);

		n = name_of(k, name, sizeof(name));
		CHECK_INT(table_find(&t, name, n), k);
		CHECK_STR(table_text(&t, k), name);
		if (i % 2)
			continue;
		CHECK_INT(table_intern(&t, name, n, &is_new), k);
		CHECK_INT(is_new, 0);
		name[n] = '!';
		CHECK_INT(table_find(&t, name, n + 1), -1);
	}
	CHECK_INT(t.count, NAMES);
	table_release(&t);
	CHECK(t.names == NULL && t.count == 0);
	CHECK_INT(table_find(&t, "SYM7", 4), -1);
}

static void
test_odd(void)
{
	struct table t = { 0 };
	char long_name[5000];

	memset(long_name, 'x', sizeof(long_name));
	CHECK_INT(table_find(&t, "", 0), -1);
	CHECK_INT(table_intern(&t, "", 0, NULL), 0);
	CHECK_INT(table_intern(&t, "\0", 1, NULL), 1);
	CHECK_INT(table_intern(&t, "\0\0", 2, NULL), 2);
	CHECK_INT(table_intern(&t, "AB", 1, NULL), 3);
	CHECK_INT(table_intern(&t, "AB", 2, NULL), 4);
	CHECK_INT(table_intern(&t, long_name, sizeof(long_name), NULL), 5);
	CHECK_INT(table_intern(&t, long_name, sizeof(long_name) - 1, NULL), 6);
	CHECK_INT(table_find(&t, "", 0), 0);
	CHECK_INT(table_find(&t, "\0", 1), 1);
	CHECK_INT(table_find(&t, "A", 1), 3);
	CHECK_INT(table_find(&t, long_name, sizeof(long_name)), 5);
	CHECK_STR(table_text(&t, 3), "A");
	CHECK_STR(table_text(&t, 4), "AB");
	table_release(&t);
}

int
main(void)
{
	TEST("names get indices in order of arrival and keep them")
		test_many();
	TEST("empty, binary, prefix and long names are all different")
		test_odd();
	return check_done();
}
