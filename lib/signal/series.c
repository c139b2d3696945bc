/* SPDX-License-Identifier: MIT */
/* Series by name; the one of the bar before is found at once. */
#include "signal/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int
make_room(struct series_set *set)
{
	size_t room = set->room > 0 ? 2 * set->room : 8;
	struct series *p = realloc(set->items, room * sizeof(*p));
	if (p == NULL)
		return -1;
	set->items = p;
	set->room = room;
	return 0;
}

static struct series *
look_up(
    struct series_set *set, const struct code *c, const char *name, size_t n)
{
	int is_new = 0;
	if (set->names.count == set->room && make_room(set) < 0)
		return NULL;
	int64_t i = table_intern(&set->names, name, n, &is_new);
	if (i < 0)
		return NULL;
	struct series *s = &set->items[i];
	if (is_new)
		*s = (struct series){0};
	if (s->state == NULL && (s->state = code_state_new(c)) == NULL)
		return NULL;
	set->last = i;
	set->last_len = n;
	memcpy(set->last_name, name, n);
	return s;
}

struct series *
series_find(struct series_set *set, const struct code *c,
    const char *const text[2], const size_t n[2], const char **what)
{
	char name[SERIES_TEXT_MAX];
	size_t len = n[0] + 1 + n[1];
	int64_t span = 0;
	*what = NULL;
	if (len == set->last_len &&
	    memcmp(text[0], set->last_name, n[0]) == 0 &&
	    set->last_name[n[0]] == ' ' &&
	    memcmp(text[1], set->last_name + n[0] + 1, n[1]) == 0)
		return &set->items[set->last];
	if (!text_is_symbol(text[0], n[0]))
		*what = "symbol";
	else if (n[1] > 0 &&
		 (n[1] > SPAN_TEXT_MAX || span_parse(text[1], n[1], &span) < 0))
		*what = "span";
	if (*what != NULL)
		return NULL;
	memcpy(name, text[0], n[0]);
	name[n[0]] = ' ';
	memcpy(name + n[0] + 1, text[1], n[1]);
	struct series *s = look_up(set, c, name, len);
	if (s != NULL)
		s->span = span;
	return s;
}

void
series_release(struct series_set *set)
{
	for (uint32_t i = 0; i < set->names.count; i++)
		free(set->items[i].state);
	free(set->items);
	table_release(&set->names);
}
