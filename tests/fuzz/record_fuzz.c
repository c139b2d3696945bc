/* SPDX-License-Identifier: MIT */
/* libFuzzer: the record parser gives jansson's verdict on any line, and what
 * it accepts prints, as it came and anew, to the same JSON.
 *   clang -fsanitize=fuzzer,address,undefined ... tests/fuzz/record_fuzz.c */
#include <jansson.h>
#include <stdlib.h>

#include "record/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { JANSSON_FLAGS = JSON_DECODE_INT_AS_REAL };

static void
require(int holds)
{
	if (!holds)
		abort();
}

/* raw is given up for the second round. */
static void
check_print(struct record *r, const char *line, size_t n)
{
	json_t *want = json_loadb(line, n, JANSSON_FLAGS, NULL), *got;
	struct buf out = { 0 };
	struct record again;
	struct record_error e;

	require(record_init(&again) == 0);
	for (int round = 0; round < 2; round++) {
		buf_clear(&out);
		require(record_print(r, &out) == 0);
		got = json_loadb(out.data, out.len, JANSSON_FLAGS, NULL);
		require(got != NULL && json_equal(want, got));
		json_decref(got);
		require(record_parse(&again, out.data, out.len - 1, &e) == 0);
		require(again.n == r->n && again.type == r->type);
		require(record_copy(r, &again) == 0);
		r->raw = NULL;
		r->nraw = 0;
	}
	json_decref(want);
	record_release(&again);
	buf_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *line = (const char *)data;
	struct record_error e = { 0 };
	struct record r;
	int rc;

	require(record_init(&r) == 0);
	rc = record_parse(&r, line, n, &e);
	require(rc == record_check_json(line, n));
	if (rc == 0) {
		check_print(&r, line, n);
	} else {
		require(e.what != NULL && e.column >= 1 && e.column <= n + 1);
		require(e.value == NULL ||
		    (e.value >= line && e.value + e.value_len <= line + n));
	}
	record_release(&r);
	return 0;
}
