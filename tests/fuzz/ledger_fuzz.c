/* SPDX-License-Identifier: MIT */
/* libFuzzer: any bytes as a ledger file. Opening shows the longest valid
 * prefix, up to its last commit, and either keeps that prefix and moves the
 * rest aside, or refuses and changes nothing. An input that begins with a
 * digit is an edit of a good ledger: the digits say where, the rest what. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "account/ledger.h"
#include "record/named.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static char path[64], torn[80];

static void
require(int holds)
{
	if (!holds)
		abort();
}

static void
remove_files(void)
{
	unlink(path);
	unlink(torn);
}

static void
put_file(const char *data, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	require(fd >= 0 && write(fd, data, n) == (ssize_t)n);
	close(fd);
}

static void
get_file(const char *name, struct buf *out)
{
	char *room = buf_reserve(out, 1 << 16);
	int fd = open(name, O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, room, 1 << 16);

	require(n >= 0);
	out->len += (size_t)n;
	if (fd >= 0)
		close(fd);
}

/* A ledger of a few batches. */
static void
make_good(struct buf *out)
{
	static const char *const types[] = {"ledger", "order", "instant",
	    "order", "request", "report", "instant", "report", "end", NULL};
	struct record r;
	struct ledger l;
	struct problem p;

	ledger_init_memory(&l);
	require(record_init(&r) == 0);
	for (int i = 0; types[i] != NULL; i++) {
		record_make(&r, REC_OTHER);
		require(named_put_str(&r, "type", types[i]) == 0);
		require(named_put_int(&r, "value", i) == 0);
		require(ledger_add(&l, &r, &p) == 0);
		require(ledger_commit(&l, &p) == 0);
	}
	require(buf_add(out, l.memory.data, l.memory.len) == 0);
	record_release(&r);
	ledger_close(&l);
}

static void
make_input(const uint8_t *data, size_t n, struct buf *out)
{
	size_t at = 0, i = 0;

	if (n == 0 || data[0] < '0' || data[0] > '9') {
		require(buf_add(out, data, n) == 0);
		return;
	}
	make_good(out);
	for (; i < n && data[i] >= '0' && data[i] <= '9' && at < 10000; i++)
		at = at * 10 + data[i] - '0';
	at %= out->len + 1;
	if (i < n && data[i] == '!')
		out->len = at;
	for (; i < n && at < out->len; i++, at++)
		out->data[at] = (char)data[i];
	require(buf_add(out, data + i, n - i) == 0);
}

/* The slow way: line by line, as the rule of the ledger has it. */
struct prefix {
	size_t good, committed;
	int lines;
};

static void
find_prefix(const struct buf *in, struct prefix *out)
{
	uint32_t crc = 0, next;
	struct record r;
	struct record_error e;
	const char *what;

	*out = (struct prefix){0};
	require(record_init(&r) == 0);
	for (int number = 1; out->good < in->len; number++) {
		const char *at = in->data + out->good;
		const char *nl = memchr(at, '\n', in->len - out->good);
		size_t n = nl != NULL ? (size_t)(nl - at) : 0;

		if (nl == NULL || ledger_check_line(at, n, (uint64_t)number,
		    crc, &next, &what) != 0 ||
		    record_parse(&r, at, n, &e) != 0)
			break;
		crc = next;
		out->good += n + 1;
		if (ledger_is_commit(&r)) {
			out->committed = out->good;
			out->lines = number;
		}
	}
	record_release(&r);
}

static int
count(void *arg, struct record *r, struct problem *p)
{
	int64_t line = 0;

	(void)p;
	require(named_int(r, "line", &line) == 0 && line == ++*(int *)arg);
	return 0;
}

static int
same(const struct buf *a, const char *data, size_t n)
{
	return a->len == n && (n == 0 || memcmp(a->data, data, n) == 0);
}

static void
check_files(const struct buf *in, const struct prefix *want, int is_open)
{
	struct buf now = {0}, aside = {0};

	get_file(path, &now);
	get_file(torn, &aside);
	if (is_open) {
		require(same(&now, in->data, want->good));
		require(same(&aside, in->data + want->good,
		    in->len - want->good));
	} else {
		require(same(&now, in->data, in->len) && aside.len == 0);
	}
	buf_release(&now);
	buf_release(&aside);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf in = {0};
	struct prefix want;
	struct ledger l;
	struct problem p;
	int shown = 0, rc;

	snprintf(path, sizeof path, "/tmp/ledger-fuzz-%d", (int)getpid());
	snprintf(torn, sizeof torn, "%s.torn.1", path);
	remove_files();
	if (buf_reserve(&in, 1) == NULL)
		return 0;
	make_input(data, n, &in);
	put_file(in.data, in.len);
	find_prefix(&in, &want);
	rc = ledger_open(&l, path, 0, count, &shown, &p);
	require(rc == 0 || p.status == 3);
	require(rc != 0 ? shown == 0 : shown == want.lines &&
	    l.lines == (uint64_t)want.lines && l.size == want.committed);
	check_files(&in, &want, rc == 0);
	ledger_close(&l);
	shown = 0;
	if (rc == 0) {
		require(ledger_open(&l, path, 0, count, &shown, &p) == 0);
		require(shown == want.lines);
		ledger_close(&l);
	}
	remove_files();
	buf_release(&in);
	return 0;
}
