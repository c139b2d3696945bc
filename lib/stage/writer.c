/* SPDX-License-Identifier: MIT */
/* Records to standard output: whole lines, checked writes, flushed when the
 * reader is about to wait and when there is a good deal to write. */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "stage/chain.h"

enum { WRITE_BYTES = 1 << 16 };

/* Tells stages that have a say in it (tbroker's gate) that this may block. */
static void
tell(struct chain *c, int begins)
{
	for (int i = 0; i < c->count; i++)
		if (c->stages[i].desc->writing != NULL)
			c->stages[i].desc->writing(&c->stages[i], begins);
}

static int
write_all(struct chain *c, const char *data, size_t n)
{
	while (n > 0) {
		ssize_t w = write(c->out.fd, data, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0 && errno == EPIPE) {
			c->out.is_broken = 1;
			return -1;
		}
		if (w < 0)
			return stage_fail_errno(&c->stages[c->count - 1],
			    "cannot write", "<stdout>");
		data += w;
		n -= (size_t)w;
	}
	return 0;
}

int
writer_flush(struct chain *c)
{
	struct buf *out = &c->out.out;
	int rc;

	if (c->out.is_broken)
		return -1;
	if (out->len == 0)
		return 0;
	tell(c, 1);
	rc = write_all(c, out->data, out->len);
	tell(c, 0);
	buf_clear(out);
	return rc;
}

static int
flush_if_much(struct chain *c)
{
	return c->out.out.len >= WRITE_BYTES ? writer_flush(c) : 0;
}

int
writer_record(struct chain *c, const struct record *r)
{
	if (record_print(r, &c->out.out) != 0)
		return stage_fail_memory(&c->stages[c->count - 1]);
	return flush_if_much(c);
}

int
stage_write(struct stage *s, const void *data, size_t n)
{
	if (buf_add(&s->chain->out.out, data, n) != 0)
		return stage_fail_memory(s);
	return flush_if_much(s->chain);
}

int
stage_printf(struct stage *s, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = buf_vaddf(&s->chain->out.out, fmt, ap);
	va_end(ap);
	return rc == 0 ? flush_if_much(s->chain) : stage_fail_memory(s);
}

int
stage_flush(struct stage *s)
{
	return writer_flush(s->chain);
}

int
stage_has_reader(struct stage *s)
{
	struct pollfd p = {.fd = s->chain->out.fd};

	if (poll(&p, 1, 0) > 0 && (p.revents & POLLERR))
		s->chain->out.is_broken = 1;
	return !s->chain->out.is_broken;
}
