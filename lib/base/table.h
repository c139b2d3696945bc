/* SPDX-License-Identifier: MIT */
/* Names to small integers, in order of arrival: symbols, ids, keys. */
#ifndef TAPE_TABLE_H
#define TAPE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct table_name {
	char *text; /* terminated */
	uint32_t len, hash;
};

/* Zeroed memory is an empty table. */
struct table {
	struct table_name *names;
	uint32_t *slots; /* index + 1, 0 = free */
	uint32_t count, cap, mask;
	uint32_t last; /* the index found last: streams repeat themselves */
};

/* The index of the name, adding it; -1: no memory. *is_new may be NULL. */
int64_t table_intern(struct table *t, const char *s, size_t n, int *is_new);
/* The index, or -1 when it is not there. */
int64_t table_find(const struct table *t, const char *s, size_t n);
void table_release(struct table *t);

static inline const char *
table_text(const struct table *t, size_t i)
{
	return t->names[i].text;
}

#endif
