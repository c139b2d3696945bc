/* SPDX-License-Identifier: MIT */
/* Unpacks the one member of a zip archive as it streams by (PKWARE's
 * APPNOTE.TXT 6.3, 4.3): local header, data, descriptor. Where the file can be
 * sought, its directory is counted before anything is read. */
#include "feed/zip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STORED = 0, DEFLATED = 8, LOCAL = 30, CENTRAL = 46, LAST = 22,
	LAST_MAX = LAST + 65535, DIRECTORY_MAX = 1 << 20 };

static const char several[] = "the zip archive has several files (fix: "
    "unzip -p FILE MEMBER | tfeed --symbol SYMBOL -)";

static uint32_t
le(const unsigned char *s, int n)
{
	uint32_t v = 0;

	for (int i = n - 1; i >= 0; i--)
		v = v << 8 | s[i];
	return v;
}

int
zip_begins(const unsigned char *s, size_t n)
{
	return n >= 4 && memcmp(s, "PK\3\4", 4) == 0;
}

/* The next n raw bytes; to may be NULL. 1, 0 the end, -1. */
static int
take(struct bytes *b, unsigned char *to, size_t n)
{
	int more;

	for (size_t i = 0; i < n; i++) {
		if (b->at == b->len && (more = bytes_refill(b)) <= 0)
			return more;
		if (to != NULL)
			to[i] = b->block[b->at];
		b->at++;
	}
	return 1;
}

static int
must_take(struct bytes *b, unsigned char *to, size_t n)
{
	int got = take(b, to, n);

	return got == 0 ? bytes_fail(b, "the zip data is cut off", 0)
	    : got < 0 ? -1 : 0;
}

/* Files, folders left out, of a directory that was read whole. */
static int
count_entries(const unsigned char *s, size_t n)
{
	int count = 0;

	while (n >= CENTRAL && memcmp(s, "PK\1\2", 4) == 0) {
		size_t name = le(s + 28, 2);
		size_t all = CENTRAL + name + le(s + 30, 2) + le(s + 32, 2);

		if (all > n)
			break;
		count += name > 0 && s[CENTRAL + name - 1] != '/';
		s += all;
		n -= all;
	}
	return count;
}

static int
read_directory(int fd, off_t at, size_t n)
{
	unsigned char *s = malloc(n + 1);
	int count = 1;

	if (s == NULL)
		return 1;
	if (pread(fd, s, n, at) == (ssize_t)n)
		count = count_entries(s, n);
	free(s);
	return count;
}

/* How many files the archive has; 1 when it cannot be told. */
static int
count_members(int fd)
{
	struct stat st;
	unsigned char *tail = malloc(LAST_MAX);
	off_t from;
	ssize_t n = 0;
	int count = 1;

	if (tail == NULL || fstat(fd, &st) < 0) {
		free(tail);
		return 1;
	}
	from = st.st_size > LAST_MAX ? st.st_size - LAST_MAX : 0;
	n = pread(fd, tail, LAST_MAX, from);
	for (ssize_t i = n - LAST; i >= 0; i--) {
		if (memcmp(tail + i, "PK\5\6", 4) != 0)
			continue;
		if (le(tail + i + 10, 2) > 1
		    && le(tail + i + 12, 4) < DIRECTORY_MAX)
			count = read_directory(fd, le(tail + i + 16, 4),
			    le(tail + i + 12, 4));
		break;
	}
	free(tail);
	return count;
}

static int
read_header(struct bytes *b, struct zip *z)
{
	unsigned char h[LOCAL];
	size_t name, keep;

	if (must_take(b, h, LOCAL) < 0)
		return -1;
	if (h[6] & 1)
		return bytes_fail(b, "the zip archive is encrypted", 0);
	z->has_descriptor = (h[6] & 8) != 0;
	z->method = (int)le(h + 8, 2);
	z->crc_want = le(h + 14, 4);
	z->left = le(h + 18, 4);
	name = le(h + 26, 2);
	keep = name < MEMBER_MAX ? name : MEMBER_MAX - 1;
	if (must_take(b, (unsigned char *)z->name, keep) < 0
	    || must_take(b, NULL, name - keep + le(h + 28, 2)) < 0)
		return -1;
	z->name[keep] = '\0';
	return 0;
}

