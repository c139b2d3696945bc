/* SPDX-License-Identifier: MIT */
/* The heap of sources. */
#include "feed/merge.h"

#include <stdlib.h>

int
merge_init(struct merge *m, int cap)
{
	m->n = 0;
	m->heap = calloc((size_t)cap + 1, sizeof *m->heap);
	return m->heap == NULL ? -1 : 0;
}

void
merge_release(struct merge *m)
{
	free(m->heap);
	m->heap = NULL;
	m->n = 0;
}

static int
is_before(const struct source *a, const struct source *b)
{
	if (a->known != b->known)
		return a->known < b->known;
	return a->order < b->order;
}

void
merge_add(struct merge *m, struct source *src)
{
	int i = m->n++;

	for (; i > 0 && is_before(src, m->heap[(i - 1) / 2]); i = (i - 1) / 2)
		m->heap[i] = m->heap[(i - 1) / 2];
	m->heap[i] = src;
}

struct source *
merge_top(const struct merge *m)
{
	return m->n > 0 ? m->heap[0] : NULL;
}

void
merge_moved(struct merge *m, int is_over)
{
	struct source *src = is_over ? m->heap[--m->n] : m->heap[0];
	int i = 0, child;

	while ((child = 2 * i + 1) < m->n) {
		if (child + 1 < m->n
		    && is_before(m->heap[child + 1], m->heap[child]))
			child++;
		if (!is_before(m->heap[child], src))
			break;
		m->heap[i] = m->heap[child];
		i = child;
	}
	if (m->n > 0)
		m->heap[i] = src;
}
