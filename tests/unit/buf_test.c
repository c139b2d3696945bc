/* SPDX-License-Identifier: MIT */
/* The growable buffer. */
#include <stdint.h>

#include "base/buf.h"
#include "check.h"

int
main(void)
{
	struct buf b = { 0 };
	char big[3000];

	TEST("a zeroed buffer is an empty one") {
		CHECK_STR(buf_str(&b), "");
		CHECK_INT(b.len, 0);
	}
	TEST("what is added stands in order") {
		CHECK(buf_add(&b, "ab\0c", 4) == 0);
		CHECK(buf_add_char(&b, 'd') == 0);
		CHECK(buf_add_str(&b, "ef") == 0);
		CHECK(buf_addf(&b, "%d-%s", 42, "x") == 0);
		CHECK_INT(b.len, 11);
		CHECK(memcmp(buf_str(&b), "ab\0cdef42-x", 12) == 0);
	}
	TEST("adding nothing changes nothing") {
		CHECK(buf_add(&b, NULL, 0) == 0);
		CHECK(buf_addf(&b, "%s", "") == 0);
		CHECK_INT(b.len, 11);
	}
	TEST("it grows, also under a format longer than its room") {
		memset(big, 'y', sizeof big - 1);
		big[sizeof big - 1] = '\0';
		buf_clear(&b);
		for (int i = 0; i < 100; i++)
			CHECK(buf_addf(&b, "%s,", big) == 0);
		CHECK_INT(b.len, 100 * sizeof big);
		CHECK(b.data[b.len - 1] == ',' && b.data[0] == 'y');
	}
	TEST("clearing keeps the memory, releasing gives it back") {
		size_t cap = b.cap;

		buf_clear(&b);
		CHECK(b.len == 0 && b.cap == cap && b.data != NULL);
		buf_release(&b);
		CHECK(b.len == 0 && b.cap == 0 && b.data == NULL);
	}
	TEST("what cannot be had leaves the buffer as it was") {
		CHECK(buf_add_str(&b, "abc") == 0);
		CHECK(buf_reserve(&b, SIZE_MAX) == NULL);
		CHECK(buf_reserve(&b, SIZE_MAX / 2) == NULL);
		CHECK_STR(buf_str(&b), "abc");
	}
	buf_release(&b);
	return check_done();
}
