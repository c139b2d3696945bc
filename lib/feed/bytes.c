/* SPDX-License-Identifier: MIT */
/* Reads a file, a pipe or memory block by block, and unpacks gzip (RFC 1952). */
#include "feed/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feed/backward.h"
#include "feed/follow.h"
#include "feed/utf16.h"
#include "feed/zip.h"

int
bytes_fail(struct bytes *b, const char *what, int error)
{
	b->what = what;
	b->error = error;
	return -1;
}

static int
open_file(struct bytes *b)
{
	struct stat st;

	b->fd = open(b->path, O_RDONLY | O_CLOEXEC);
	if (b->fd < 0)
		return bytes_fail(b, "cannot open", errno);
	if (fstat(b->fd, &st) < 0)
		return bytes_fail(b, "cannot stat", errno);
	if (S_ISDIR(st.st_mode))
		return bytes_fail(b, "cannot read", EISDIR);
	b->is_regular = S_ISREG(st.st_mode);
	if (b->offset > 0 && (st.st_dev != b->dev || st.st_ino != b->ino))
		return bytes_fail(b, "the file was replaced while it was read", 0);
	b->dev = st.st_dev;
	b->ino = st.st_ino;
	return 0;
}

int
bytes_open(struct bytes *b, const char *path, size_t block, int is_parked)
{
	memset(b, 0, sizeof *b);
	b->path = path;
	b->is_parked = is_parked;
	b->cap = block;
	b->fd = path == NULL ? STDIN_FILENO : -1;
	b->block = malloc(block);
	if (b->block == NULL)
		return bytes_fail(b, "out of memory", ENOMEM);
	return path == NULL ? 0 : open_file(b);
}

int
bytes_open_memory(struct bytes *b, const char *data, size_t n, size_t piece)
{
	memset(b, 0, sizeof *b);
	b->memory = data;
	b->memory_len = n;
	b->piece = piece;
	b->cap = BYTES_BLOCK;
	b->fd = -1;
	b->block = malloc(b->cap);
	return b->block == NULL ? bytes_fail(b, "out of memory", ENOMEM) : 0;
}

static ssize_t
memory_read(struct bytes *b, void *to, size_t n)
{
	if (n > b->memory_len)
		n = b->memory_len;
	if (n > b->piece)
		n = b->piece;
	memcpy(to, b->memory, n);
	b->memory += n;
	b->memory_len -= n;
	return (ssize_t)n;
}

/* 1: read on, 0: the end, -1: stop. */
static int
wait_readable(struct bytes *b)
{
	int ready;

	if (b->is_regular || b->wait == NULL)
		return 1;
	ready = b->wait(b->wait_arg, b->fd);
	return ready < 0 ? bytes_fail(b, NULL, 0) : ready;
}

/* At the end of a file that is followed: read on, 0 the end, -1. */
static ssize_t
read_on(struct bytes *b, void *to, size_t n)
{
	ssize_t got;
	int more;

	do {
		more = follow_wait(b);
		if (more <= 0)
			return more;
		got = pread(b->fd, to, n, b->offset);
	} while (got == 0 || (got < 0 && errno == EINTR));
	return got < 0 ? bytes_fail(b, "cannot read", errno) : got;
}

static void
park(struct bytes *b)
{
	if (!b->is_parked || !b->is_regular || b->path == NULL)
		return;
	close(b->fd);
	b->fd = -1;
}

