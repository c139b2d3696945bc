/* SPDX-License-Identifier: MIT */
/* Lines from a descriptor: whole, bounded, however they arrive. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "stage/chain.h"

enum { MIB = 1 << 20 };

static const struct stage_desc desc = {.name = "test"};

static struct buf input;
static FILE *errors;

static void
put(char c, size_t n)
{
	char *room = buf_reserve(&input, n);

	if (room == NULL)
		abort();
	memset(room, c, n);
	input.len += n;
}

static void
put_text(const char *s)
{
	if (buf_add_str(&input, s) != 0)
		abort();
}

/* A child writes the input to a pipe, in pieces of this size. */
static pid_t
feed(int *fd, size_t piece)
{
	int pipes[2];
	pid_t child;

	if (pipe(pipes) != 0)
		abort();
	child = fork();
	if (child == 0) {
		close(pipes[0]);
		for (size_t at = 0; at < input.len;) {
			size_t n = input.len - at < piece ? input.len - at :
			    piece;
			ssize_t w = write(pipes[1], input.data + at, n);

			if (w < 0)
				_exit(1);
			at += (size_t)w;
		}
		_exit(0);
	}
	close(pipes[1]);
	*fd = pipes[0];
	return child;
}

static void
open_chain(struct chain *c, struct stage *s, int fd, int refuses)
{
	*c = (struct chain){.stages = s, .count = 1, .signals = -1};
	*s = (struct stage){.desc = &desc, .chain = c,
	    .errors = refuses ? errors : NULL, .common = {.quiet = 1}};
	c->out.fd = -1;
	if (reader_init(&c->in, fd) != 0)
		abort();
}

static void
close_chain(struct chain *c)
{
	close(c->in.fd);
	reader_release(&c->in);
	buf_release(&c->out.out);
}

/* "1:5a 2:0 -1" for line 1 of five bytes that begin with a, an empty line 2
 * and an end of status -1. */
static void
read_all(size_t piece, int refuses, char *out)
{
	struct chain c;
	struct stage s;
	const char *line;
	size_t n;
	int fd, rc;
	pid_t child = feed(&fd, piece);

	open_chain(&c, &s, fd, refuses);
	*out = '\0';
	while ((rc = reader_line(&c, &line, &n)) == 1) {
		CHECK_INT(s.line, c.in.line);
		out += sprintf(out, "%lld:%zu%.*s ", (long long)c.in.line, n,
		    n > 0, line);
	}
	sprintf(out, "%d", rc);
	if (rc < 0)
		sprintf(out, "%d status %d", rc, s.status);
	close_chain(&c);
	waitpid(child, NULL, 0);
	buf_clear(&input);
}

static void
check_read(int refuses, const char *want)
{
	static const size_t pieces[] = {1 << 22, 65536, 4097, 100003};
	struct buf whole = {0};
	char got[512];

	buf_add(&whole, input.data, input.len);
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		buf_clear(&input);
		buf_add(&input, whole.data, whole.len);
		read_all(pieces[i], refuses, got);
		CHECK_STR(got, want);
	}
	if (whole.len < 100) {
		buf_add(&input, whole.data, whole.len);
		read_all(1, refuses, got);
		CHECK_STR(got, want);
	}
	buf_release(&whole);
	buf_clear(&input);
}

static void
test_lines(void)
{
	TEST("lines come whole, the last with or without its newline") {
		check_read(0, "0");
		put_text("abc\n\nde\n");
		check_read(0, "1:3a 2:0 3:2d 0");
		put_text("abc\nde");
		check_read(0, "1:3a 2:2d 0");
		put_text("\n");
		check_read(0, "1:0 0");
	}
	TEST("a byte order mark before the first line is dropped") {
		put_text("\xef\xbb\xbf" "abc\n\xef\xbb\xbf" "de\n");
		check_read(0, "1:3a 2:5\xef 0");
	}
	TEST("a mebibyte is not too long") {
		put('a', MIB);
		put_text("\nb\n");
		check_read(0, "1:1048576a 2:1b 0");
		put('a', MIB);
		check_read(0, "1:1048576a 0");
	}
	TEST("a byte more is refused, and the next line is found") {
		put_text("x\n");
		put('a', MIB + 1);
		put_text("\nb\n");
		check_read(1, "1:1x 3:1b 0");
		put('a', MIB + 1);
		put_text("\n");
		put('a', 3 * MIB);
		put_text("\nb");
		check_read(1, "3:1b 0");
		put('a', 2 * MIB);
		check_read(1, "0");
		put('a', MIB + 70000);
		put_text("\n\nb\n");
		check_read(1, "2:0 3:1b 0");
	}
	TEST("a long line that nothing takes is status 3") {
		put_text("x\n");
		put('a', MIB + 1);
		put_text("\nb\n");
		check_read(0, "1:1x -1 status 3");
	}
	TEST("any lines come through, in any pieces") {
		unsigned seed = 9;

		for (int round = 0; round < 30 && !check_failed; round++) {
			struct chain c;
			struct stage s;
			const char *line;
			size_t n, at = 0;
			int fd;
			pid_t child;

			buf_clear(&input);
			for (int i = 0; i < 40; i++) {
				put((char)('a' + i % 26), (size_t)(
				    rand_r(&seed) % (i % 7 == 0 ? 300000 :
				    300)));
				put('\n', 1);
			}
			child = feed(&fd, 1 + (size_t)(rand_r(&seed) %
			    200000));
			open_chain(&c, &s, fd, 0);
			while (reader_line(&c, &line, &n) == 1) {
				CHECK(at + n < input.len && memcmp(line,
				    input.data + at, n) == 0);
				CHECK(input.data[at + n] == '\n');
				at += n + 1;
			}
			CHECK_INT(at, input.len);
			CHECK_INT(c.in.line, 40);
			close_chain(&c);
			waitpid(child, NULL, 0);
		}
		buf_clear(&input);
	}
}

/* The first half of a line, then SIGTERM while more is awaited. */
static void
test_stop(void)
{
	TEST("half a line is dropped when the end is asked for") {
		int pipes[2], status;
		pid_t child;

		if (pipe(pipes) != 0)
			abort();
		child = fork();
		if (child == 0) {
			struct chain c;
			struct stage s;
			const char *line;
			size_t n;

			open_chain(&c, &s, pipes[0], 0);
			if (chain_signals(&c) != 0 ||
			    write(pipes[1], "abc\nde", 6) != 6 ||
			    reader_line(&c, &line, &n) != 1 || n != 3)
				_exit(1);
			kill(getpid(), SIGTERM);
			_exit(reader_line(&c, &line, &n) == 0 &&
			    c.is_stopping ? 0 : 2);
		}
		waitpid(child, &status, 0);
		CHECK_INT(status, 0);
		close(pipes[0]);
		close(pipes[1]);
	}
}

int
main(void)
{
	errors = tmpfile();
	if (errors == NULL)
		return 1;
	test_lines();
	test_stop();
	buf_release(&input);
	fclose(errors);
	return check_done();
}
