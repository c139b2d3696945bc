/* SPDX-License-Identifier: MIT */
/* Opening sources, and what all readers need. */
#include "feed/source.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "feed/name.h"
#include "feed/sniff.h"

enum { RAW_MAX = 4096, MANY_BLOCK = 16384, WARNINGS_MAX = 5 };

/* CSV until something says otherwise. */
static const struct source_reader *
reader_of(const struct source *src)
{
	return src->format == NULL ? &csv_reader : src->format->reader;
}

static int
wait_for(void *arg, int fd)
{
	return stage_wait(arg, fd);
}

int
source_fail(struct source *src, int status, int64_t line, const char *fmt, ...)
{
	struct buf text = { 0 };
	va_list ap;

	va_start(ap, fmt);
	if (buf_vaddf(&text, fmt, ap) < 0 || buf_str(&text) == NULL)
		stage_fail_memory(src->feed->stage);
	else if (line > 0)
		stage_fail(src->feed->stage, status, "%s:%lld: %s", src->name,
		    (long long)line, text.data);
	else
		stage_fail(src->feed->stage, status, "%s: %s", src->name,
		    text.data);
	va_end(ap);
	buf_release(&text);
	return -1;
}

int
source_fail_bytes(struct source *src)
{
	const struct bytes *b = &src->bytes;
	int status = b->offset == 0 ? EXIT_USAGE : EXIT_SYSTEM;

	if (b->what == NULL)
		return -1; /* the driver has said so */
	if (b->error == 0)
		return source_fail(src, EXIT_INPUT, 0, "%s", b->what);
	if (b->error == ENOMEM)
		return stage_fail_memory(src->feed->stage);
	return stage_fail(src->feed->stage, status, "%s '%s': %s", b->what,
	    src->name, strerror(b->error));
}

/* The first few, for --probe. */
static int
warn(struct source *src, int64_t line, const char *text)
{
	struct feed *feed = src->feed;

	if (feed->refused > WARNINGS_MAX)
		return 0;
	return buf_addf(feed->warnings, "%-9s %s:%lld: %s\n", "warning",
	    src->name, (long long)line, text) < 0
	    ? stage_fail_memory(feed->stage) : 0;
}

static int
reject(struct source *src, int64_t line, size_t column, const char *text)
{
	const char *raw = "";
	size_t n = 0;

	if (src->feed->warnings != NULL)
		return warn(src, line, text);
	if (line == src->line)
		lines_row(&src->lines, &raw, &n);
	return stage_reject(src->feed->stage, src->name, line, column, text,
	    raw, n > RAW_MAX ? RAW_MAX : n);
}

int
source_refuse(struct source *src, int64_t line, size_t column,
    const char *fmt, ...)
{
	struct buf text = { 0 };
	va_list ap;
	int rc;

	if (src->is_scouting)
		return 0;
	src->feed->refused++;
	va_start(ap, fmt);
	if (buf_vaddf(&text, fmt, ap) < 0 || buf_str(&text) == NULL)
		rc = stage_fail_memory(src->feed->stage);
	else
		rc = reject(src, line, column, text.data);
	va_end(ap);
	buf_release(&text);
	return rc;
}

int
source_at(struct source *src, int64_t time, int64_t span, int64_t line)
{
	struct feed *feed = src->feed;
	int64_t known;
	int rc;

	if (time < feed->since || time >= feed->until)
		return 1;
	if (time % feed->time_unit != 0) {
		rc = source_refuse(src, line, 0, "the time is finer than the "
		    "stream's (fix: --digits %d)", time_digits(time));
		return rc < 0 ? -1 : 1;
	}
	if (__builtin_add_overflow(time, span, &known)) {
		rc = source_refuse(src, line, 0, "the bar ends after 2262");
		return rc < 0 ? -1 : 1;
	}
	if (known > src->known)
		src->known = known;
	return 0;
}

int64_t
source_symbol(struct source *src)
{
	const char *s = src->symbol;
	int64_t id;

	if (s == NULL && src->bytes.path != NULL) {
		name_symbol(src->operand, src->own_symbol,
		    sizeof src->own_symbol);
		s = src->own_symbol;
	}
	if (s == NULL)
		return source_fail(src, EXIT_USAGE, 0, "the symbol is not "
		    "known (fix: --symbol SYMBOL, or SYMBOL=-)");
	if (!text_is_symbol(s, strlen(s)))
		return source_fail(src, EXIT_USAGE, 0, "'%s' is no symbol "
		    "(fix: --symbol SYMBOL, or SYMBOL=FILE)", s);
	id = table_intern(&src->feed->symbols, s, strlen(s), NULL);
	return id < 0 ? stage_fail_memory(src->feed->stage) : id;
}

void
source_guess(struct source *src, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (src->why.len > 0)
		buf_add_str(&src->why, "; ");
	buf_vaddf(&src->why, fmt, ap);
	va_end(ap);
}

static int
start_bytes(struct source *src)
{
	struct feed *feed = src->feed;
	size_t block = feed->is_parking ? MANY_BLOCK : BYTES_BLOCK;
	const char *path = strcmp(src->operand, "-") == 0 ? NULL : src->operand;

	if (bytes_open(&src->bytes, path, block, feed->is_parking) < 0)
		return source_fail_bytes(src);
	src->bytes.wait = wait_for;
	src->bytes.wait_arg = feed->stage;
	src->bytes.is_following = feed->is_following && !src->is_scouting;
	lines_init(&src->lines, &src->bytes, block);
	return 0;
}

int
source_rewind(struct source *src)
{
	lines_release(&src->lines);
	bytes_close(&src->bytes);
	src->line = 0;
	return start_bytes(src);
}

static int
open_bytes(struct source *src)
{
	const char *head, *what;
	size_t n;

	src->name = strcmp(src->operand, "-") == 0 ? "<stdin>" : src->operand;
	if (start_bytes(src) < 0)
		return -1;
	if (lines_peek(&src->lines, SNIFF_BYTES, &head, &n) < 0)
		return source_fail_bytes(src);
	what = sniff_foreign(head, n);
	if (what != NULL)
		return source_fail(src, EXIT_INPUT, 0, "%s", what);
	if (src->format == NULL && sniff_is_json(head, n))
		src->format = feed_format_find(sniff_is_page(head, n)
		    ? "alpaca" : "ndjson");
	return 0;
}

int
source_open(struct source *src, struct feed *feed, const char *operand,
    int order)
{
	src->feed = feed;
	src->format = feed->format;
	src->order = order;
	src->known = INT64_MIN;
	src->bytes.fd = -1;
	src->symbol = feed->symbol;
	src->operand = src->name = name_split(operand, src->own_symbol,
	    sizeof src->own_symbol);
	if (src->own_symbol[0] != '\0')
		src->symbol = src->own_symbol;
	if (name_is_gen(src->operand))
		src->format = feed_format_find("gen");
	else if (open_bytes(src) < 0)
		return -1;
	if (feed->is_following && (src->bytes.gz != NULL
	    || src->bytes.zip != NULL))
		return source_fail(src, EXIT_USAGE, 0, "what is packed cannot "
		    "be followed (fix: leave out --follow)");
	return reader_of(src)->open(src);
}

int
source_next(struct source *src)
{
	return reader_of(src)->next(src);
}

struct record *
source_get(struct source *src)
{
	return reader_of(src)->get(src);
}

void
source_close(struct source *src)
{
	if (src->feed != NULL)
		reader_of(src)->close(src);
	buf_release(&src->why);
	lines_release(&src->lines);
	bytes_close(&src->bytes);
}
