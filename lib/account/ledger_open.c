/* SPDX-License-Identifier: MIT */
/* Opening a ledger: lock, verify, mend the end (durability rules L2 and L6). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/ledger_file.h"
#include "base/crc32c.h"
#include "stage/stage.h"

static int
parse_hex(const char *s, uint32_t *out)
{
	uint32_t v = 0;

	for (int i = 0; i < 8; i++) {
		char c = s[i];

		if (c >= '0' && c <= '9')
			v = v << 4 | (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v << 4 | (uint32_t)(c - 'a' + 10);
		else
			return -1;
	}
	*out = v;
	return 0;
}

static const char tail[] = "\"crc\":\"01234567\"}";
static const char chain_text[] = "\"prev\":\"01234567\",";

/* Whether the line's own checksum holds; *crc gets it. */
static int
checksum_holds(const char *line, size_t n, uint32_t *crc)
{
	size_t at = n - (sizeof tail - 1);
	uint32_t said;

	if (n < sizeof tail + sizeof chain_text + 12 ||
	    memcmp(line + at, tail, 7) != 0 ||
	    memcmp(line + n - 2, "\"}", 2) != 0 ||
	    parse_hex(line + at + 7, &said) != 0)
		return 0;
	*crc = crc32c(0, line, at);
	return *crc == said;
}

int
ledger_check_line(const char *line, size_t n, uint64_t number, uint32_t prev,
    uint32_t *crc, const char **what)
{
	const char *before = line + n - (sizeof tail - 1) - (sizeof chain_text - 1);
	uint32_t said;
	char head[40];
	int head_len = snprintf(head, sizeof head, "{\"line\":%llu,",
	    (unsigned long long)number);

	*what = "the checksum is wrong, or this is no ledger line";
	if (!checksum_holds(line, n, crc))
		return -1;
	*what = "the line number is wrong (lines are missing, repeated or "
	    "out of order)";
	if (memcmp(line, head, (size_t)head_len) != 0)
		return -1;
	*what = "the line does not follow the one before";
	if (memcmp(before, chain_text, 8) != 0 || parse_hex(before + 8, &said) != 0)
		return -1;
	return said == prev ? 0 : -1;
}

static int
read_whole(struct ledger *l, struct buf *out, struct problem *p)
{
	struct stat st;
	ssize_t n = 1;

	if (fstat(l->fd, &st) != 0)
		return problem_errno(p, "cannot read", l->path);
	if (buf_reserve(out, (size_t)st.st_size + 1) == NULL)
		return problem_set(p, 1, "out of memory");
	while (n > 0 && out->len < (size_t)st.st_size) {
		n = pread(l->fd, out->data + out->len,
		    (size_t)st.st_size - out->len, (off_t)out->len);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return problem_errno(p, "cannot read", l->path);
		else
			out->len += (size_t)n;
	}
	return 0;
}

/* Keeps bytes in PATH.torn.N, the first free N, before they are cut off. */
static int
keep_torn(struct ledger *l, const char *data, size_t n, struct problem *p)
{
	char name[sizeof l->path + 24];
	int fd = -1;

	for (int i = 1; i < 10000 && fd < 0; i++) {
		snprintf(name, sizeof name, "%s.torn.%d", l->path, i);
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
		    O_NOFOLLOW, 0600);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	if (fd < 0)
		return problem_errno(p, "cannot make", name);
	if (write(fd, data, n) != (ssize_t)n || fsync(fd) != 0) {
		close(fd);
		return problem_errno(p, "cannot write", name);
	}
	close(fd);
	return 0;
}

static int
cut(struct ledger *l, uint64_t size, struct problem *p)
{
	if (ftruncate(l->fd, (off_t)size) != 0 || fdatasync(l->fd) != 0)
		return problem_errno(p, "cannot cut", l->path);
	return 0;
}

int
ledger_settle_pending(struct ledger *l, const char **data, size_t *n,
    struct problem *p)
{
	struct buf *old = &l->pending;
	int rc = 0;

	if (old->len <= *n && memcmp(old->data, *data, old->len) == 0) {
		*data += old->len;
		*n -= old->len;
		l->size += old->len;
	} else {
		rc = keep_torn(l, old->data, old->len, p);
		if (rc == 0)
			rc = cut(l, l->size, p);
	}
	buf_release(old);
	return rc;
}

/* Whether a good line stands there, at its place or behind damage: a write
 * that was cut off leaves none, so this is damage, not a torn end. */
static int
has_good_line(const char *at, const char *end)
{
	static const char head[] = "{\"line\":";
	uint32_t crc;

	while ((at = memmem(at, (size_t)(end - at), head,
	    sizeof head - 1)) != NULL) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));

		if (nl == NULL)
			return 0;
		if (checksum_holds(at, (size_t)(nl - at), &crc))
			return 1;
		at++;
	}
	return 0;
}

