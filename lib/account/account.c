/* SPDX-License-Identifier: MIT */
/* Making, opening and leaving an account. */
#include "account/account.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/hex.h"
#include "record/named.h"
#include "stage/stage.h"

static void
account_init(struct account *a)
{
	memset(a, 0, sizeof *a);
	a->gate.fd = -1;
}

int
account_file(const struct account *a, const char *name, char *out, size_t n)
{
	int len = snprintf(out, n, "%s/%s", a->path, name);

	return len > 0 && (size_t)len < n ? 0 : -1;
}

static int
file_of(const struct account *a, const char *name, char *out, size_t n,
    struct problem *p)
{
	if (account_file(a, name, out, n) != 0)
		return problem_set(p, EXIT_USAGE, "the account's path is too "
		    "long '%s'", a->path);
	return 0;
}

/* $XDG_STATE_HOME or ~/.local/state, and below it tape/accounts/NAME. */
static int
named_path(const char *name, char *out, size_t n, struct problem *p)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int len;

	if (strchr(name, '/') != NULL)
		len = snprintf(out, n, "%s", name);
	else if (name[0] == '\0' || name[0] == '.')
		return problem_set(p, EXIT_USAGE, "bad account name '%s'",
		    name);
	else if (state != NULL && state[0] == '/')
		len = snprintf(out, n, "%s/tape/accounts/%s", state, name);
	else if (home != NULL && home[0] == '/')
		len = snprintf(out, n, "%s/.local/state/tape/accounts/%s",
		    home, name);
	else
		return problem_set(p, EXIT_USAGE, "no HOME for the account "
		    "'%s' (give a path: --account ./%s)", name, name);
	return len > 0 && (size_t)len < n ? 0 : problem_set(p, EXIT_USAGE,
	    "the account's path is too long '%s'", name);
}

/* mkdir -p, all of it private to the user. */
static int
make_folders(const char *path, struct problem *p)
{
	char part[4096];
	size_t n = strlen(path);

	if (n >= sizeof part)
		return problem_set(p, EXIT_USAGE, "the path is too long '%s'",
		    path);
	for (size_t i = 1; i <= n; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, 0700) != 0 && errno != EEXIST)
			return problem_errno(p, "cannot make the folder", part);
	}
	return 0;
}

static int
write_key(struct account *a, const char *file, struct problem *p)
{
	char text[2 * KEY_BYTES + 1];
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
	    O_NOFOLLOW, 0600);
	int rc = 0;

	if (fd < 0)
		return problem_errno(p, "cannot make", file);
	hex_print(a->key, KEY_BYTES, text);
	text[2 * KEY_BYTES] = '\n';
	if (write(fd, text, sizeof text) != (ssize_t)sizeof text ||
	    fsync(fd) != 0)
		rc = problem_errno(p, "cannot write", file);
	close(fd);
	return rc;
}

/* The key must be the user's own and nobody else's to read. */
static int
read_key(struct account *a, const char *file, struct problem *p)
{
	char text[2 * KEY_BYTES];
	struct stat st;
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), rc = 0;

	if (fd < 0)
		return problem_errno(p, "cannot open", file);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_uid != geteuid() || (st.st_mode & 077) != 0)
		rc = problem_set(p, EXIT_USAGE, "others may read the key '%s' "
		    "(chmod 600 it)", file);
	else if (read(fd, text, sizeof text) != (ssize_t)sizeof text ||
	    hex_parse(text, KEY_BYTES, a->key) != 0)
		rc = problem_set(p, EXIT_USAGE, "not a key '%s' (64 hex digits)",
		    file);
	close(fd);
	return rc;
}

static int
open_gate(struct account *a, struct problem *p)
{
	char file[4200];

	if (file_of(a, "gate", file, sizeof file, p) != 0)
		return -1;
	return gate_open(&a->gate, file, p);
}

int
account_open_named(struct account *a, const char *name, struct problem *p)
{
	char file[4200];

	account_init(a);
	if (named_path(name, a->path, sizeof a->path, p) != 0 ||
	    make_folders(a->path, p) != 0 ||
	    file_of(a, "key", file, sizeof file, p) != 0)
		return -1;
	if (access(file, F_OK) != 0 && errno == ENOENT) {
		if (getrandom(a->key, KEY_BYTES, 0) != KEY_BYTES)
			return problem_errno(p, "cannot make a key", file);
		if (write_key(a, file, p) != 0)
			return -1;
	}
	return read_key(a, file, p) != 0 ? -1 : open_gate(a, p);
}

static int
make_private_folder(struct account *a, struct problem *p)
{
	const char *dir = getenv("XDG_RUNTIME_DIR");
	char file[4200];

	if (dir == NULL || dir[0] != '/' || access(dir, W_OK) != 0)
		dir = getenv("TMPDIR");
	if (dir == NULL || dir[0] != '/')
		dir = "/tmp";
	snprintf(a->path, sizeof a->path, "%s/tape-XXXXXX", dir);
	if (mkdtemp(a->path) == NULL)
		return problem_errno(p, "cannot make the folder", a->path);
	if (file_of(a, "key", file, sizeof file, p) != 0 ||
	    write_key(a, file, p) != 0)
		return -1;
	return open_gate(a, p);
}