static int
start_inflate(struct bytes *b)
{
	b->gz = calloc(1, sizeof *b->gz);
	if (b->gz == NULL)
		return bytes_fail(b, "out of memory", ENOMEM);
	if (inflateInit2(b->gz, -15) == Z_OK)
		return 0;
	free(b->gz);
	b->gz = NULL;
	return bytes_fail(b, "out of memory", ENOMEM);
}

/* Folders have no data, so the next header follows at once. */
static int
skip_folders(struct bytes *b, struct zip *z)
{
	do
		if (read_header(b, z) < 0)
			return -1;
	while (z->name[0] != '\0' && z->name[strlen(z->name) - 1] == '/');
	return 0;
}

int
zip_start(struct bytes *b)
{
	struct zip *z = b->zip = calloc(1, sizeof *z);

	if (z == NULL)
		return bytes_fail(b, "out of memory", ENOMEM);
	if (b->is_regular && b->fd >= 0 && count_members(b->fd) > 1)
		return bytes_fail(b, several, 0);
	if (skip_folders(b, z) < 0)
		return -1;
	z->crc = (uint32_t)crc32(0, NULL, 0);
	if (z->method == DEFLATED)
		return start_inflate(b);
	if (z->method != STORED || z->has_descriptor)
		return bytes_fail(b, "the zip archive is packed in a way that "
		    "is not known (fix: unzip -p FILE | tfeed --symbol SYMBOL "
		    "-)", 0);
	return 0;
}

/* The descriptor, then the directory; another member is one too many. */
static int
finish(struct bytes *b, struct zip *z)
{
	unsigned char d[16] = { 0 };
	int got;

	z->is_done = 1;
	if (z->has_descriptor) {
		if (must_take(b, d, 12) < 0)
			return -1;
		z->crc_want = le(d, 4);
		if (memcmp(d, "PK\7\10", 4) == 0) {
			z->crc_want = le(d + 4, 4);
			if (must_take(b, d, 4) < 0)
				return -1;
		}
	}
	if (z->crc != z->crc_want)
		return bytes_fail(b, "corrupt zip data", 0);
	got = take(b, d, 4);
	if (got < 0)
		return -1;
	return got > 0 && zip_begins(d, 4) ? bytes_fail(b, several, 0) : 0;
}

static ssize_t
stored_read(struct bytes *b, struct zip *z, char *to, size_t n)
{
	int more;

	if (z->left == 0)
		return 0;
	if (b->at == b->len && (more = bytes_refill(b)) <= 0)
		return more < 0 ? -1 : bytes_fail(b, "the zip data is cut off",
		    0);
	if (n > b->len - b->at)
		n = b->len - b->at;
	if (n > z->left)
		n = (size_t)z->left;
	memcpy(to, b->block + b->at, n);
	b->at += n;
	z->left -= n;
	return (ssize_t)n;
}

static ssize_t
inflate_read(struct bytes *b, char *to, size_t n)
{
	int status, more;

	b->gz->next_out = (unsigned char *)to;
	b->gz->avail_out = (uInt)n;
	while (!b->gz_done && b->gz->avail_out == n) {
		if (b->at == b->len && (more = bytes_refill(b)) <= 0)
			return more < 0 ? -1 : bytes_fail(b,
			    "the zip data is cut off", 0);
		b->gz->next_in = b->block + b->at;
		b->gz->avail_in = (uInt)(b->len - b->at);
		status = inflate(b->gz, Z_NO_FLUSH);
		b->at = b->len - b->gz->avail_in;
		if (status == Z_STREAM_END)
			b->gz_done = 1;
		else if (status != Z_OK && status != Z_BUF_ERROR
		    && b->gz->avail_out == n)
			return bytes_fail(b, "corrupt zip data", 0);
	}
	return (ssize_t)(n - b->gz->avail_out);
}

ssize_t
zip_read(struct bytes *b, char *to, size_t n)
{
	struct zip *z = b->zip;
	ssize_t got;

	if (z->is_done)
		return 0;
	got = b->gz != NULL ? inflate_read(b, to, n)
	    : stored_read(b, z, to, n);
	if (got == 0)
		return finish(b, z);
	if (got > 0)
		z->crc = (uint32_t)crc32(z->crc, (unsigned char *)to,
		    (uInt)got);
	return got;
}
