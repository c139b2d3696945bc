/* SPDX-License-Identifier: MIT */
/* What the parts of the record codec share. */
#ifndef TAPE_RECORD_STORE_H
#define TAPE_RECORD_STORE_H

#include "record/record.h"

/* Room for n bytes at the end of r->text. The fields move along when that
 * does, and so does *s (may be NULL) if it points into it. NULL: no memory. */
char *record_room(struct record *r, size_t n, const char **s);
/* The place of a key, or -1. */
int record_index(const struct record *r, struct key *k);
/* The record's type by its field `type`. */
enum record_type record_type_by(const struct field *f);

static inline int
record_key_is_type(const char *key, size_t n)
{
	return n == 4 && __builtin_memcmp(key, "type", 4) == 0;
}

static inline int
field_has_text(const struct field *f)
{
	return f->kind == F_STRING || f->kind == F_NUMBER || f->kind == F_JSON;
}

#endif