struct scan {
	struct ledger *l;
	const char *base, *at, *end;
	uint64_t lines, committed_lines;
	uint32_t crc, committed_crc;
	const char *committed; /* behind the last batch */
	const char *what;
};

/* Moves over one whole good line; 0: there is none. */
static int
scan_line(struct scan *s, size_t *n)
{
	const char *nl = memchr(s->at, '\n', (size_t)(s->end - s->at));

	s->what = "the line is cut off";
	if (nl == NULL)
		return 0;
	*n = (size_t)(nl - s->at);
	return ledger_check_line(s->at, *n, s->lines + 1, s->crc, &s->crc,
	    &s->what) == 0;
}

static int
scan_lines(struct scan *s, struct problem *p)
{
	struct record r = {0};
	struct record_error e;
	uint32_t good = 0;
	size_t n;

	if (record_init(&r) != 0)
		return problem_set(p, 1, "out of memory");
	while (s->at < s->end && scan_line(s, &n)) {
		if (record_parse(&r, s->at, n, &e) != 0) {
			s->what = e.what;
			break;
		}
		good = s->crc;
		s->lines++;
		s->at += n + 1;
		if (ledger_is_commit(&r)) {
			s->committed = s->at;
			s->committed_lines = s->lines;
			s->committed_crc = s->crc;
		}
	}
	s->crc = good;
	record_release(&r);
	return 0;
}

/* The bytes behind the last good line are torn, or the file is corrupt. */
static int
mend(struct scan *s, struct problem *p)
{
	if (s->at == s->end)
		return 0;
	if (has_good_line(s->at, s->end))
		return problem_set(p, EXIT_INPUT, "%s: line %llu, byte %lld: "
		    "%s (the ledger is corrupt; nothing was changed)",
		    s->l->path, (unsigned long long)s->lines + 1,
		    (long long)(s->at - s->base), s->what);
	if (keep_torn(s->l, s->at, (size_t)(s->end - s->at), p) != 0)
		return -1;
	return cut(s->l, (uint64_t)(s->at - s->base), p);
}

static int
show(struct scan *s, ledger_visit *visit, void *arg, struct problem *p)
{
	struct ledger_reader r;
	struct ledger whole = {.fd = -1};
	int rc;

	/* The bytes are in memory already: they are read as a memory ledger. */
	whole.memory.data = (char *)(uintptr_t)s->base;
	whole.memory.len = (size_t)(s->committed - s->base);
	if (ledger_reader_init(&r, -1, &whole) != 0)
		return problem_set(p, 1, "out of memory");
	rc = ledger_read(&r, s->committed_lines, visit, arg, p);
	ledger_reader_release(&r);
	return rc;
}

static int
load(struct ledger *l, ledger_visit *visit, void *arg, struct problem *p)
{
	struct buf whole = {0};
	struct scan s = {.l = l};
	int rc = read_whole(l, &whole, p);

	s.base = s.at = s.committed = whole.data;
	s.end = s.base + whole.len;
	if (rc == 0)
		rc = scan_lines(&s, p);
	if (rc == 0)
		rc = mend(&s, p);
	if (rc == 0 && s.at > s.committed &&
	    buf_add(&l->pending, s.committed, (size_t)(s.at - s.committed)))
		rc = problem_set(p, 1, "out of memory");
	l->lines = s.committed_lines;
	l->crc = s.committed_crc;
	l->size = (uint64_t)(s.committed - s.base);
	if (rc == 0)
		rc = show(&s, visit, arg, p);
	buf_release(&whole);
	return rc;
}

/* A file that was just made is only there for good when its folder is on the
 * disk too. */
static int
sync_folder(const char *path, struct problem *p)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');
	size_t n = slash != NULL ? (size_t)(slash - path) : 0;
	int fd, rc;

	if (n >= sizeof folder)
		return problem_set(p, EXIT_USAGE, "the path is too long '%s'",
		    path);
	memcpy(folder, path, n);
	folder[n] = '\0';
	fd = open(slash == NULL ? "." : n == 0 ? "/" : folder,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return problem_errno(p, "cannot open", folder);
	rc = fsync(fd);
	close(fd);
	return rc == 0 ? 0 : problem_errno(p, "cannot sync", folder);
}

int
ledger_open(struct ledger *l, const char *path, int is_synced,
    ledger_visit *visit, void *arg, struct problem *p)
{
	ledger_init_memory(l);
	l->is_synced = is_synced;
	snprintf(l->path, sizeof l->path, "%s", path);
	l->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (l->fd < 0)
		return problem_errno(p, "cannot open", path);
	if (flock(l->fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			problem_set(p, EXIT_BUSY, "the account is busy: "
			    "another pipeline writes '%s' (try again when it "
			    "has ended)", path);
		else
			problem_errno(p, "cannot lock", path);
		return -1;
	}
	if (is_synced && sync_folder(path, p) != 0)
		return -1;
	return load(l, visit, arg, p);
}
