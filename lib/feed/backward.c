/* SPDX-License-Identifier: MIT */
/* Reads a file block by block from its end. A line is what ends with LF;
 * nothing larger than a line and a block is held. */
#include "feed/backward.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feed/lines.h"

enum { BLOCK = 65536 };

struct backward {
	int fd; /* owned; -1: not open now */
	const char *path; /* borrowed: of a file that is closed between reads */
	off_t start, at; /* data[0] is the byte at `at` */
	char *data; /* owned */
	size_t n, cap;
	const char *line; /* being handed out */
	size_t left;
	int needs_lf; /* the file's last line has no end */
};

void
backward_free(struct backward *w)
{
	if (w == NULL)
		return;
	if (w->fd >= 0)
		close(w->fd);
	free(w->data);
	free(w);
}

/* A file that is gone when it is closed. */
static int
open_nameless(struct bytes *b)
{
	const char *dir = getenv("TMPDIR");
	char name[4096];
	int fd;

	snprintf(name, sizeof name, "%s/tape.XXXXXX",
	    dir != NULL && *dir != '\0' ? dir : "/tmp");
	fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0)
		return bytes_fail(b, "cannot make a temporary file to turn",
		    errno);
	unlink(name);
	return fd;
}

static int
write_all(struct bytes *b, int fd, const char *s, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, s, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return bytes_fail(b, "cannot write a temporary file to "
			    "turn", errno);
		s += put;
		n -= (size_t)put;
	}
	return 0;
}

/* What is left of b, unpacked. */
static int
spool(struct bytes *b, struct backward *w)
{
	ssize_t got;

	w->fd = open_nameless(b);
	if (w->fd < 0)
		return -1;
	while ((got = bytes_read(b, w->data, BLOCK)) > 0)
		if (write_all(b, w->fd, w->data, (size_t)got) < 0)
			return -1;
	return got < 0 ? -1 : 0;
}

static int64_t
count_lf(const char *s, size_t n)
{
	const char *end = s + n;
	int64_t count = 0;

	while ((s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
		count++;
		if (++s == end)
			break;
	}
	return count;
}

/* Lines of the whole file, the last one perhaps without an end. */
static int
count_lines(struct bytes *b, struct backward *w, int64_t *lines)
{
	ssize_t got;
	char last = '\n';

	*lines = 0;
	w->at = 0;
	while ((got = pread(w->fd, w->data, BLOCK, w->at)) > 0) {
		*lines += count_lf(w->data, (size_t)got);
		last = w->data[got - 1];
		w->at += got;
	}
	*lines += last != '\n';
	return got < 0 ? bytes_fail(b, "cannot read", errno) : 0;
}

static void
park(struct backward *w)
{
	if (w->path == NULL)
		return;
	close(w->fd);
	w->fd = -1;
}

int
backward_start(struct bytes *b, int is_plain, off_t start, int64_t *lines)
{
	struct backward *w = calloc(1, sizeof *w);
	int rc;

	if (w == NULL || (w->data = malloc(BLOCK)) == NULL) {
		free(w);
		return bytes_fail(b, "out of memory", ENOMEM);
	}
	w->cap = BLOCK;
	w->start = start;
	w->fd = -1;
	if (is_plain) {
		w->fd = open(b->path, O_RDONLY | O_CLOEXEC);
		rc = w->fd < 0 ? bytes_fail(b, "cannot open", errno) : 0;
	} else {
		rc = spool(b, w);
	}
	if (rc == 0)
		rc = count_lines(b, w, lines);
	if (rc < 0) {
		backward_free(w);
		return -1;
	}
	if (is_plain && b->is_parked)
		w->path = b->path;
	park(w);
	b->backward = w;
	return 0;
}

/* Puts the block before in front of what is there. */
static int
prepend(struct bytes *b, struct backward *w)
{
	size_t k = w->at - w->start < BLOCK ? (size_t)(w->at - w->start)
	    : BLOCK;
	ssize_t got;

	if (w->n > LINES_MAX)
		return bytes_fail(b, "a line is longer than 1 MiB", 0);
	if (w->n + k > w->cap) {
		char *data = realloc(w->data, w->n + k);

		if (data == NULL)
			return bytes_fail(b, "out of memory", ENOMEM);
		w->data = data;
		w->cap = w->n + k;
	}
	memmove(w->data + k, w->data, w->n);
	if (w->fd < 0 && (w->fd = open(w->path, O_RDONLY | O_CLOEXEC)) < 0)
		return bytes_fail(b, "cannot open", errno);
	got = pread(w->fd, w->data, k, w->at - (off_t)k);
	park(w);
	if (got != (ssize_t)k)
		return bytes_fail(b, "the file changed while it was read",
		    got < 0 ? errno : 0);
	w->at -= (off_t)k;
	w->n += k;
	return 0;
}

/* Finds the line before: 1, 0 there is none, -1. */
static int
next_line(struct bytes *b, struct backward *w)
{
	const char *lf;

	for (;;) {
		lf = w->n < 2 ? NULL : memrchr(w->data, '\n', w->n - 1);
		if (lf != NULL || w->at == w->start)
			break;
		if (prepend(b, w) < 0)
			return -1;
	}
	if (w->n == 0)
		return 0;
	w->line = lf == NULL ? w->data : lf + 1;
	w->left = w->n - (size_t)(w->line - w->data);
	w->needs_lf = w->line[w->left - 1] != '\n';
	w->n -= w->left;
	return 1;
}

ssize_t
backward_read(struct bytes *b, char *to, size_t n)
{
	struct backward *w = b->backward;
	int got;

	if (w->left == 0 && w->needs_lf) {
		w->needs_lf = 0;
		*to = '\n';
		return 1;
	}
	if (w->left == 0 && (got = next_line(b, w)) <= 0)
		return got;
	if (n > w->left)
		n = w->left;
	memcpy(to, w->line, n);
	w->line += n;
	w->left -= n;
	return (ssize_t)n;
}
