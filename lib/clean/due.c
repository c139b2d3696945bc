/* SPDX-License-Identifier: MIT */
/* What time brings, in the order in which it is known: a bar is complete, or
 * one is missing. What is due at an instant itself waits until a later one
 * begins, since records of it may still come; but a bar of trades does not:
 * a trade at its end is no part of it. */
#include "base/time.h"
#include "clean/state.h"

struct due {
	int64_t at;
	size_t index;
	enum { DUE_NONE, DUE_BUCKET, DUE_SERIES } kind;
	int is_over; /* nothing that is known at that time can change it */
};

void
due_add(struct tclean *t, int64_t at)
{
	if (at < t->next)
		t->next = at;
}

void
due_note(struct tclean *t, struct clean_series *series, int64_t span)
{
	struct calendar_bars bars = { span, series->is_local
		? calendar_zone(t->own_calendar) : t->zone };

	series->due = TIME_NONE;
	if (t->gaps != GAPS_FILL || t->view.calendar == NULL ||
	    calendar_next(t->view.calendar, &bars, series->time,
	        &series->due) != 0)
		return;
	due_add(t, series->due + span);
}

static void
earlier(struct due *first, struct due other)
{
	if (first->kind == DUE_NONE || other.at < first->at)
		*first = other;
}

/* The earliest of all; t->next is then exact. */
static struct due
find(struct tclean *t)
{
	struct due first = { .at = INT64_MAX };

	for (size_t i = 0; i < t->buckets.names.count; i++) {
		const struct bucket *b = &t->buckets.at[i];

		if (b->is_open && b->end != INT64_MAX)
			earlier(&first, (struct due){ b->end, i, DUE_BUCKET,
				b->source == 0 });
	}
	for (size_t i = 0; i < t->series.names.count; i++)
		if (t->series.at[i].due != TIME_NONE)
			earlier(&first, (struct due){ t->series.at[i].due +
				clean_series_span(&t->series, i), i,
				DUE_SERIES, 0 });
	t->next = first.at;
	return first;
}

int
due_advance(struct stage *s, int64_t instant)
{
	struct tclean *t = s->state;
	int rc = 0;

	if (!t->is_making || instant <= t->clock)
		return 0;
	while (rc == 0 && t->next <= instant) {
		struct due d = find(t);

		if (d.kind == DUE_NONE || d.at > instant ||
		    (d.at == instant && !d.is_over))
			break;
		rc = d.kind == DUE_BUCKET
		    ? merge_send(s, &t->buckets.at[d.index], 0)
		    : fill_send(s, d.index, t->series.at[d.index].due);
	}
	t->clock = instant;
	return rc != 0 || t->align == NULL ? rc : align_turn(s, instant);
}

/* The open bucket that is known first, or NULL. Those of ticks have no end
 * yet: what counts is how far they came. */
static struct bucket *
next_open(const struct tclean *t)
{
	struct bucket *first = NULL;

	for (size_t i = 0; i < t->buckets.names.count; i++) {
		struct bucket *b = &t->buckets.at[i];

		if (b->is_open && (first == NULL || b->end < first->end ||
		    (b->end == first->end && b->last < first->last)))
			first = b;
	}
	return first;
}

int
due_end(struct stage *s)
{
	struct tclean *t = s->state;
	int64_t clock = t->clock;
	struct bucket *b;

	if (!t->is_making || clock == TIME_NONE)
		return 0;
	if (clock < INT64_MAX && due_advance(s, clock + 1) != 0)
		return -1;
	while ((b = next_open(t)) != NULL)
		if (merge_send(s, b, b->whole > clock) != 0)
			return -1;
	return t->align == NULL ? 0 : align_turn(s, INT64_MAX);
}

int
due_is_pending(struct tclean *t, int64_t instant)
{
	if (t->next <= instant && find(t).at <= instant)
		return 1;
	return t->align != NULL && align_is_pending(t, instant);
}