int
account_make_private(struct account *a, const struct buf *secret,
    int in_memory, struct problem *p)
{
	account_init(a);
	a->is_private = 1;
	SHA256((const unsigned char *)secret->data, secret->len, a->key);
	return in_memory ? 0 : make_private_folder(a, p);
}

/* Where the ledger stands: its size and its last bytes, whose checksum covers
 * all before. */
static int
add_ledger_state(const struct account *a, struct buf *b, struct problem *p)
{
	char file[4200], last[64];
	struct stat st;
	ssize_t n = 0;
	int fd;

	if (file_of(a, "ledger", file, sizeof file, p) != 0)
		return -1;
	fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? 0 :
		    problem_errno(p, "cannot open", file);
	if (fstat(fd, &st) == 0 && st.st_size > 0) {
		off_t from = st.st_size > 64 ? st.st_size - 64 : 0;
		n = pread(fd, last, sizeof last, from);
		buf_addf(b, "%lld ", (long long)st.st_size);
	}
	close(fd);
	return n < 0 || buf_add(b, last, (size_t)n) != 0 ?
	    problem_errno(p, "cannot read", file) : 0;
}

int
account_name_session(struct account *a, const struct buf *secret,
    struct problem *p)
{
	struct buf b = {0};
	char seal[SEAL_TEXT];
	int rc = buf_add_str(&b, "session ");

	if (!a->is_private) {
		if (add_ledger_state(a, &b, p) != 0) {
			buf_release(&b);
			return -1;
		}
		gate_forget(&a->gate);
	}
	rc |= buf_add(&b, secret->data, secret->len);
	rc |= account_seal(a, &b, seal);
	buf_release(&b);
	if (rc != 0)
		return problem_set(p, 1, "cannot name the session");
	memcpy(a->session, seal, SESSION_TEXT - 1);
	a->session[SESSION_TEXT - 1] = '\0';
	return 0;
}

int
account_put_session(const struct account *a, struct record *r)
{
	char text[2 * KEY_BYTES + 1] = "";
	int rc;

	record_make(r, REC_SESSION);
	rc = named_put_str(r, "session", a->session);
	rc |= named_put_str(r, "account", a->path);
	rc |= named_put_bool(r, "private", a->is_private);
	if (a->is_private) {
		hex_print(a->key, KEY_BYTES, text);
		rc |= named_put_str(r, "key", text);
	}
	return rc;
}

/* The private account of a live pipe, or a fresh one for a recorded stream. */
static int
open_private(struct account *a, const uint8_t key[KEY_BYTES], int in_memory,
    struct problem *p)
{
	char file[4200];
	struct problem ignored;

	if (a->path[0] != '\0' && file_of(a, "key", file, sizeof file, p) == 0
	    && access(file, R_OK) == 0 && read_key(a, file, &ignored) == 0 &&
	    memcmp(a->key, key, KEY_BYTES) == 0)
		return open_gate(a, p);
	a->path[0] = '\0';
	memcpy(a->key, key, KEY_BYTES);
	return in_memory ? 0 : make_private_folder(a, p);
}

int
account_read_session(struct account *a, struct record *r, int in_memory,
    struct problem *p)
{
	const struct field *f = named_find(r, "private");
	char hex[2 * KEY_BYTES + 1], file[4200];
	uint8_t key[KEY_BYTES];

	account_init(a);
	if (named_copy(r, "session", a->session, sizeof a->session) != 0 ||
	    named_copy(r, "account", a->path, sizeof a->path) != 0 ||
	    f == NULL || field_bool(f, &a->is_private) != 0)
		return problem_set(p, EXIT_INPUT, "a session record lacks "
		    "session, account or private");
	if (!a->is_private) {
		if (file_of(a, "key", file, sizeof file, p) != 0 ||
		    read_key(a, file, p) != 0)
			return -1;
		return open_gate(a, p);
	}
	if (named_copy(r, "key", hex, sizeof hex) != 0 ||
	    strlen(hex) != 2 * KEY_BYTES || hex_parse(hex, KEY_BYTES, key) != 0)
		return problem_set(p, EXIT_INPUT, "a session record lacks its "
		    "key");
	return open_private(a, key, in_memory, p);
}

void
account_close(struct account *a)
{
	if (a->gate.page != NULL)
		gate_close(&a->gate);
	EVP_MAC_CTX_free(a->mac);
	a->mac = NULL;
	explicit_bzero(a->key, KEY_BYTES);
}

void
account_unlink(struct account *a)
{
	static const char *const files[] = {"ledger", "gate", "key"};
	char file[4200];

	if (!a->is_private || a->path[0] == '\0')
		return;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (account_file(a, files[i], file, sizeof file) == 0)
			unlink(file);
	rmdir(a->path);
}

int
account_is_halted(const struct account *a)
{
	char file[4200];

	if (a->is_private)
		return 0;
	if (account_file(a, "KILL", file, sizeof file) != 0)
		return 1;
	return access(file, F_OK) == 0 || errno != ENOENT ||
	    access(a->path, R_OK | X_OK) != 0;
}
