/* SPDX-License-Identifier: MIT */
/* Records of this suite as a source. Their lines pass on as they are, unless
 * seq, the digits of time or a missing symbol make it another record. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "feed/source.h"

struct ndjson {
	struct record record[2]; /* the one it is at, and the one before */
	struct buf text[2]; /* their lines */
	struct record changed; /* what get() gives when the line cannot stay */
	int at;
	int64_t line, time, span;
	int is_exact; /* the time stands as the stream writes it */
	int has_symbol;
	int is_pending; /* open() has read the first record already */
	int is_after_end, has_meta;
	char zone[64];
	struct key digits, time_zone;
};

/* What meta says of the stream. */
static int
take_meta(struct source *src, struct record *r)
{
	struct ndjson *j = src->state;
	const struct field *f = record_find(r, &j->digits);
	const char *s;
	int64_t digits;
	size_t n;

	if (j->has_meta || j->line > 0)
		return source_refuse(src, src->line, 0, "meta stands only at "
		    "the beginning");
	j->has_meta = 1;
	if (f != NULL && field_int(f, &digits) == 0 && digits >= 0
	    && digits <= 9)
		src->digits = (int)digits;
	f = record_find(r, &j->time_zone);
	if (f != NULL && field_plain(f, &s, &n) == 0 && n < sizeof j->zone) {
		memcpy(j->zone, s, n);
		j->zone[n] = '\0';
		src->zone = j->zone;
	}
	return 0;
}

static int
check_time(struct source *src, struct record *r)
{
	struct ndjson *j = src->state;
	const struct field *f = record_find(r, &src->feed->keys.time);
	int digits;

	if (f == NULL || field_time(f, &j->time, &digits) < 0)
		return source_refuse(src, src->line, 0, "no time as RFC 3339 "
		    "with its zone") < 0 ? -1 : 1;
	j->is_exact = digits;
	if (f->text_len == 0 || f->text[f->text_len - 1] != 'Z')
		j->is_exact = -1;
	return 0;
}

static int
check_span(struct source *src, struct record *r)
{
	struct ndjson *j = src->state;
	const struct field *f = record_find(r, &src->feed->keys.span);
	const char *s;
	size_t n;

	j->span = 0;
	if (r->type != REC_BAR)
		return 0;
	if (f == NULL || field_plain(f, &s, &n) < 0
	    || span_parse(s, n, &j->span) < 0)
		return source_refuse(src, src->line, 0, "no span as 1m, 1h or "
		    "1d") < 0 ? -1 : 1;
	return 0;
}

static int
check_symbol(struct source *src, struct record *r)
{
	struct ndjson *j = src->state;
	const struct field *f = record_find(r, &src->feed->keys.symbol);
	const char *s;
	size_t n;

	j->has_symbol = f != NULL;
	if (f == NULL)
		return source_symbol(src) < 0 ? -1 : 0;
	if (field_plain(f, &s, &n) < 0 || !text_is_symbol(s, n))
		return source_refuse(src, src->line, 0, "no symbol of letters, "
		    "digits and ._:/^=-") < 0 ? -1 : 1;
	return 0;
}

static int
check(struct source *src, struct record *r)
{
	int rc;

	if ((rc = check_time(src, r)) != 0 || (rc = check_span(src, r)) != 0)
		return rc;
	return check_symbol(src, r);
}

/* 0 a record to feed, 1 none, -1. */
static int
take(struct source *src, struct record *r)
{
	struct ndjson *j = src->state;
	const char *name = record_type_name(r->type);

	if (j->is_after_end)
		return source_refuse(src, src->line, 0, "there is more after "
		    "the end") < 0 ? -1 : 1;
	switch (r->type) {
	case REC_META:
		return take_meta(src, r) < 0 ? -1 : 1;
	case REC_END:
		j->is_after_end = 1;
		return 1;
	case REC_BAR:
	case REC_TRADE:
	case REC_QUOTE:
		return check(src, r);
	default:
		return source_refuse(src, src->line, 0, "only bars, trades and "
		    "quotes are fed, not '%s'", name != NULL && *name != '\0'
		    ? name : "other") < 0 ? -1 : 1;
	}
}

static int
is_blank(const struct line *l)
{
	size_t i = 0;

	while (i < l->n && (l->s[i] == ' ' || l->s[i] == '\t'))
		i++;
	return i == l->n;
}

/* Keeps the line, for it must outlive the record. 0, 1 refused, -1. */
static int
parse(struct source *src, const struct line *line)
{
	struct ndjson *j = src->state;
	struct buf *text = &j->text[!j->at];
	struct record_error e = { 0 };
	int n;

	buf_clear(text);
	if (buf_add(text, line->s, line->n) < 0)
		return stage_fail_memory(src->feed->stage);
	if (record_parse(&j->record[!j->at], text->data, text->len, &e) == 0)
		return take(src, &j->record[!j->at]);
	n = e.value_len > 40 ? 40 : (int)e.value_len;
	if (e.value != NULL)
		return source_refuse(src, src->line, e.column, "%s '%.*s'",
		    e.what, n, e.value) < 0 ? -1 : 1;
	return source_refuse(src, src->line, e.column, "%s", e.what) < 0
	    ? -1 : 1;
}