/* One read of what lies below. */
static ssize_t
raw_read(struct bytes *b, void *to, size_t n)
{
	ssize_t got;
	int ready;

	if (b->at_end)
		return 0;
	if (b->memory != NULL)
		return memory_read(b, to, n);
	if (b->fd < 0 && open_file(b) < 0)
		return -1;
	ready = wait_readable(b);
	if (ready <= 0) {
		b->at_end = 1;
		return ready;
	}
	do
		got = b->is_regular ? pread(b->fd, to, n, b->offset)
		    : read(b->fd, to, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return bytes_fail(b, "cannot read", errno);
	if (got == 0 && b->is_following && b->is_regular && b->path != NULL
	    && (got = read_on(b, to, n)) < 0)
		return -1;
	b->offset += got;
	b->at_end = got == 0;
	park(b);
	return got;
}

static int
start_gzip(struct bytes *b)
{
	b->gz = calloc(1, sizeof *b->gz);
	if (b->gz == NULL)
		return bytes_fail(b, "out of memory", ENOMEM);
	if (inflateInit2(b->gz, 15 + 16) != Z_OK) {
		free(b->gz);
		b->gz = NULL;
		return bytes_fail(b, "out of memory", ENOMEM);
	}
	return 0;
}

/* gzip and zip are told by their magic bytes, whatever the name. */
static int
read_head(struct bytes *b)
{
	ssize_t got;

	b->has_head = 1;
	while (b->len < 4) {
		got = raw_read(b, b->block + b->len, b->cap - b->len);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		b->len += (size_t)got;
	}
	if (b->len < 2)
		return 0;
	if (b->block[0] == 0x1f && b->block[1] == 0x8b)
		return start_gzip(b);
	return zip_begins(b->block, b->len) ? zip_start(b) : 0;
}

int
bytes_refill(struct bytes *b)
{
	ssize_t got = raw_read(b, b->block, b->cap);

	if (got < 0)
		return -1;
	b->at = 0;
	b->len = (size_t)got;
	return got > 0;
}

/* What follows a member: another one, or padding, which is left out as gzip(1)
 * does. 1: go on, 0: the end. */
static int
next_member(struct bytes *b)
{
	int more = 1;

	while (b->at < b->len || (more = bytes_refill(b)) > 0) {
		if (b->block[b->at] == 0x1f) {
			b->gz_done = 0;
			return inflateReset(b->gz) == Z_OK ? 1
			    : bytes_fail(b, "corrupt gzip data", 0);
		}
		if (b->block[b->at] != 0)
			return bytes_fail(b, "bytes that are not gzip after its end",
			    0);
		b->at++;
	}
	return more;
}

static ssize_t
gzip_read(struct bytes *b, char *to, size_t n)
{
	int more, status;
	size_t got;

	for (;;) {
		if (b->gz_done && (more = next_member(b)) <= 0)
			return more;
		if (b->at == b->len) {
			if ((more = bytes_refill(b)) < 0)
				return -1;
			if (more == 0)
				return bytes_fail(b, "the gzip data is cut off", 0);
		}
		b->gz->next_in = b->block + b->at;
		b->gz->avail_in = (uInt)(b->len - b->at);
		b->gz->next_out = (unsigned char *)to;
		b->gz->avail_out = (uInt)n;
		status = inflate(b->gz, Z_NO_FLUSH);
		b->at = b->len - b->gz->avail_in;
		if (status == Z_STREAM_END)
			b->gz_done = 1;
		got = n - b->gz->avail_out;
		if (got == 0 && !b->gz_done && status != Z_OK
		    && status != Z_BUF_ERROR)
			return bytes_fail(b, "corrupt gzip data", 0);
		if (got > 0)
			return (ssize_t)got;
	}
}

ssize_t
bytes_unpack(struct bytes *b, char *to, size_t n)
{
	if (!b->has_head && read_head(b) < 0)
		return -1;
	if (b->zip != NULL)
		return zip_read(b, to, n);
	if (b->gz != NULL)
		return gzip_read(b, to, n);
	if (b->at == b->len)
		return raw_read(b, to, n);
	if (n > b->len - b->at)
		n = b->len - b->at;
	memcpy(to, b->block + b->at, n);
	b->at += n;
	return (ssize_t)n;
}

/* UTF-16 is told by what it begins with. */
static int
read_first(struct bytes *b)
{
	ssize_t got;

	b->has_first = 1;
	while (b->first_n < sizeof b->first) {
		got = bytes_unpack(b, (char *)b->first + b->first_n,
		    sizeof b->first - b->first_n);
		b->is_failed = got < 0;
		if (got <= 0)
			break;
		b->first_n += (size_t)got;
	}
	if (b->is_failed)
		return b->first_n > 0 ? 0 : -1; /* what was read goes first */
	return utf16_begins(b->first, b->first_n) ? utf16_start(b) : 0;
}

ssize_t
bytes_read(struct bytes *b, char *to, size_t n)
{
	if (b->backward != NULL)
		return backward_read(b, to, n);
	if (!b->has_first && read_first(b) < 0)
		return -1;
	if (b->utf16 != NULL)
		return utf16_read(b, to, n);
	if (b->first_at == b->first_n)
		return b->is_failed ? -1 : bytes_unpack(b, to, n);
	if (n > b->first_n - b->first_at)
		n = b->first_n - b->first_at;
	memcpy(to, b->first + b->first_at, n);
	b->first_at += n;
	return (ssize_t)n;
}

int
bytes_are_plain(const struct bytes *b)
{
	return b->is_regular && b->path != NULL && b->gz == NULL
	    && b->zip == NULL && b->utf16 == NULL && b->memory == NULL;
}

const char *
bytes_member(const struct bytes *b)
{
	return b->zip == NULL ? NULL : b->zip->name;
}

void
bytes_close(struct bytes *b)
{
	if (b->gz != NULL)
		inflateEnd(b->gz);
	free(b->gz);
	free(b->zip);
	free(b->utf16);
	backward_free(b->backward);
	if (b->watch > 0)
		close(b->watch);
	free(b->block);
	if (b->path != NULL && b->fd >= 0)
		close(b->fd);
	memset(b, 0, sizeof *b);
	b->fd = -1;
}
