/* SPDX-License-Identifier: MIT */
/* Reads TZif files, RFC 8536. */
#include "base/tzif.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TZIF_FOLDER "/usr/share/zoneinfo/"

enum { FILE_MAX = 1 << 20, HEADER = 44 };

struct reader {
	const unsigned char *p, *end;
};

/* The counts of a TZif header, in the file's order. */
struct counts {
	uint32_t isut, isstd, leap, time, type, abbrev;
};

/* A big-endian signed number of 4 or 8 bytes. */
static int64_t
read_be(const unsigned char *p, size_t size)
{
	uint64_t v = 0;

	for (size_t i = 0; i < size; i++)
		v = v << 8 | p[i];
	return size == 4 ? (int32_t)(uint32_t)v : (int64_t)v;
}

static int
read_header(struct reader *r, struct counts *c, int *version)
{
	uint32_t *field[] = { &c->isut, &c->isstd, &c->leap, &c->time,
		&c->type, &c->abbrev };

	if (r->end - r->p < HEADER || memcmp(r->p, "TZif", 4) != 0)
		return -1;
	*version = r->p[4] == 0 ? 1 : r->p[4] - '0';
	for (size_t i = 0; i < 6; i++) {
		*field[i] = (uint32_t)read_be(r->p + 20 + 4 * i, 4);
		if (*field[i] > FILE_MAX)
			return -1;
	}
	r->p += HEADER;
	return 0;
}

static size_t
block_size(const struct counts *c, size_t size)
{
	return c->time * (size + 1) + c->type * (size_t)6 + c->abbrev +
	    c->leap * (size + 4) + c->isstd + c->isut;
}

/* Takes the data block whose times have `size` bytes. Files with leap seconds
 * count another time than ours. */
static int
read_block(struct tzif *z, struct reader *r, const struct counts *c,
    size_t size)
{
	const unsigned char *types = r->p + c->time * size;
	const unsigned char *infos = types + c->time;

	if (c->type == 0 || c->leap != 0)
		return -1;
	z->at = calloc(c->time + 1, sizeof(*z->at));
	z->after = calloc(c->time + 1, sizeof(*z->after));
	if (z->at == NULL || z->after == NULL)
		return -1;
	z->first = (int32_t)read_be(infos, 4);
	for (size_t i = 0; i < c->time; i++) {
		if (types[i] >= c->type)
			return -1;
		z->at[i] = read_be(r->p + i * size, size);
		z->after[i] = (int32_t)read_be(infos + 6 * types[i], 4);
		if (i > 0 && z->at[i] <= z->at[i - 1])
			return -1;
	}
	z->count = c->time;
	r->p += block_size(c, size);
	return 0;
}

/* "\nTZ\n" at the end of the file; an empty one says nothing. */
static int
read_footer(struct tzif *z, struct reader *r)
{
	char text[128];
	size_t n = (size_t)(r->end - r->p);

	if (n < 2 || r->p[0] != '\n' || r->end[-1] != '\n' ||
	    n - 2 >= sizeof(text))
		return -1;
	if (n == 2)
		return 0;
	memcpy(text, r->p + 1, n - 2);
	text[n - 2] = '\0';
	z->has_rule = 1;
	return tzrule_parse(text, &z->rule);
}

static int
offsets_are_sane(const struct tzif *z)
{
	int32_t day = 26 * 3600; /* RFC 8536: -24:59:59 to 25:59:59 */

	for (size_t i = 0; i < z->count; i++)
		if (z->after[i] <= -day || z->after[i] >= day)
			return 0;
	return z->first > -day && z->first < day;
}

static int
read_file(struct tzif *z, struct reader r)
{
	struct counts c;
	size_t size = 4;
	int version;

	if (read_header(&r, &c, &version) == -1)
		return -1;
	if (version >= 2) {
		size = 8;
		if ((size_t)(r.end - r.p) < block_size(&c, 4))
			return -1;
		r.p += block_size(&c, 4);
		if (read_header(&r, &c, &version) == -1)
			return -1;
	}
	if ((size_t)(r.end - r.p) < block_size(&c, size) ||
	    read_block(z, &r, &c, size) == -1 || !offsets_are_sane(z))
		return -1;
	return size == 8 ? read_footer(z, &r) : 0;
}

/* The file's bytes, new; NULL with errno. */
static unsigned char *
load(const char *name, size_t *n)
{
	char path[sizeof(TZIF_FOLDER) + TZIF_NAME_MAX];
	unsigned char *data = NULL;
	struct stat st;
	ssize_t got = -1;
	int fd, err;

	snprintf(path, sizeof(path), "%s%s", TZIF_FOLDER, name);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1)
		return NULL;
	errno = ENOENT;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size <= FILE_MAX &&
	    (data = malloc((size_t)st.st_size + 1)) != NULL)
		got = read(fd, data, (size_t)st.st_size);
	err = errno;
	close(fd);
	if (got < 0) {
		free(data);
		errno = err;
		return NULL;
	}
	*n = (size_t)got;
	return data;
}

static int
name_is_safe(const char *s)
{
	const char *allowed = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-./";
	size_t n = strspn(s, allowed);

	return n > 0 && n <= TZIF_NAME_MAX && s[n] == '\0' && *s != '/' &&
	    strstr(s, "..") == NULL;
}

int
tzif_load(struct tzif *z, const char *name)
{
	unsigned char *data;
	size_t n;
	int rc;

	errno = ENOENT;
	if (!name_is_safe(name) || (data = load(name, &n)) == NULL) {
		if (errno == ENOTDIR)
			errno = ENOENT;
		return -1;
	}
	errno = EINVAL;
	rc = read_file(z, (struct reader) { data, data + n });
	free(data);
	return rc;
}

void
tzif_release(struct tzif *z)
{
	free(z->at);
	free(z->after);
	*z = (struct tzif) { 0 };
}

int32_t
tzif_offset(const struct tzif *z, int64_t t)
{
	size_t low = 0, high = z->count, mid;

	/* The first transition after t. */
	while (low < high) {
		mid = low + (high - low) / 2;
		if (z->at[mid] <= t)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == z->count && z->has_rule)
		return tzrule_offset(&z->rule, t);
	return low == 0 ? z->first : z->after[low - 1];
}
