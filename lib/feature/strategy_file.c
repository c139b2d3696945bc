/* SPDX-License-Identifier: MIT */
/* Reads a strategy file, one statement a line, `#` begins a comment, and takes
 * its `feature` lines: `feature sma:10 sma:30`. */
#include "feature/strategy_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { STRATEGY_FILE_MAX = 1 << 20 };

static int
read_file(const char *path, struct buf *text, struct feature_error *e)
{
	FILE *f = fopen(path, "re");
	size_t n = 1;
	char *to;
	int failed = 0;
	if (f == NULL)
		goto fail;
	while (n > 0 && text->len <= STRATEGY_FILE_MAX) {
		if ((to = buf_reserve(text, 4096)) == NULL)
			break;
		n = fread(to, 1, 4096, f);
		text->len += n;
	}
	failed = ferror(f);
	if (fclose(f) == 0 && !failed && text->len <= STRATEGY_FILE_MAX)
		return n > 0 ? -1 : 0;
	if (text->len > STRATEGY_FILE_MAX)
		errno = EFBIG;
fail:
	snprintf(e->text, sizeof(e->text), "cannot read '%.150s': %s", path,
	    strerror(errno));
	return -1;
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word of a line, or an empty one at its end or a comment. */
static size_t
next_word(const char **p, const char *end)
{
	size_t n = 0;
	while (*p < end && is_blank(**p))
		(*p)++;
	if (*p < end && **p == '#')
		*p = end;
	while (*p + n < end && !is_blank((*p)[n]))
		n++;
	return n;
}

/* The words after `feature`; how many, -1 without memory, -2 when none. */
static int
take_line(const char *p, const char *end, struct buf *words)
{
	size_t n = next_word(&p, end);
	int count = 0;
	if (n != strlen("feature") || memcmp(p, "feature", n) != 0)
		return 0;
	for (p += n; (n = next_word(&p, end)) > 0; p += n, count++)
		if (buf_add(words, p, n) < 0 || buf_add_char(words, 0) < 0)
			return -1;
	return count > 0 ? count : -2;
}

int
strategy_file_features(const char *path, struct buf *words, size_t *count,
    struct feature_error *e)
{
	struct buf text = {0};
	const char *p, *end, *stop;
	int n = 0, line = 0;
	*count = 0;
	e->text[0] = '\0';
	if (read_file(path, &text, e) < 0)
		n = -1;
	p = text.len > 0 ? text.data : "";
	stop = p + text.len;
	for (; n >= 0 && p < stop; p = end + 1) {
		end = memchr(p, '\n', (size_t)(stop - p));
		if (end == NULL)
			end = stop;
		line++;
		n = take_line(p, end, words);
		*count += n > 0 ? (size_t)n : 0;
	}
	if (n == -2)
		snprintf(e->text, sizeof(e->text),
		    "%.150s:%d: feature names nothing (feature sma:10)", path,
		    line);
	buf_release(&text);
	return n < 0 ? -1 : 0;
}
