/* SPDX-License-Identifier: MIT */
/* Merges sources in the order in which their records were known, between meta
 * and end. */
#include "feed/run.h"

#include <string.h>

void
run_set_digits(struct feed *feed, int digits)
{
	feed->digits = digits;
	feed->time_unit = 1;
	for (int i = digits < 0 ? 9 : digits; i < 9; i++)
		feed->time_unit *= 10;
}

static int
open_sources(struct stage *s)
{
	struct tfeed *t = s->state;

	for (; t->count < t->operands.n; t->count++)
		if (source_open(&t->sources[t->count], &t->feed,
		    t->operands.items[t->count], t->count) < 0) {
			t->count++; /* it is closed, too */
			return -1;
		}
	return 0;
}

/* One number of digits and one zone for all. */
static int
settle(struct stage *s, const char **zone)
{
	struct tfeed *t = s->state;
	int digits = t->feed.digits;

	*zone = t->zone;
	for (int i = 0; i < t->count; i++) {
		const struct source *src = &t->sources[i];

		if (t->digits == 0 && src->digits > digits)
			digits = src->digits;
		if (t->zone != NULL || src->zone == NULL)
			continue;
		if (*zone != NULL && src->is_zone_by_format) {
			if (strcmp(*zone, src->zone) != 0)
				*zone = "UTC";
			continue;
		}
		if (*zone != NULL && strcmp(*zone, src->zone) != 0)
			return stage_fail(s, EXIT_USAGE, "the sources are of "
			    "time zones %s and %s (fix: --tz %s)", *zone,
			    src->zone, *zone);
		*zone = src->zone;
	}
	if (*zone == NULL)
		*zone = "UTC";
	run_set_digits(&t->feed, digits < 0 ? 0 : digits);
	return 0;
}

static int
emit_meta(struct stage *s, const char *zone)
{
	struct tfeed *t = s->state;
	struct record *r = &t->meta;
	struct buf source = { 0 };
	int rc = 0;

	for (int i = 0; i < s->argc; i++) {
		if (i > 0)
			rc |= buf_add_char(&source, ',');
		rc |= buf_add_str(&source, s->argv[i]);
	}
	record_make(r, REC_META);
	rc |= record_put_str(r, &(struct key)KEY("format"), "tape 1");
	rc |= record_put_string(r, &(struct key)KEY("source"), source.data,
	    source.len);
	rc |= record_put_str(r, &(struct key)KEY("time_zone"), zone);
	rc |= record_put_int(r, &(struct key)KEY("digits"), t->feed.digits);
	rc |= record_put_str(r, &(struct key)KEY("adjustments"), "none");
	buf_release(&source);
	return rc != 0 ? stage_fail_memory(s) : stage_pass_meta(s, r);
}

static int
emit_end(struct stage *s)
{
	struct tfeed *t = s->state;
	struct record *r = &t->meta;
	int64_t records = t->feed.seq - 1;
	int rc;

	record_make(r, REC_END);
	rc = record_put_int(r, &(struct key)KEY("records"), records);
	rc |= record_put_int(r, &(struct key)KEY("last_seq"), records);
	rc |= record_put_int(r, &(struct key)KEY("status"), 0);
	rc |= record_put_int(r, &(struct key)KEY("tfeed_rows"), t->feed.rows);
	rc |= record_put_int(r, &(struct key)KEY("tfeed_refused"),
	    t->feed.refused);
	rc |= record_put_int(r, &(struct key)KEY("tfeed_rounded"),
	    t->feed.rounded);
	return rc != 0 ? stage_fail_memory(s) : stage_pass_meta(s, r);
}

/* The record without a field: only a source's own `more` is ever taken out. */
static struct record *
without(struct stage *s, const struct record *r, const struct field *leave)
{
	struct tfeed *t = s->state;
	struct record *to = &t->feed.record;
	int rc = 0;

	record_make(to, r->type);
	for (int i = 0; i < r->n; i++)
		if (&r->f[i] != leave)
			rc |= record_put_field(to, &r->f[i]);
	if (rc == 0)
		return to;
	stage_fail_memory(s);
	return NULL;
}

