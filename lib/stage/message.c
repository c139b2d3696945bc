/* SPDX-License-Identifier: MIT */
/* The one place where messages and rejects are written. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "stage/stage.h"

enum { REJECTS_SHOWN = 5 };

/* Writes "name: text\n" in one piece; control characters of the text become
 * visible, except the line ends that carets need. */
static void say(struct stage *s, const char *where, const char *fmt,
    va_list ap) __attribute__((format(printf, 3, 0)));

static void
say(struct stage *s, const char *where, const char *fmt, va_list ap)
{
	struct buf raw = {0}, line = {0};
	const char *at, *end;

	if (buf_vaddf(&raw, fmt, ap) != 0)
		return;
	buf_addf(&line, "%s: %s", s->desc->name, where);
	for (at = raw.data, end = at + raw.len; at < end;) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((nl != NULL ? nl : end) - at);

		text_add_visible(&line, at, n, n);
		if (nl != NULL)
			buf_add_char(&line, '\n');
		at += n + (nl != NULL);
	}
	buf_add_char(&line, '\n');
	if (write(STDERR_FILENO, line.data, line.len) < 0) {
		/* There is nowhere left to say so; the status still tells. */
	}
	buf_release(&raw);
	buf_release(&line);
}

static int vfail(struct stage *s, int status, const char *where,
    const char *fmt, va_list ap) __attribute__((format(printf, 4, 0)));

static int
vfail(struct stage *s, int status, const char *where, const char *fmt,
    va_list ap)
{
	if (s->status == EXIT_OK) {
		s->status = status;
		say(s, where, fmt, ap);
	}
	return -1;
}

int
stage_fail(struct stage *s, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfail(s, status, "", fmt, ap);
	va_end(ap);
	return -1;
}

static void
place(struct stage *s, size_t column, char *out, size_t n)
{
	out[0] = '\0';
	if (s->line > 0 && column > 0)
		snprintf(out, n, "<stdin>:%lld:%zu: ", (long long)s->line,
		    column);
	else if (s->line > 0)
		snprintf(out, n, "<stdin>:%lld: ", (long long)s->line);
}

int
stage_fail_at(struct stage *s, int status, size_t column, const char *fmt, ...)
{
	char where[64];
	va_list ap;

	place(s, column, where, sizeof where);
	va_start(ap, fmt);
	vfail(s, status, where, fmt, ap);
	va_end(ap);
	return -1;
}

int
stage_fail_record(struct stage *s, const struct record_error *e)
{
	struct buf seen = {0};

	if (e->value == NULL)
		return stage_fail_at(s, EXIT_INPUT, e->column, "%s", e->what);
	text_add_visible(&seen, e->value, e->value_len, 40);
	stage_fail_at(s, EXIT_INPUT, e->column, "%s '%s'", e->what,
	    seen.len > 0 ? buf_str(&seen) : "");
	buf_release(&seen);
	return -1;
}

void
stage_note(struct stage *s, const char *fmt, ...)
{
	va_list ap;

	if (s->common.quiet)
		return;
	va_start(ap, fmt);
	say(s, "", fmt, ap);
	va_end(ap);
}

void
stage_info(struct stage *s, const char *fmt, ...)
{
	va_list ap;

	if (!s->common.verbose)
		return;
	va_start(ap, fmt);
	say(s, "", fmt, ap);
	va_end(ap);
}

int
stage_fail_errno(struct stage *s, const char *what, const char *name)
{
	return stage_fail(s, EXIT_SYSTEM, "%s '%s': %s", what, name,
	    strerror(errno));
}

int
stage_fail_memory(struct stage *s)
{
	return stage_fail(s, EXIT_SYSTEM, "out of memory");
}

static int
write_reject(struct stage *s, const char *file, int64_t line,
    const char *reason, const char *raw, size_t raw_len)
{
	struct buf b = {0};
	int rc;

	rc = buf_addf(&b, "{\"type\":\"reject\",\"tool\":\"%s\",\"file\":",
	    s->desc->name);
	rc |= text_add_json(&b, file, strlen(file));
	rc |= buf_addf(&b, ",\"line\":%lld,\"reason\":", (long long)line);
	rc |= text_add_json(&b, reason, strlen(reason));
	rc |= buf_add_str(&b, ",\"raw\":");
	rc |= text_add_json(&b, raw, raw_len);
	rc |= buf_add_str(&b, "}\n");
	if (rc == 0 && fwrite(b.data, 1, b.len, s->errors) != b.len)
		rc = -1;
	buf_release(&b);
	if (rc != 0)
		return stage_fail_errno(s, "cannot write", s->common.errors);
	return 0;
}

int
stage_reject(struct stage *s, const char *file, int64_t line, size_t column,
    const char *reason, const char *raw, size_t raw_len)
{
	const char *name = file != NULL ? file : "<stdin>";
	char col[24] = "";

	if (column > 0)
		snprintf(col, sizeof col, ":%zu", column);
	if (s->errors == NULL)
		return stage_fail(s, EXIT_INPUT, "%s:%lld%s: %s", name,
		    (long long)line, col, reason);
	if (++s->rejects <= REJECTS_SHOWN)
		stage_note(s, "%s:%lld%s: %s", name, (long long)line, col,
		    reason);
	return write_reject(s, name, line, reason, raw, raw_len);
}
