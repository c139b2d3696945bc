/* SPDX-License-Identifier: MIT */
/* Names to small integers: open addressing with linear probing, at most half
 * full. */
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_MIN = 16 }; /* names */

#define TABLE_MAX (UINT32_C(1) << 30)

static uint32_t
hash_of(const char *s, size_t n)
{
	uint64_t h = n, word;

	for (; n >= 8; n -= 8, s += 8) {
		memcpy(&word, s, 8);
		h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	word = 0;
	if (n > 0)
		memcpy(&word, s, n);
	h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(h ^ h >> 32);
}

static int
is_name(const struct table_name *e, const char *s, size_t n)
{
	return e->len == n && (n == 0 || memcmp(e->text, s, n) == 0);
}

/* The slot of the name, or the free one where it would go. */
static uint32_t
slot_of(const struct table *t, const char *s, size_t n, uint32_t hash)
{
	const struct table_name *e;
	uint32_t i = hash & t->mask;

	for (; t->slots[i] != 0; i = (i + 1) & t->mask) {
		e = &t->names[t->slots[i] - 1];
		if (e->hash == hash && is_name(e, s, n))
			break;
	}
	return i;
}

static int
grow(struct table *t)
{
	uint32_t cap = t->cap == 0 ? TABLE_MIN : t->cap * 2, mask = cap * 2 - 1;
	struct table_name *names;
	uint32_t *slots, i, k;

	if (cap > TABLE_MAX)
		return -1;
	slots = calloc((size_t)mask + 1, sizeof(*slots));
	names = realloc(t->names, (size_t)cap * sizeof(*names));
	if (names != NULL)
		t->names = names;
	if (slots == NULL || names == NULL) {
		free(slots);
		return -1;
	}
	for (k = 0; k < t->count; k++) {
		for (i = names[k].hash & mask; slots[i] != 0;)
			i = (i + 1) & mask;
		slots[i] = k + 1;
	}
	free(t->slots);
	t->slots = slots;
	t->cap = cap;
	t->mask = mask;
	return 0;
}

static char *
copy_of(const char *s, size_t n)
{
	char *text = malloc(n + 1);

	if (text == NULL)
		return NULL;
	if (n > 0)
		memcpy(text, s, n);
	text[n] = '\0';
	return text;
}

int64_t
table_find(const struct table *t, const char *s, size_t n)
{
	if (t->count == 0)
		return -1;
	if (is_name(&t->names[t->last], s, n))
		return t->last;
	return (int64_t)t->slots[slot_of(t, s, n, hash_of(s, n))] - 1;
}

int64_t
table_intern(struct table *t, const char *s, size_t n, int *is_new)
{
	int64_t found = table_find(t, s, n);
	struct table_name e;

	if (is_new != NULL)
		*is_new = found == -1;
	if (found != -1) {
		t->last = (uint32_t)found;
		return found;
	}
	if (n >= UINT32_MAX || (t->count == t->cap && grow(t) == -1))
		return -1;
	e.hash = hash_of(s, n);
	e.len = (uint32_t)n;
	e.text = copy_of(s, n);
	if (e.text == NULL)
		return -1;
	t->slots[slot_of(t, s, n, e.hash)] = t->count + 1;
	t->names[t->count] = e;
	t->last = t->count++;
	return t->last;
}

void
table_release(struct table *t)
{
	for (uint32_t i = 0; i < t->count; i++)
		free(t->names[i].text);
	free(t->names);
	free(t->slots);
	*t = (struct table) { 0 };
}
