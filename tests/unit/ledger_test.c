/* SPDX-License-Identifier: MIT */
/* The ledger file: what it says, what it survives, what it refuses. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/ledger.h"
#include "check.h"
#include "record/named.h"
#include "stage/stage.h"

enum { BATCHES = 6, IN_BATCH = 3 }; /* and the header: 19 lines and one */

static char folder[] = "/tmp/ledger-test-XXXXXX";
static char path[64], torn[80];
static char whole[8192]; /* the ledger as it was written */
static size_t whole_len;
static size_t ends[32]; /* ends[i]: where line i stops, behind its newline */
static int lines;

/* ---- an independent checksum, bit by bit (RFC 3720, reflected) ---- */

static uint32_t
slow_crc(const char *s, size_t n)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		crc ^= (uint8_t)s[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
	}
	return ~crc;
}

/* ---- files ---- */

static void
put_file(const char *name, const char *data, size_t n)
{
	FILE *f = fopen(name, "w");

	if (f == NULL || fwrite(data, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static size_t
get_file(const char *name, char *out, size_t size)
{
	FILE *f = fopen(name, "r");
	size_t n;

	if (f == NULL)
		return SIZE_MAX;
	n = fread(out, 1, size, f);
	fclose(f);
	return n;
}

static int
is_file(const char *name, const char *data, size_t n)
{
	static char got[1 << 20];

	return get_file(name, got, sizeof got) == n &&
	    memcmp(got, data, n) == 0;
}

static void
start_with(const char *data, size_t n)
{
	unlink(torn);
	unlink(path);
	put_file(path, data, n);
}

/* ---- ledgers ---- */

static int
count_line(void *arg, struct record *r, struct problem *p)
{
	int64_t line = 0;

	(void)p;
	if (named_int(r, "line", &line) != 0 || line != ++*(int *)arg)
		check_failed = 1;
	return 0;
}

static int
add(struct ledger *l, const char *type, int value)
{
	static struct record r;
	struct problem p;

	if (r.f == NULL && record_init(&r) != 0)
		abort();
	record_make(&r, REC_OTHER);
	named_put_str(&r, "type", type);
	named_put_int(&r, "value", value);
	return ledger_add(l, &r, &p);
}

/* The batch number i, with a value that tells one run from another. */
static void
add_batch(struct ledger *l, int i, int value)
{
	if (i == 0) {
		add(l, "ledger", value);
		return;
	}
	for (int k = 1; k < IN_BATCH; k++)
		add(l, "report", value + k);
	add(l, "instant", value);
}

static int
open_ledger(struct ledger *l, int *shown, struct problem *p)
{
	*shown = 0;
	p->text[0] = '\0';
	return ledger_open(l, path, 0, count_line, shown, p);
}

static void
write_whole(void)
{
	struct ledger l;
	struct problem p;
	int shown;

	unlink(path);
	if (open_ledger(&l, &shown, &p) != 0)
		abort();
	for (int i = 0; i <= BATCHES; i++) {
		add_batch(&l, i, 100 * i);
		if (ledger_commit(&l, &p) != 0)
			abort();
	}
	add(&l, "end", 0);
	ledger_commit(&l, &p);
	ledger_close(&l);
	whole_len = get_file(path, whole, sizeof whole);
	for (size_t i = 0; i < whole_len; i++)
		if (whole[i] == '\n')
			ends[++lines] = i + 1;
}

/* How many lines stand before this byte, and how many of them are committed. */
static int
lines_before(size_t at)
{
	int n = 0;

	while (n < lines && ends[n + 1] <= at)
		n++;
	return n;
}

static int
committed_of(int n)
{
	if (n == 0 || n == lines)
		return n;
	return 1 + (n - 1) / IN_BATCH * IN_BATCH;
}

/* Opening a ledger with a torn end of `kept` good bytes and more. */
static void
check_torn(const char *data, size_t n, size_t kept)
{
	struct ledger l;
	struct problem p;
	int shown, had = lines_before(kept), rc;

	start_with(data, n);
	rc = open_ledger(&l, &shown, &p);
	CHECK_INT(rc, 0);
	CHECK_INT(shown, committed_of(had));
	CHECK_INT(l.lines, committed_of(had));
	CHECK_INT(l.pending.len, ends[had] - ends[committed_of(had)]);
	ledger_close(&l);
	CHECK(is_file(path, whole, ends[had]));
	if (n > ends[had])
		CHECK(is_file(torn, data + ends[had], n - ends[had]));
	else
		CHECK(access(torn, F_OK) != 0);
	unlink(torn);
	CHECK_INT(open_ledger(&l, &shown, &p), 0);
	CHECK_INT(shown, committed_of(had));
	ledger_close(&l);
	CHECK(access(torn, F_OK) != 0);
	CHECK(is_file(path, whole, ends[had]));
}

/* Opening must refuse with status 3, name the line and the byte where it
 * begins, and leave everything as it is. */
static void
check_refused(const char *data, size_t n, int line)
{
	struct ledger l;
	struct problem p;
	char where[64];
	int shown;

	start_with(data, n);
	CHECK_INT(open_ledger(&l, &shown, &p), -1);
	ledger_close(&l);
	CHECK_INT(p.status, EXIT_INPUT);
	snprintf(where, sizeof where, ": line %d, byte %zu: ", line,
	    ends[line - 1]);
	CHECK(strstr(p.text, where) != NULL);
	if (check_failed)
		printf("# %s (want %s)\n", p.text, where);
	CHECK_INT(shown, 0);
	CHECK(is_file(path, data, n));
	CHECK(access(torn, F_OK) != 0);
}

/* ---- lines put together otherwise ---- */

static size_t
take_line(char *out, int i)
{
	memcpy(out, whole + ends[i - 1], ends[i] - ends[i - 1]);
	return ends[i] - ends[i - 1];
}

/* The ledger with its lines in the order said; 0 ends it. */
static size_t
arrange(char *out, const int *order)
{
	size_t n = 0;

	for (; *order != 0; order++)
		n += take_line(out + n, *order);
	return n;
}

static void
test_rules(void)
{
	TEST("each line is numbered, chained and checksummed as the rule says") {
		char prev[] = "00000000";

		CHECK_INT(lines, 20);
		for (int i = 1; i <= lines; i++) {
			const char *line = whole + ends[i - 1];
			size_t n = ends[i] - ends[i - 1] - 1;
			size_t covered = n - strlen("\"crc\":\"01234567\"}");
			char want[64];

			snprintf(want, sizeof want, "{\"line\":%d,\"type\":", i);
			CHECK(strncmp(line, want, strlen(want)) == 0);
			snprintf(want, sizeof want, "\"prev\":\"%s\",", prev);
			CHECK(strncmp(line + covered - strlen(want), want,
			    strlen(want)) == 0);
			snprintf(prev, sizeof prev, "%08x",
			    slow_crc(line, covered));
			snprintf(want, sizeof want, "\"crc\":\"%s\"}\n", prev);
			CHECK(strncmp(line + covered, want,
			    strlen(want)) == 0);
		}
	}
	TEST("a ledger in memory has the bytes of one in a file") {
		struct ledger l;
		struct problem p;

		ledger_init_memory(&l);
		for (int i = 0; i <= BATCHES; i++) {
			add_batch(&l, i, 100 * i);
			CHECK_INT(ledger_commit(&l, &p), 0);
		}
		add(&l, "end", 0);
		CHECK_INT(l.memory.len, ends[lines - 1]);
		CHECK_INT(ledger_commit(&l, &p), 0);
		CHECK_INT(l.memory.len, whole_len);
		CHECK(memcmp(l.memory.data, whole, whole_len) == 0);
		ledger_close(&l);
	}
}

static void
test_torn(void)
{
	TEST("a tail torn at any byte is moved aside, and only it") {
		for (size_t n = ends[lines - 3]; n <= whole_len; n++)
			check_torn(whole, n, n);
	}
	TEST("an empty file and a cut first line are a new ledger") {
		check_torn(whole, 0, 0);
		for (size_t n = 1; n < ends[1]; n++)
			check_torn(whole, n, n);
	}
	TEST("a tail of NULs is torn, however long") {
		static const size_t sizes[] = {1, 2, 7, 100, 511, 512, 513,
		    4095, 4096};
		static char data[sizeof whole + 4096];

		memcpy(data, whole, whole_len);
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
			check_torn(data, whole_len + sizes[i], whole_len);
		/* NULs in place of the end of a line, too. */
		memset(data + whole_len - 30, 0, 30);
		check_torn(data, whole_len, ends[lines - 1]);
	}
	TEST("any byte of the last line that flips makes it torn") {
		char data[sizeof whole];

		for (size_t i = ends[lines - 1]; i < whole_len; i++)
			for (int bit = 0; bit < 8; bit += 3) {
				memcpy(data, whole, whole_len);
				data[i] = (char)(data[i] ^ 1 << bit);
				check_torn(data, whole_len, ends[lines - 1]);
			}
	}
	TEST("torn tails are kept under the first free number") {
		struct ledger l;
		struct problem p;
		char name[96];
		int shown;

		for (int i = 1; i <= 3; i++) {
			start_with(whole, whole_len - 1 - (size_t)i);
			for (int k = 1; k < i; k++) {
				snprintf(name, sizeof name, "%s.torn.%d",
				    path, k);
				put_file(name, "old", 3);
			}
			CHECK_INT(open_ledger(&l, &shown, &p), 0);
			ledger_close(&l);
			snprintf(name, sizeof name, "%s.torn.%d", path, i);
			CHECK(is_file(name, whole + ends[lines - 1],
			    whole_len - 1 - (size_t)i - ends[lines - 1]));
		}
		for (int i = 1; i <= 3; i++) {
			snprintf(name, sizeof name, "%s.torn.%d", path, i);
			unlink(name);
		}
	}
}

static void
test_corrupt(void)
{
	TEST("any byte of the middle that flips is refused at its line") {
		char data[sizeof whole];

		for (size_t i = 0; i < ends[lines - 1]; i++) {
			memcpy(data, whole, whole_len);
			data[i] = (char)(data[i] ^ 1 << i % 8);
			check_refused(data, whole_len, lines_before(i) + 1);
		}
	}
	TEST("a line that is gone, doubled, swapped or late is refused") {
		static const int gone[] = {1, 2, 4, 5, 6, 7, 0};
		static const int first_gone[] = {2, 3, 4, 0};
		static const int doubled[] = {1, 2, 3, 3, 4, 0};
		static const int last_doubled[] = {1, 2, 3, 4, 4, 0};
		static const int swapped[] = {1, 3, 2, 4, 0};
		static const int last_swapped[] = {1, 2, 4, 3, 0};
		static const int replayed[] = {1, 2, 3, 4, 2, 3, 4, 0};
		char data[sizeof whole];

		check_refused(data, arrange(data, gone), 3);
		check_refused(data, arrange(data, first_gone), 1);
		check_refused(data, arrange(data, doubled), 4);
		check_refused(data, arrange(data, last_doubled), 5);
		check_refused(data, arrange(data, swapped), 2);
		check_refused(data, arrange(data, last_swapped), 3);
		check_refused(data, arrange(data, replayed), 5);
	}
	TEST("a good line of another ledger is refused, last or not") {
		struct ledger other;
		char data[sizeof whole];
		struct problem p;
		const char *foreign;
		size_t n;

		ledger_init_memory(&other);
		add_batch(&other, 0, 7);
		add(&other, "instant", 1);
		CHECK_INT(ledger_commit(&other, &p), 0);
		foreign = (const char *)memchr(other.memory.data, '\n',
		    other.memory.len) + 1;
		n = (size_t)(other.memory.data + other.memory.len - foreign);
		memcpy(data, whole, ends[1]);
		memcpy(data + ends[1], foreign, n);
		check_refused(data, ends[1] + n, 2);
		memcpy(data + ends[1] + n, whole + ends[2],
		    ends[4] - ends[2]);
		check_refused(data, ends[1] + n + ends[4] - ends[2], 2);
		ledger_close(&other);
	}
	TEST("a line of text in the middle is refused") {
		char data[sizeof whole];
		size_t n = ends[4];

		memcpy(data, whole, n);
		n += (size_t)sprintf(data + n, "{\"type\":\"instant\"}\n");
		memcpy(data + n, whole + ends[4], whole_len - ends[4]);
		check_refused(data, n + whole_len - ends[4], 5);
	}
}

static void
test_batches(void)
{
	struct ledger l;
	struct problem p;
	int shown;

	TEST("a batch cut off by a crash is completed by its repetition") {
		for (int had = 5; had < 7; had++) {
			start_with(whole, ends[had]);
			CHECK_INT(open_ledger(&l, &shown, &p), 0);
			CHECK_INT(l.lines, 4);
			add_batch(&l, 2, 200);
			CHECK_INT(ledger_commit(&l, &p), 0);
			CHECK_INT(l.lines, 7);
			CHECK_INT(l.size, ends[7]);
			add_batch(&l, 3, 300);
			CHECK_INT(ledger_commit(&l, &p), 0);
			ledger_close(&l);
			CHECK(is_file(path, whole, ends[10]));
			CHECK(access(torn, F_OK) != 0);
		}
	}
	TEST("a batch cut off that is decided otherwise is moved aside") {
		start_with(whole, ends[6]);
		CHECK_INT(open_ledger(&l, &shown, &p), 0);
		add_batch(&l, 2, 999);
		CHECK_INT(ledger_commit(&l, &p), 0);
		CHECK_INT(l.lines, 7);
		ledger_close(&l);
		CHECK(is_file(torn, whole + ends[4], ends[6] - ends[4]));
		unlink(torn);
		CHECK_INT(open_ledger(&l, &shown, &p), 0);
		CHECK_INT(shown, 7);
		ledger_close(&l);
		CHECK(access(torn, F_OK) != 0);
	}
	TEST("a batch that is shorter than what was cut off replaces it") {
		start_with(whole, ends[6]);
		CHECK_INT(open_ledger(&l, &shown, &p), 0);
		add(&l, "end", 1);
		CHECK_INT(ledger_commit(&l, &p), 0);
		ledger_close(&l);
		CHECK(is_file(torn, whole + ends[4], ends[6] - ends[4]));
		unlink(torn);
		CHECK_INT(open_ledger(&l, &shown, &p), 0);
		CHECK_INT(shown, 5);
		ledger_close(&l);
	}
	TEST("what was cut off stays when nothing new is added") {
		start_with(whole, ends[6]);
		CHECK_INT(open_ledger(&l, &shown, &p), 0);
		CHECK_INT(ledger_commit(&l, &p), 0);
		ledger_close(&l);
		CHECK(is_file(path, whole, ends[6]));
	}
}

static void
test_system(void)
{
	struct ledger l, second;
	struct problem p;
	int shown;

	TEST("a second writer is told that the account is busy") {
		start_with(whole, whole_len);
		CHECK_INT(open_ledger(&l, &shown, &p), 0);
		CHECK_INT(open_ledger(&second, &shown, &p), -1);
		CHECK_INT(p.status, EXIT_BUSY);
		CHECK_INT(shown, 0);
		ledger_close(&second);
		ledger_close(&l);
		CHECK_INT(open_ledger(&l, &shown, &p), 0);
		ledger_close(&l);
	}
	TEST("a file that cannot grow keeps whole lines only") {
		struct rlimit had, small;

		signal(SIGXFSZ, SIG_IGN);
		getrlimit(RLIMIT_FSIZE, &had);
		for (size_t room = 0; room < ends[7] - ends[4]; room += 37) {
			start_with(whole, ends[4]);
			CHECK_INT(open_ledger(&l, &shown, &p), 0);
			add_batch(&l, 2, 200);
			small = had;
			small.rlim_cur = ends[4] + room;
			setrlimit(RLIMIT_FSIZE, &small);
			CHECK_INT(ledger_commit(&l, &p), -1);
			setrlimit(RLIMIT_FSIZE, &had);
			CHECK_INT(p.status, EXIT_SYSTEM);
			CHECK(strstr(p.text, strerror(EFBIG)) != NULL);
			ledger_close(&l);
			CHECK(is_file(path, whole, ends[4]));
		}
	}
	TEST("a symbolic link is no ledger") {
		unlink(path);
		CHECK_INT(symlink("/dev/null", path), 0);
		CHECK_INT(open_ledger(&l, &shown, &p), -1);
		ledger_close(&l);
		unlink(path);
	}
	TEST("a folder that cannot be written makes no ledger") {
		if (geteuid() != 0) {
			unlink(path);
			chmod(folder, 0500);
			CHECK_INT(open_ledger(&l, &shown, &p), -1);
			CHECK_INT(p.status, EXIT_SYSTEM);
			ledger_close(&l);
			chmod(folder, 0700);
		}
		snprintf(torn, sizeof torn, "%s/none/ledger", folder);
		CHECK_INT(ledger_open(&l, torn, 0, count_line, &shown, &p), -1);
		CHECK_INT(p.status, EXIT_SYSTEM);
		ledger_close(&l);
		snprintf(torn, sizeof torn, "%s.torn.1", path);
	}
}

static void
test_reader(void)
{
	struct ledger_reader r;
	struct ledger l;
	struct problem p;
	int shown = 0, fd;

	TEST("a reader shows lines up to the number asked for, once each") {
		start_with(whole, whole_len);
		fd = open(path, O_RDONLY);
		CHECK_INT(ledger_reader_init(&r, fd, NULL), 0);
		for (uint64_t n = 0; n <= (uint64_t)lines; n += 3) {
			CHECK_INT(ledger_read(&r, n, count_line, &shown, &p),
			    0);
			CHECK_INT(shown, n);
			CHECK_INT(ledger_read(&r, n / 2, count_line, &shown,
			    &p), 0);
			CHECK_INT(shown, n);
		}
		CHECK_INT(ledger_read(&r, 21, count_line, &shown, &p), -1);
		CHECK_INT(p.status, EXIT_SYSTEM);
		CHECK_INT(shown, 20);
		ledger_reader_release(&r);
		close(fd);
	}
	TEST("a reader sees half a line only when it has become whole") {
		put_file(path, whole, ends[4] - 1);
		fd = open(path, O_RDONLY);
		CHECK_INT(ledger_reader_init(&r, fd, NULL), 0);
		shown = 0;
		CHECK_INT(ledger_read(&r, 3, count_line, &shown, &p), 0);
		CHECK_INT(ledger_read(&r, 4, count_line, &shown, &p), -1);
		CHECK_INT(shown, 3);
		put_file(path, whole, ends[4]);
		CHECK_INT(ledger_read(&r, 4, count_line, &shown, &p), 0);
		CHECK_INT(shown, 4);
		ledger_reader_release(&r);
		close(fd);
	}
	TEST("a reader refuses a line that is not the next one") {
		static const int swapped[] = {1, 2, 4, 3, 0};
		char data[sizeof whole];

		put_file(path, data, arrange(data, swapped));
		fd = open(path, O_RDONLY);
		CHECK_INT(ledger_reader_init(&r, fd, NULL), 0);
		shown = 0;
		CHECK_INT(ledger_read(&r, 4, count_line, &shown, &p), -1);
		CHECK_INT(p.status, EXIT_INPUT);
		CHECK_INT(shown, 2);
		ledger_reader_release(&r);
		close(fd);
	}
	TEST("a reader of a ledger in memory follows it as it grows") {
		ledger_init_memory(&l);
		CHECK_INT(ledger_reader_init(&r, -1, &l), 0);
		shown = 0;
		for (int i = 0; i < 4; i++) {
			add_batch(&l, i, i);
			CHECK_INT(ledger_read(&r, l.lines, count_line, &shown,
			    &p), 0);
			CHECK_INT(shown, l.lines);
			CHECK_INT(ledger_commit(&l, &p), 0);
		}
		CHECK_INT(ledger_read(&r, l.lines + 1, count_line, &shown,
		    &p), -1);
		ledger_reader_release(&r);
		ledger_close(&l);
	}
	TEST("a reader gets through a ledger of many blocks") {
		unlink(path);
		CHECK_INT(open_ledger(&l, &shown, &p), 0);
		add_batch(&l, 0, 0);
		for (int i = 1; i <= 2000; i++)
			add_batch(&l, i, i);
		CHECK_INT(ledger_commit(&l, &p), 0);
		CHECK(l.size > 3 << 16);
		fd = open(path, O_RDONLY);
		CHECK_INT(ledger_reader_init(&r, fd, NULL), 0);
		shown = 0;
		for (uint64_t n = 1; n < l.lines; n += 777)
			CHECK_INT(ledger_read(&r, n, count_line, &shown, &p),
			    0);
		CHECK_INT(ledger_read(&r, l.lines, count_line, &shown, &p), 0);
		CHECK_INT(shown, 6001);
		ledger_reader_release(&r);
		close(fd);
		ledger_close(&l);
	}
}

int
main(void)
{
	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(path, sizeof path, "%s/ledger", folder);
	snprintf(torn, sizeof torn, "%s.torn.1", path);
	write_whole();
	test_rules();
	test_torn();
	test_corrupt();
	test_batches();
	test_system();
	test_reader();
	unlink(path);
	unlink(torn);
	rmdir(folder);
	return check_done();
}
