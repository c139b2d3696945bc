/* SPDX-License-Identifier: MIT */
/* Writing the ledger: batches, the chain of checksums, durable commits. */
#include "account/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "account/ledger_file.h"
#include "base/crc32c.h"

void
ledger_init_memory(struct ledger *l)
{
	memset(l, 0, sizeof *l);
	l->fd = -1;
}

void
ledger_close(struct ledger *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
	buf_release(&l->memory);
	buf_release(&l->batch);
	buf_release(&l->pending);
}

static const struct field *
type_field(const struct record *r)
{
	struct key type = KEY("type");

	return record_find(r, &type);
}

int
ledger_is_commit(const struct record *r)
{
	const struct field *f = type_field(r);

	return f != NULL && (field_is(f, "instant") || field_is(f, "end") ||
	    field_is(f, "ledger"));
}

/* Appends the body as a line; what record_print wrote is cut to its fields. */
static int
add_body(struct buf *b, const struct record *body)
{
	size_t at = b->len;

	if (record_print(body, b) != 0)
		return -1;
	memmove(b->data + at, b->data + at + 1, b->len - at - 1);
	b->len -= 3; /* the brace in front, the one behind, the newline */
	return 0;
}

int
ledger_add(struct ledger *l, const struct record *body, struct problem *p)
{
	struct buf *b = &l->batch;
	uint64_t number = l->lines + l->batch_lines + 1;
	uint32_t prev = l->batch_lines > 0 ? l->batch_crc : l->crc;
	size_t start = b->len;
	int rc = buf_addf(b, "{\"line\":%llu,", (unsigned long long)number);

	rc |= add_body(b, body);
	rc |= buf_addf(b, ",\"prev\":\"%08x\",", prev);
	if (rc != 0)
		return problem_set(p, 1, "out of memory");
	l->batch_crc = crc32c(0, b->data + start, b->len - start);
	l->batch_lines++;
	if (buf_addf(b, "\"crc\":\"%08x\"}\n", l->batch_crc) != 0)
		return problem_set(p, 1, "out of memory");
	return 0;
}

/* Cuts a short write back, so that no half line is left behind. */
static int
undo(struct ledger *l, struct problem *p, int saved)
{
	if (ftruncate(l->fd, (off_t)l->size) != 0 || fdatasync(l->fd) != 0)
		return problem_set(p, 1, "cannot write '%s': %s; and its "
		    "torn end could not be cut off", l->path, strerror(saved));
	return problem_set(p, 1, "cannot write '%s': %s", l->path,
	    strerror(saved));
}

static int
write_file(struct ledger *l, const char *data, size_t n, struct problem *p)
{
	ssize_t w;

	do
		w = pwrite(l->fd, data, n, (off_t)l->size);
	while (w < 0 && errno == EINTR);
	if (w < 0)
		return undo(l, p, errno);
	if ((size_t)w < n) {
		/* A short write tells why on the next try, if anything. */
		ssize_t more = pwrite(l->fd, data + w, n - (size_t)w,
		    (off_t)l->size + w);
		if (more != (ssize_t)(n - (size_t)w))
			return undo(l, p, more < 0 ? errno : ENOSPC);
	}
	return 0;
}

int
ledger_commit(struct ledger *l, struct problem *p)
{
	const char *data = l->batch.data;
	size_t n = l->batch.len;

	if (l->batch_lines == 0)
		return 0;
	if (l->fd < 0) {
		if (buf_add(&l->memory, data, n) != 0)
			return problem_set(p, 1, "out of memory");
	} else {
		if (l->pending.len > 0 &&
		    ledger_settle_pending(l, &data, &n, p) != 0)
			return -1;
		if (write_file(l, data, n, p) != 0)
			return -1;
		/* A failed sync is never tried again: the kernel may have
		 * dropped the pages and the second try would lie. */
		if (l->is_synced && fdatasync(l->fd) != 0)
			return problem_errno(p, "cannot sync", l->path);
	}
	l->size += n;
	l->lines += l->batch_lines;
	l->crc = l->batch_crc;
	l->batch_lines = 0;
	buf_clear(&l->batch);
	return 0;
}
