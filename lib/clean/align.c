/* SPDX-License-Identifier: MIT */
/* Several symbols on one clock: when an instant is over that had bars of one
 * span, each symbol that has had such bars before and lacks one now gets it
 * filled, or a flag on the bar that it comes back with. */
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "clean/state.h"

enum { SPANS_MAX = 16 };

int
align_open(struct stage *s)
{
	struct tclean *t = s->state;
	const char *at = t->align;

	if (at == NULL || strcmp(at, "all") == 0)
		return 0;
	for (;;) {
		size_t n = strcspn(at, ",");

		if (!text_is_symbol(at, n))
			return stage_fail(s, EXIT_USAGE, "bad value '%.60s' "
			    "for --align (wants all, or A,B,C)", t->align);
		if (table_intern(&t->align_names, at, n, NULL) < 0)
			return stage_fail_memory(s);
		if (at[n] == '\0')
			return 0;
		at += n + 1;
	}
}

static int
is_aligned(const struct tclean *t, size_t i)
{
	size_t n;
	const char *symbol = clean_series_symbol(&t->series, i, &n);

	return clean_series_type(&t->series, i) == REC_BAR &&
	    (t->align_names.count == 0 ||
	     table_find(&t->align_names, symbol, n) >= 0);
}

/* The spans of the bars that are known at an instant. */
static int
spans_at(const struct tclean *t, int64_t instant, int64_t spans[SPANS_MAX])
{
	int count = 0;

	for (size_t i = 0; i < t->series.names.count; i++) {
		int64_t span = clean_series_span(&t->series, i);
		int k = 0;

		if (t->series.at[i].time + span != instant ||
		    !is_aligned(t, i))
			continue;
		while (k < count && spans[k] != span)
			k++;
		if (k == count && count < SPANS_MAX)
			spans[count++] = span;
	}
	return count;
}

static int
is_missing(const struct tclean *t, size_t i, int64_t instant, int64_t span)
{
	return clean_series_span(&t->series, i) == span && is_aligned(t, i) &&
	    t->series.at[i].time + span < instant;
}

int
align_is_pending(const struct tclean *t, int64_t instant)
{
	int64_t spans[SPANS_MAX];
	int count;

	if (t->gaps != GAPS_FILL || instant != t->aligned)
		return 0;
	count = spans_at(t, instant, spans);
	for (int k = 0; k < count; k++)
		for (size_t i = 0; i < t->series.names.count; i++)
			if (is_missing(t, i, instant, spans[k]))
				return 1;
	return 0;
}

static int
finish(struct stage *s, int64_t instant)
{
	struct tclean *t = s->state;
	int64_t spans[SPANS_MAX];
	int count = spans_at(t, instant, spans);

	for (int k = 0; k < count; k++)
		for (size_t i = 0; i < t->series.names.count; i++) {
			struct clean_series *series = &t->series.at[i];

			if (!is_missing(t, i, instant, spans[k]))
				continue;
			if (t->gaps == GAPS_FILL) {
				if (fill_send(s, i, instant - spans[k]) != 0)
					return -1;
			} else if (series->missed_count++ == 0) {
				series->missed = instant - spans[k];
			}
		}
	return 0;
}

int
align_turn(struct stage *s, int64_t instant)
{
	struct tclean *t = s->state;
	int64_t over = t->aligned;

	if (instant <= over)
		return 0;
	t->aligned = instant;
	return over == TIME_NONE ? 0 : finish(s, over);
}
