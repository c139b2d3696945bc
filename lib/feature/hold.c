/* SPDX-License-Identifier: MIT */
/* Holds the records of an instant until it is complete: at the market record
 * without `more`, at the first of another instant, and at `end`. They then go
 * on in their order, the bars with their features. */
#include <string.h>

#include "base/time.h"
#include "feature/state.h"

static int
hold(struct stage *s, const struct record *r)
{
	struct tfeat *t = s->state;
	int is_full;
	if (instant_add(&t->instant, r, &is_full) == 0)
		return 0;
	if (!is_full)
		return stage_fail_memory(s);
	return stage_fail_at(s, EXIT_INPUT, 0,
	    "an instant of more than %d bytes", INSTANT_BYTES_MAX);
}

/* The line at *at, which goes on behind it. */
static int
read_line(struct stage *s, const char **at)
{
	struct tfeat *t = s->state;
	const struct buf *b = &t->instant.lines;
	const char *nl = memchr(*at, '\n', (size_t)(b->data + b->len - *at));
	struct record_error e;
	if (record_parse(&t->line, *at, (size_t)(nl - *at), &e) < 0)
		return stage_fail_record(s, &e);
	*at = nl + 1;
	return 0;
}

int
feature_hold_close(struct stage *s)
{
	struct tfeat *t = s->state;
	struct instant *now = &t->instant;
	const char *at = now->lines.data;
	size_t i, bar = 0;
	if (!now->is_open)
		return 0;
	if (instant_compute(now, &t->memory) < 0)
		return stage_fail_memory(s);
	for (i = 0; i < now->nlines; i++) {
		if (read_line(s, &at) < 0)
			return -1;
		if (bar == now->nbars || now->bars[bar].line != i) {
			if (stage_emit(s, &t->line) < 0)
				return -1;
			continue;
		}
		if (bar_emit(s, &t->line, instant_values(now, &t->memory, bar),
		        now->bars[bar].is_warm) < 0)
			return -1;
		bar++;
	}
	instant_clear(now);
	return 0;
}

int
feature_hold_other(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	return t->instant.is_open ? hold(s, r) : stage_emit(s, r);
}

/* When the record is known, and whether more of that instant follow. */
static int
read_head(struct stage *s, const struct record *r, int64_t span,
    int64_t *known, int *more)
{
	struct tfeat *t = s->state;
	const struct field *f = record_find(r, &t->time);
	if (f == NULL || field_time(f, known, NULL) < 0 ||
	    __builtin_add_overflow(*known, span, known))
		return bar_fail(s, r, f, "time");
	f = record_find(r, &t->more);
	*more = 0;
	if (f != NULL && field_bool(f, more) < 0)
		return bar_fail(s, r, f, "more");
	return 0;
}

int
feature_hold(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	struct instant *now = &t->instant;
	struct feature_input in = {0};
	int64_t series = 0, known = 0;
	int more = 0;
	if (r->type == REC_BAR && (series = bar_read(s, r, &in)) < 0)
		return -1;
	if (read_head(s, r, in.span, &known, &more) < 0)
		return -1;
	if (now->is_open && now->known != known && feature_hold_close(s) < 0)
		return -1;
	if (r->type != REC_BAR && !now->is_open && !more)
		return stage_emit(s, r);
	now->is_open = 1;
	now->known = known;
	if (hold(s, r) < 0)
		return -1;
	if (r->type == REC_BAR &&
	    instant_add_bar(now, &t->memory, (size_t)series, &in,
	        bar_is_peek(t, r)) < 0)
		return stage_fail_memory(s);
	return more ? 0 : feature_hold_close(s);
}
