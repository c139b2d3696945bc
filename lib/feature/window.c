/* SPDX-License-Identifier: MIT */
/* The parts of windows that are too long to be inlined. */
#include "feature/window.h"

void
window_sum_turn(struct window_sum *w)
{
	double sum = 0, rest = 0, cut;
	uint32_t i;
	for (i = w->n; i-- > 0;) {
		sum = window_two_sum(sum, w->v[2 * (size_t)i], &cut);
		rest += cut;
		w->v[2 * (size_t)i] = sum;
		w->v[2 * (size_t)i + 1] = rest;
	}
	w->pos = 0;
	w->back = w->rest = 0;
}

void
window_weighted_turn(struct window_weighted *w)
{
	double sum = 0, weighted = 0;
	uint32_t i;
	for (i = w->n; i-- > 0;) {
		/* Older than all so far: weight 1, the others one more. */
		sum += w->v[2 * i];
		weighted += sum;
		w->v[2 * i] = sum;
		w->v[2 * i + 1] = weighted;
	}
	w->pos = 0;
	w->sum = w->weighted = 0;
}

double
window_weighted_add(struct window_weighted *w, double x)
{
	const double *old = &w->v[2 * (w->pos + 1)];
	double n = w->n, weighted;
	if (x != w->last)
		w->run = 0;
	w->last = x;
	w->run += w->run < w->n;
	w->len += w->len < w->n;
	w->sum += x;
	w->weighted += (w->pos + 1) * x;
	/* The newer part stands behind n - pos - 1 older values. */
	weighted = old[1] + w->weighted + (n - w->pos - 1) * w->sum;
	w->v[2 * w->pos] = x;
	if (++w->pos == w->n)
		window_weighted_turn(w);
	if (w->len < w->n)
		return NAN;
	return w->run >= w->n ? x : weighted / (n * (n + 1) / 2);
}

/* One more value for (mean, m2) of k values, itself counted. */
static inline void
moments_step(double *mean, double *m2, double k, double x)
{
	double d = x - *mean;
	*mean += d / k;
	*m2 += d * (x - *mean);
}

void
window_moments_turn(struct window_moments *w)
{
	double mean = 0, m2 = 0;
	uint32_t i;
	for (i = w->n; i-- > 0;) {
		moments_step(&mean, &m2, w->n - i, w->v[2 * i]);
		w->v[2 * i] = mean;
		w->v[2 * i + 1] = m2;
	}
	w->pos = 0;
	w->mean = w->m2 = 0;
}

double
window_moments_add(struct window_moments *w, double x, double *mean)
{
	const double *old = &w->v[2 * (w->pos + 1)];
	double newer = w->pos + 1, older, share, d, at, m2;
	moments_step(&w->mean, &w->m2, newer, x);
	w->v[2 * w->pos] = x;
	w->len += w->len < w->n;
	older = w->len - newer;
	share = newer / w->len;
	d = w->mean - old[0];
	at = old[0] + d * share;
	m2 = w->m2 + old[1] + d * d * (older * share);
	if (older == 0) {
		at = w->mean;
		m2 = w->m2;
	}
	if (++w->pos == w->n)
		window_moments_turn(w);
	if (mean != NULL)
		*mean = at;
	return w->len == w->n ? m2 / w->n : NAN;
}

double
window_max_add(struct window_max *w, double x)
{
	struct window_max_item *q = w->q;
	uint32_t i;
	if (w->len > 0 && w->count - q[w->head].at >= w->n) {
		w->head = w->head + 1 == w->n ? 0 : w->head + 1;
		w->len--;
	}
	while (w->len > 0) {
		i = w->head + w->len - 1;
		if (q[i < w->n ? i : i - w->n].v > x)
			break;
		w->len--;
	}
	i = w->head + w->len;
	q[i < w->n ? i : i - w->n] = (struct window_max_item){x, w->count};
	w->len++;
	w->count++;
	return q[w->head].v;
}
