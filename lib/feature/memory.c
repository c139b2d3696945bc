/* SPDX-License-Identifier: MIT */
/* Series by name, each with its flat state. */
#include "feature/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"

enum { SYMBOL_MAX = 32, SERIES_TEXT_MAX = SYMBOL_MAX + 1 + SPAN_TEXT_MAX };

void
memory_init(struct memory *m, const struct feature_set *set)
{
	m->set = set;
	m->symbol = (struct key)KEY("symbol");
	m->span = (struct key)KEY("span");
}

void
memory_release(struct memory *m)
{
	table_release(&m->names);
	table_release(&m->symbols);
	table_release(&m->spans);
	free(m->series);
	free(m->blocks);
}

static int
grow(struct memory *m)
{
	size_t room = m->room > 0 ? 2 * m->room : 4;
	struct memory_series *series;
	char *blocks = realloc(m->blocks, room * m->set->block);
	if (blocks == NULL)
		return -1;
	m->blocks = blocks;
	series = realloc(m->series, room * sizeof(*series));
	if (series == NULL)
		return -1;
	m->series = series;
	m->room = room;
	return 0;
}

/* A series of the name "AAPL 1d", whose symbol has n bytes. */
static int
begin(struct memory *m, size_t i, const char *name, size_t n)
{
	const char *span = name + n + (name[n] == ' ');
	int64_t symbol = table_intern(&m->symbols, name, n, NULL);
	int64_t number = table_intern(&m->spans, span, strlen(span), NULL);
	struct memory_series *s;
	if (symbol < 0 || number < 0 || (i >= m->room && grow(m) < 0))
		return -1;
	s = &m->series[i];
	*s = (struct memory_series){(uint32_t)symbol, (uint32_t)number, 0};
	if (span_parse(span, strlen(span), &s->length) < 0)
		s->length = 0;
	memset(memory_block(m, i), 0, m->set->block);
	feature_set_init(m->set, memory_block(m, i));
	return 0;
}

/* Writes the series' name; the length of its symbol, or 0 with *what. */
static size_t
name_series(struct memory *m, const struct record *r,
    char name[SERIES_TEXT_MAX + 1], const char **what)
{
	const struct field *symbol = record_find(r, &m->symbol);
	const struct field *span = record_find(r, &m->span);
	const char *text;
	size_t n, len;
	*what = "symbol";
	if (symbol == NULL || field_plain(symbol, &text, &n) < 0 ||
	    !text_is_symbol(text, n))
		return 0;
	memcpy(name, text, n);
	len = n;
	*what = "span";
	if (span != NULL) {
		if (field_plain(span, &text, &n) < 0 || n >= SPAN_TEXT_MAX)
			return 0;
		name[len] = ' ';
		memcpy(name + len + 1, text, n);
		name[len + 1 + n] = '\0';
	} else
		name[len] = '\0';
	*what = NULL;
	return len;
}

int64_t
memory_find(struct memory *m, const struct record *r, const char **what)
{
	char name[SERIES_TEXT_MAX + 1];
	size_t n = name_series(m, r, name, what);
	int is_new = 0;
	int64_t i;
	if (n == 0)
		return -1;
	i = table_intern(&m->names, name, strlen(name), &is_new);
	if (i >= 0 && is_new && begin(m, (size_t)i, name, n) < 0)
		return -1;
	return i;
}
