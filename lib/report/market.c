/* SPDX-License-Identifier: MIT */
/* One small entry a symbol. */
#include "report/market.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct market_symbol *
symbol_of(struct market *m, const char *name, size_t n)
{
	int64_t i = table_intern(&m->symbols, name, n, NULL);
	struct market_symbol *symbol;
	size_t cap;

	if (i < 0)
		return NULL;
	if ((size_t)i >= m->cap) {
		cap = m->cap == 0 ? 8 : m->cap * 2;
		symbol = realloc(m->symbol, cap * sizeof(*symbol));
		if (symbol == NULL)
			return NULL;
		memset(symbol + m->cap, 0, (cap - m->cap) * sizeof(*symbol));
		m->symbol = symbol;
		m->cap = cap;
	}
	return &m->symbol[i];
}

int
market_close(struct market *m, const char *symbol, size_t n, double close)
{
	struct market_symbol *s = symbol_of(m, symbol, n);

	if (s == NULL)
		return -1;
	if (!s->has_close)
		s->first = close;
	s->has_close = 1;
	s->last = close;
	return 0;
}

int
market_position(struct market *m, const char *symbol, size_t n, int is_held)
{
	struct market_symbol *s = symbol_of(m, symbol, n);

	if (s == NULL)
		return -1;
	m->held -= s->is_held != 0;
	m->held += is_held != 0;
	s->is_held = is_held != 0;
	return 0;
}

double
market_hold_return(const struct market *m)
{
	const struct market_symbol *s;
	double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < m->symbols.count; i++) {
		s = &m->symbol[i];
		if (!s->has_close)
			continue;
		if (!(s->first > 0))
			return NAN;
		sum += (s->last - s->first) / s->first;
		n++;
	}
	return n == 0 ? (double)NAN : sum / (double)n;
}

void
market_release(struct market *m)
{
	free(m->symbol);
	table_release(&m->symbols);
	*m = (struct market){0};
}