static int
at_end(struct source *src)
{
	struct ndjson *j = src->state;

	if (!j->has_meta || j->is_after_end
	    || stage_is_stopping(src->feed->stage))
		return 0;
	return source_fail(src, EXIT_INPUT, src->line, "the stream is cut off: "
	    "it began with meta and has no end");
}

/* 1, 0 the end, -1. */
static int
read_record(struct source *src)
{
	struct ndjson *j = src->state;
	struct line line;
	int rc;

	for (;;) {
		switch (lines_next(&src->lines, &line, 0)) {
		case LINE_ERROR:
			return source_fail_bytes(src);
		case LINE_NONE:
			return at_end(src);
		case LINE_TOO_LONG:
			src->line = src->lines.line;
			if (source_refuse(src, src->line, 0, "the line is "
			    "longer than 1 MiB") < 0)
				return -1;
			continue;
		}
		src->line = src->lines.line;
		if (is_blank(&line))
			continue;
		rc = parse(src, &line);
		if (rc < 0)
			return -1;
		if (rc == 0) {
			src->feed->rows++;
			j->at = !j->at;
			j->line = src->line;
			return 1;
		}
	}
}

static int
ndjson_open(struct source *src)
{
	struct ndjson *j = calloc(1, sizeof *j);
	int rc;

	src->state = j;
	src->digits = -1;
	if (j == NULL || record_init(&j->record[0]) < 0
	    || record_init(&j->record[1]) < 0 || record_init(&j->changed) < 0)
		return stage_fail_memory(src->feed->stage);
	j->digits = (struct key)KEY("digits");
	j->time_zone = (struct key)KEY("time_zone");
	rc = read_record(src);
	if (rc < 0)
		return -1;
	j->is_pending = rc;
	if (src->digits < 0)
		src->digits = rc == 0 || j->record[j->at].type == REC_BAR
		    ? 0 : 9;
	return 0;
}

static int
ndjson_next(struct source *src)
{
	struct ndjson *j = src->state;
	int rc;

	do {
		if (!j->is_pending && (rc = read_record(src)) <= 0)
			return rc;
		j->is_pending = 0;
		rc = source_at(src, j->time, j->span, j->line);
	} while (rc > 0);
	return rc < 0 ? -1 : 1;
}

/* The same record with the first keys in their order. */
static struct record *
rebuild(struct source *src, struct record *from)
{
	struct ndjson *j = src->state;
	struct item_keys *k = &src->feed->keys;
	struct record *to = &j->changed;
	const struct field *seq = record_find(from, &k->seq);
	const struct field *time = record_find(from, &k->time);
	const struct field *symbol = record_find(from, &k->symbol);
	int64_t id;
	int rc;

	record_make(to, from->type);
	rc = record_put_int(to, &k->seq, src->feed->seq);
	rc |= record_put_time(to, &k->time, j->time, src->feed->digits);
	if (symbol != NULL) {
		rc |= record_put_field(to, symbol);
	} else {
		if ((id = source_symbol(src)) < 0)
			return NULL;
		rc |= record_put_str(to, &k->symbol,
		    table_text(&src->feed->symbols, (size_t)id));
	}
	for (int i = 0; i < from->n; i++) {
		const struct field *f = &from->f[i];

		if (f != seq && f != time && f != symbol
		    && !(f->key_len == 4 && memcmp(f->key, "type", 4) == 0))
			rc |= record_put_field(to, f);
	}
	if (rc == 0)
		return to;
	stage_fail_memory(src->feed->stage);
	return NULL;
}

static struct record *
ndjson_get(struct source *src)
{
	struct ndjson *j = src->state;
	struct record *r = &j->record[j->at];
	const struct field *f = record_find(r, &src->feed->keys.seq);
	int64_t seq;

	if (f != NULL && field_int(f, &seq) == 0 && seq == src->feed->seq
	    && j->has_symbol && j->is_exact == src->feed->digits)
		return r;
	return rebuild(src, r);
}

static void
ndjson_close(struct source *src)
{
	struct ndjson *j = src->state;

	if (j == NULL)
		return;
	for (int i = 0; i < 2; i++) {
		record_release(&j->record[i]);
		buf_release(&j->text[i]);
	}
	record_release(&j->changed);
	free(j);
	src->state = NULL;
}

const struct source_reader ndjson_reader = {
	.open = ndjson_open,
	.next = ndjson_next,
	.get = ndjson_get,
	.close = ndjson_close,
};

const struct feed_format feed_format_ndjson = {
	.name = "ndjson",
	.summary = "bar, trade and quote records, one JSON object a line",
	.reader = &ndjson_reader,
};
