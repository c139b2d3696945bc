/* SPDX-License-Identifier: MIT */
/* Splitting a pipeline: sh itself is the oracle. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "check.h"
#include "run/words.h"

/* What sh makes of one command's words, each with a NUL behind. 0 when sh
 * takes it. */
static int
ask_sh(const char *words, struct buf *out)
{
	struct buf script = {0};
	int pipes[2], status;
	pid_t child;

	if (buf_add_str(&script, "printf '%s\\0' ") != 0 ||
	    buf_add_str(&script, words) != 0 || buf_str(&script) == NULL ||
	    pipe(pipes) != 0)
		abort();
	child = fork();
	if (child == 0) {
		dup2(pipes[1], 1);
		close(pipes[0]);
		close(pipes[1]);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(9);
		execl("/bin/sh", "sh", "-c", script.data, (char *)NULL);
		_exit(9);
	}
	close(pipes[1]);
	for (;;) {
		char *room = buf_reserve(out, 4096);
		ssize_t n = read(pipes[0], room, 4096);

		if (n <= 0)
			break;
		out->len += (size_t)n;
	}
	close(pipes[0]);
	waitpid(child, &status, 0);
	buf_release(&script);
	return status;
}

static int
join(const struct words *w, struct buf *out)
{
	int rc = 0;

	for (int i = 1; i < w->programs[0].argc; i++) {
		const char *word = w->programs[0].argv[i];

		rc |= buf_add(out, word, strlen(word) + 1);
	}
	return rc;
}

/* One program `x` with words: the same as sh has, or refused by both. */
static void
check_words(const char *words)
{
	struct buf want = {0}, got = {0}, text = {0};
	struct words w = {0};
	int status = ask_sh(words, &want), rc;

	if (buf_addf(&text, "x %s", words) != 0 || buf_str(&text) == NULL)
		abort();
	rc = words_split(text.data, &w);
	if (rc == 0) {
		CHECK_INT(status, 0);
		CHECK_INT(w.count, 1);
		CHECK_INT(join(&w, &got), 0);
		/* printf without words prints one empty one. */
		if (w.programs[0].argc == 1)
			CHECK(want.len == 1);
		else
			CHECK(got.len == want.len &&
			    memcmp(got.data, want.data, got.len) == 0);
	} else {
		/* What is refused is what sh refuses too, or a second line. */
		CHECK(status != 0 || strchr(words, '\n') != NULL ||
		    strcmp(w.what, "a backslash ends the pipeline") == 0);
		CHECK(w.column >= 1 && w.column <= text.len + 1);
	}
	if (check_failed)
		printf("# words: [%s]\n", words);
	words_release(&w);
	buf_release(&want);
	buf_release(&got);
	buf_release(&text);
}

static void
test_sh(void)
{
	TEST("words are those of sh, for any mix of quotes and backslashes") {
		static const char some[] = "''\"\"\\\\\\ \tab#=%,:-";
		unsigned seed = 3;

		for (int i = 0; i < 1500 && !check_failed; i++) {
			char words[16];
			int n = rand_r(&seed) % 12;

			for (int k = 0; k < n; k++)
				words[k] = some[(unsigned)rand_r(&seed) %
				    (sizeof some - 1)];
			words[n] = '\0';
			check_words(words);
		}
	}
	TEST("newlines in quotes and behind backslashes are those of sh") {
		static const char some[] = "''\"\"\\\\\n\nab";
		unsigned seed = 4;

		for (int i = 0; i < 1500 && !check_failed; i++) {
			char words[16];
			int n = rand_r(&seed) % 10;

			for (int k = 0; k < n; k++)
				words[k] = some[(unsigned)rand_r(&seed) %
				    (sizeof some - 1)];
			words[n] = '\0';
			check_words(words);
		}
	}
	TEST("words that a person may write are those of sh") {
		static const char *const all[] = {"", "a", "a b", " a  b ",
		    "'a b'", "\"a b\"", "a' 'b", "''", "\"\"", "'' ''",
		    "a\\ b", "'a\\b'", "\"a\\b\"", "\"a\\\"b\"", "'\"'",
		    "\"'\"", "a#b", "a #b c", "#", "\\#a", "'#'", "a=b",
		    "--size=fixed:10", "'buy when x < 3'", "\\'", "\\\\",
		    "\"\\\\\"", "\"\\$\"", "\"\\`\"", "\\$x", "'$x'", "'*'",
		    "\\*", "\"*\"", "a~", "\"~\"", "'a|b'", "a\\|b",
		    "'\xc3\xa9'", "\"a\\\nb\"", "a\\\nb", "'a\nb'"};

		for (size_t i = 0; i < sizeof all / sizeof *all; i++)
			check_words(all[i]);
	}
}

