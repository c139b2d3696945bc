/* SPDX-License-Identifier: MIT */
/* Lines from a descriptor: whole lines, bounded, and everything emitted so far
 * is flushed before the process waits. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stage/chain.h"

enum { LINE_MAX_BYTES = 1 << 20, READ_BYTES = 1 << 17 };

int
reader_init(struct reader *r, int fd)
{
	r->fd = fd;
	r->cap = LINE_MAX_BYTES + READ_BYTES;
	r->data = malloc(r->cap);
	return r->data == NULL ? -1 : record_init(&r->record);
}

void
reader_release(struct reader *r)
{
	free(r->data);
	r->data = NULL;
	record_release(&r->record);
}

/* Waits until fd can be read: 1 yes; 0 the end of input was asked for; -1
 * nobody reads the output any more, or the time is over. */
static int
wait_readable(struct chain *c, int fd, int timeout)
{
	struct pollfd fds[3] = {{.fd = fd, .events = POLLIN},
	    {.fd = c->signals, .events = POLLIN}, {.fd = c->out.fd}};

	for (;;) {
		int n = poll(fds, 3, timeout);
		if (n < 0 && errno == EINTR)
			continue;
		if (n > 0 && (fds[1].revents & POLLIN)) {
			chain_stop(c);
			return 0;
		}
		if (n > 0 && fds[0].revents == 0 && fds[2].revents != 0) {
			if (fds[2].revents & POLLERR) {
				c->out.is_broken = 1;
				return -1;
			}
			fds[2].fd = -1; /* closed: writing will tell */
			continue;
		}
		return n > 0 && fds[0].revents != 0 ? 1 : -1;
	}
}

int
stage_wait(struct stage *s, int fd)
{
	struct chain *c = s->chain;
	int ready = wait_readable(c, fd, 0);

	if (ready >= 0 || c->out.is_broken)
		return ready;
	if (writer_flush(c) != 0)
		return -1;
	for (int i = 0; i < c->count; i++)
		if (c->stages[i].desc->ready != NULL &&
		    c->stages[i].status == EXIT_OK &&
		    c->stages[i].desc->ready(&c->stages[i]) != 0)
			return -1;
	if (writer_flush(c) != 0)
		return -1;
	return wait_readable(c, fd, -1);
}

/* More bytes behind those unread; 0 at the end of input. */
static int
fill(struct chain *c)
{
	struct reader *r = &c->in;
	ssize_t n;

	if (r->start > 0) {
		memmove(r->data, r->data + r->start, r->end - r->start);
		r->end -= r->start;
		r->start = 0;
	}
	switch (stage_wait(&c->stages[0], r->fd)) {
	case -1:
		return -1;
	case 0:
		r->at_eof = 1;
		return 0;
	}
	do
		n = read(r->fd, r->data + r->end, r->cap - r->end);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return stage_fail_errno(&c->stages[0], "cannot read", "<stdin>");
	if (n == 0)
		r->at_eof = 1;
	r->end += (size_t)n;
	return n > 0;
}

/* Passes over the rest of a line that is too long. */
static int
skip_line(struct chain *c)
{
	struct reader *r = &c->in;
	struct stage *s = &c->stages[0];

	if (stage_reject(s, NULL, r->line, 0, "the line is longer than 1 MiB",
	    r->data + r->start, 80) != 0)
		return -1;
	for (;;) {
		char *nl = memchr(r->data + r->start, '\n', r->end - r->start);
		if (nl != NULL) {
			r->start = (size_t)(nl - r->data) + 1;
			return 0;
		}
		r->start = r->end;
		if (r->at_eof)
			return 0;
		if (fill(c) < 0)
			return -1;
	}
}

static void
drop_bom(struct reader *r, const char **line, size_t *n)
{
	if (r->line == 1 && *n >= 3 && memcmp(*line, "\xef\xbb\xbf", 3) == 0) {
		*line += 3;
		*n -= 3;
	}
}

int
reader_line(struct chain *c, const char **line, size_t *n)
{
	struct reader *r = &c->in;
	size_t seen = 0;

	for (;;) {
		size_t have = r->end - r->start;
		char *at = r->data + r->start;
		char *nl = have > seen ?
		    memchr(at + seen, '\n', have - seen) : NULL;

		if (nl == NULL && !r->at_eof && have <= LINE_MAX_BYTES) {
			seen = have;
			if (fill(c) < 0)
				return -1;
			continue;
		}
		/* Half a line is not bad input when the end was asked for. */
		if (nl == NULL && (have == 0 || c->is_stopping))
			return 0;
		r->line++;
		c->stages[0].line = r->line;
		*n = nl != NULL ? (size_t)(nl - at) : have;
		if (*n > LINE_MAX_BYTES) {
			if (skip_line(c) != 0)
				return -1;
			seen = 0;
			continue;
		}
		*line = at;
		r->start += *n + (nl != NULL);
		drop_bom(r, line, n);
		return 1;
	}
}