/* `more` stands on every record of an instant but the last. */
static struct record *
set_more(struct stage *s, struct record *r, int more)
{
	struct tfeed *t = s->state;
	struct key *k = &t->feed.keys.more;
	const struct field *f = record_find(r, k);

	if (f != NULL && !more)
		return without(s, r, f);
	if (more && (f == NULL || f->kind != F_BOOL || !f->v.i)
	    && record_put_bool(r, k, 1) < 0) {
		stage_fail_memory(s);
		return NULL;
	}
	return r;
}

/* A live feed does not wait to see what follows a record: no `more`. */
static int
feed_live(struct stage *s)
{
	struct tfeed *t = s->state;
	struct source *src = merge_top(&t->merge);
	struct record *r = source_get(src);
	int rc;

	if (r == NULL || (r = set_more(s, r, 0)) == NULL)
		return -1;
	t->feed.seq++;
	if (stage_emit(s, r) < 0 || (rc = source_next(src)) < 0)
		return -1;
	merge_moved(&t->merge, rc == 0);
	return 0;
}

/* The top's record, once it is known what follows it. `stop`: nothing is read
 * any more. */
static int
feed_one(struct stage *s, int stop)
{
	struct tfeed *t = s->state;
	struct source *src = merge_top(&t->merge), *next;
	int64_t known = src->known;
	struct record *r = source_get(src);
	int rc = 0;

	if (r == NULL || (!stop && (rc = source_next(src)) < 0))
		return -1;
	merge_moved(&t->merge, rc == 0);
	next = merge_top(&t->merge);
	r = set_more(s, r, next != NULL && next->known == known);
	if (r == NULL)
		return -1;
	t->feed.seq++;
	return stage_emit(s, r);
}

/* Asked to stop, what was read of the instant still goes out; later records
 * would have gaps before them. */
static int
finish_instant(struct stage *s)
{
	struct tfeed *t = s->state;
	const struct source *top = merge_top(&t->merge);
	int64_t known = top == NULL ? 0 : top->known;

	for (; top != NULL && top->known == known; top = merge_top(&t->merge))
		if (feed_one(s, 1) < 0)
			return -1;
	return 0;
}

static int
feed_all(struct stage *s)
{
	struct tfeed *t = s->state;
	int rc;

	for (int i = 0; i < t->count; i++) {
		rc = source_next(&t->sources[i]);
		if (rc < 0)
			return -1;
		if (rc > 0)
			merge_add(&t->merge, &t->sources[i]);
	}
	while (merge_top(&t->merge) != NULL && !stage_is_stopping(s)) {
		rc = pace_wait(s, &t->pace, merge_top(&t->merge)->known);
		if (rc <= 0)
			return rc;
		if ((t->feed.is_following ? feed_live(s) : feed_one(s, 0)) < 0)
			return -1;
	}
	return t->feed.is_following ? 0 : finish_instant(s);
}

int
run_feed(struct stage *s)
{
	struct tfeed *t = s->state;
	const char *zone;

	if (open_sources(s) < 0 || settle(s, &zone) < 0)
		return -1;
	if (!t->bare && emit_meta(s, zone) < 0)
		return -1;
	if (feed_all(s) < 0 || (!t->bare && emit_end(s) < 0))
		return -1;
	stage_info(s, "%lld rows, %lld records, %lld refused, %lld numbers "
	    "rounded", (long long)t->feed.rows, (long long)t->feed.seq - 1,
	    (long long)t->feed.refused, (long long)t->feed.rounded);
	return 0;
}

void
run_close(struct stage *s)
{
	struct tfeed *t = s->state;

	for (int i = 0; i < t->count; i++)
		source_close(&t->sources[i]);
}