static void
check_split(const char *text, const char *want)
{
	struct words w = {0};
	struct buf got = {0};

	CHECK_INT(words_split(text, &w), 0);
	for (int i = 0; i < w.count; i++) {
		buf_add_str(&got, i > 0 ? "|" : "");
		for (int k = 0; k < w.programs[i].argc; k++)
			buf_addf(&got, "<%s>", w.programs[i].argv[k]);
		CHECK(w.programs[i].argv[w.programs[i].argc] == NULL);
	}
	CHECK_STR(buf_str(&got), want);
	buf_release(&got);
	words_release(&w);
}

static void
test_pipeline(void)
{
	TEST("bars part programs, with or without blanks") {
		check_split("a|b", "<a>|<b>");
		check_split("a x | b y|c", "<a><x>|<b><y>|<c>");
		check_split("'a|b' \"|\" \\|", "<a|b><|><|>");
	}
	TEST("a line may end behind a bar or a backslash") {
		check_split("a |\nb", "<a>|<b>");
		check_split("a |\n\n\t b x\\\n y", "<a>|<b><x><y>");
		check_split("\n a\\\n|b\n\n", "<a>|<b>");
		check_split("a | # to b\n# indeed\nb # c | d\n", "<a>|<b>");
	}
}

static void
check_refused(const char *text, size_t column, const char *what)
{
	struct words w = {0};

	CHECK_INT(words_split(text, &w), -1);
	CHECK_INT(w.column, column);
	CHECK(w.what != NULL && strstr(w.what, what) != NULL);
	CHECK_INT(w.found, column <= strlen(text) ? text[column - 1] : '\0');
	if (check_failed)
		printf("# text: [%s] %s\n", text, w.what);
	words_release(&w);
}

static void
test_refusals(void)
{
	TEST("what is not one pipeline is refused where it stands") {
		check_refused("a || b", 3, "not a list");
		check_refused("a & b", 3, "not a part of one pipeline");
		check_refused("a; b", 2, "not a part of one pipeline");
		check_refused("a > f", 3, "not a part of one pipeline");
		check_refused("a <f", 3, "not a part of one pipeline");
		check_refused("(a)", 1, "not a part of one pipeline");
		check_refused("{ a; }", 1, "not a part of one pipeline");
		check_refused("! a", 1, "not a part of one pipeline");
		check_refused("a 2>&1", 4, "not a part of one pipeline");
	}
	TEST("what only a shell expands is refused where it stands") {
		check_refused("a $x", 3, "expansions");
		check_refused("a `x`", 3, "expansions");
		check_refused("a \"b$x\"", 5, "expansions");
		check_refused("a \"b`x`\"", 5, "expansions");
		check_refused("a *.csv", 3, "patterns");
		check_refused("a b?", 4, "patterns");
		check_refused("a [x]", 3, "patterns");
		check_refused("a ~/x", 3, "patterns");
	}
	TEST("what is not whole is refused") {
		check_refused("", 1, "empty");
		check_refused("  # all", 8, "empty");
		check_refused("a |", 4, "missing behind");
		check_refused("a | # b", 8, "missing behind");
		check_refused("| a", 1, "missing before");
		check_refused("a | | b", 5, "missing before");
		check_refused("a 'b", 3, "not closed");
		check_refused("a \"b 'c'", 3, "not closed");
		check_refused("a b\\", 4, "backslash");
	}
	TEST("a second line is a second command, as for sh") {
		check_refused("a\nb", 3, "second command");
		check_refused("a x\n  | b", 7, "second command");
		check_refused("a |\nb\n\n# c\nd", 12, "second command");
	}
}

int
main(void)
{
	test_sh();
	test_pipeline();
	test_refusals();
	return check_done();
}
