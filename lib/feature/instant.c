/* SPDX-License-Identifier: MIT */
/* Computes features over the bars of an instant, one feature after the other,
 * so that each may read what the one before says of every symbol. */
#include "feature/instant.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
instant_release(struct instant *t)
{
	buf_release(&t->lines);
	buf_release(&t->forks);
	free(t->bars);
	free(t->values);
	free(t->x);
	free(t->who);
	free(t->other);
}

void
instant_clear(struct instant *t)
{
	buf_clear(&t->lines);
	buf_clear(&t->forks);
	t->nlines = t->nbars = 0;
	t->is_open = 0;
}

int
instant_add(struct instant *t, const struct record *r, int *is_full)
{
	*is_full = t->lines.len > INSTANT_BYTES_MAX;
	if (*is_full || record_print(r, &t->lines) < 0)
		return -1;
	t->nlines++;
	return 0;
}

static int
grow(struct instant *t, size_t row)
{
	size_t room = t->room > 0 ? 2 * t->room : 8;
	struct instant_bar *bars = realloc(t->bars, room * sizeof(*bars));
	double *values;
	if (bars == NULL)
		return -1;
	t->bars = bars;
	values = realloc(t->values, room * row * sizeof(*values));
	if (values == NULL)
		return -1;
	t->values = values;
	t->room = room;
	return 0;
}

int
instant_add_bar(struct instant *t, const struct memory *m, size_t series,
    const struct feature_input *in, int is_peek)
{
	size_t row = instant_row(m);
	struct instant_bar *bar;
	if (t->nbars == t->room && grow(t, row) < 0)
		return -1;
	bar = &t->bars[t->nbars];
	*bar = (struct instant_bar){.line = t->nlines - 1,
	    .series = (uint32_t)series, .in = *in, .is_warm = 1};
	if (is_peek) {
		if (buf_add(&t->forks, memory_block(m, series),
		        m->set->block) < 0)
			return -1;
		bar->fork = (uint32_t)(t->forks.len / m->set->block);
	}
	memcpy(instant_values(t, m, t->nbars), m->set->values,
	    row * sizeof(double));
	t->nbars++;
	return 0;
}

static struct feature_row
row_of(const struct instant *t, const struct memory *m, size_t i)
{
	struct instant_bar *bar = &t->bars[i];
	void *block = bar->fork > 0
	    ? t->forks.data + (bar->fork - 1) * m->set->block
	    : memory_block(m, bar->series);
	return (struct feature_row){instant_values(t, m, i), block, &bar->in};
}

/* t->other: the last bar of the symbol at each span, or NULL. */
static void
find_other(struct instant *t, const struct memory *m, const char *symbol)
{
	int64_t number = table_find(&m->symbols, symbol, strlen(symbol));
	size_t i;
	memset(t->other, 0, m->spans.count * sizeof(*t->other));
	for (i = 0; i < t->nbars; i++) {
		const struct memory_series *s =
		    &m->series[t->bars[i].series];
		if (s->symbol == number)
			t->other[s->span] = instant_values(t, m, i);
	}
}

static void
compute_each(struct instant *t, const struct memory *m, size_t use)
{
	const struct feature_use *u = &m->set->uses[use];
	const double *other = NULL;
	size_t i;
	if (u->symbol[0] != '\0')
		find_other(t, m, u->symbol);
	for (i = 0; i < t->nbars; i++) {
		struct feature_row row = row_of(t, m, i);
		if (u->symbol[0] != '\0')
			other = t->other[m->series[t->bars[i].series].span];
		t->bars[i].is_warm &= feature_set_step(m->set, use, &row,
		    other);
	}
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The bars of one span that have a value: to t->x and t->who. */
static size_t
gather(struct instant *t, const struct memory *m, size_t use, uint32_t span)
{
	int src = m->set->slots[use].src;
	int64_t wanted = m->set->uses[use].span;
	size_t i, n = 0;
	for (i = 0; i < t->nbars; i++) {
		const struct memory_series *s =
		    &m->series[t->bars[i].series];
		double x = instant_values(t, m, i)[src];
		if (s->span != span || !isfinite(x) ||
		    (wanted != 0 && wanted != s->length))
			continue;
		t->x[n] = x;
		t->who[n++] = i;
	}
	return n;
}

static void
compute_across(struct instant *t, const struct memory *m, size_t use)
{
	double *sorted = t->x + t->x_room, *out = sorted + t->x_room;
	int to = m->set->slots[use].out;
	uint32_t span;
	size_t i, n;
	for (i = 0; i < t->nbars; i++)
		instant_values(t, m, i)[to] = NAN;
	compute_each(t, m, use);
	for (span = 0; span < m->spans.count; span++) {
		n = gather(t, m, use, span);
		if (n == 0)
			continue;
		memcpy(sorted, t->x, n * sizeof(*sorted));
		qsort(sorted, n, sizeof(*sorted), by_value);
		m->set->uses[use].feature->across(t->x, sorted, n, out);
		for (i = 0; i < n; i++)
			instant_values(t, m, t->who[i])[to] = out[i];
	}
}

static int
make_room(struct instant *t, const struct memory *m)
{
	if (t->x_room < t->room) {
		free(t->x);
		free(t->who);
		t->x_room = 0;
		t->x = malloc(3 * t->room * sizeof(*t->x));
		t->who = malloc(t->room * sizeof(*t->who));
		if (t->x == NULL || t->who == NULL)
			return -1;
		t->x_room = t->room;
	}
	if (t->other_room < m->spans.count) {
		free(t->other);
		t->other_room = 0;
		t->other = malloc(2 * m->spans.count * sizeof(*t->other));
		if (t->other == NULL)
			return -1;
		t->other_room = 2 * m->spans.count;
	}
	return 0;
}

int
instant_compute(struct instant *t, const struct memory *m)
{
	size_t i;
	if (make_room(t, m) < 0)
		return -1;
	for (i = 0; i < m->set->count; i++)
		if (m->set->uses[i].feature->across != NULL)
			compute_across(t, m, i);
		else
			compute_each(t, m, i);
	return 0;
}
