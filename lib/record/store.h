/* SPDX-License-Identifier: MIT */
/* What the parts of the record codec share. */
#ifndef TAPE_RECORD_STORE_H
#define TAPE_RECORD_STORE_H

#include "record/record.h"
#include "record/scan.h"

/* Room for n bytes at the end of r->text. The fields move along when that
 * does, and so does *s (may be NULL) if it points into it. NULL: no memory. */
char *record_room(struct record *r, size_t n, const char **s);
/* The place of a key, or -1. */
int record_index(const struct record *r, struct key *k);
/* The record's type by its field `type`. */
enum record_type record_type_by(const struct field *f);

/* Mixes the length, the first and the last 8 bytes of a key. */
static inline unsigned
record_mix(uint64_t v, size_t n)
{
	return (unsigned)(((v + n) * UINT64_C(0x9e3779b97f4a7c15)) >> 56);
}

static inline unsigned
record_hash(const char *key, size_t n)
{
	uint64_t v = 0;

	if (n >= 8)
		v = scan_load(key) ^ scan_load(key + n - 8) * 31;
	else
		for (size_t i = 0; i < n; i++)
			v |= (uint64_t)(unsigned char)key[i] << 8 * i;
	return record_mix(v, n);
}

static inline unsigned
record_key_hash(struct key *k)
{
	if (k->hash == 0)
		k->hash = (uint16_t)(256 + record_hash(k->name, k->len));
	return k->hash & 255;
}

static inline int
record_has_seen(const struct record *r, unsigned hash)
{
	return (r->seen[hash >> 6] >> (hash & 63)) & 1;
}

static inline void
record_see(struct record *r, unsigned hash)
{
	r->seen[hash >> 6] |= UINT64_C(1) << (hash & 63);
}

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
