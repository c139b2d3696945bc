/* SPDX-License-Identifier: MIT */
/* The life of a record, and finding a field in it. */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include "record/store.h"

int
record_init(struct record *r)
{
	*r = (struct record){ 0 };
	r->f = calloc(RECORD_FIELDS_MAX, sizeof *r->f);
	return r->f == NULL ? -1 : 0;
}

void
record_release(struct record *r)
{
	free(r->f);
	buf_release(&r->text);
	*r = (struct record){ 0 };
}

void
record_make(struct record *r, enum record_type type)
{
	const char *name = record_type_name(type);

	buf_clear(&r->text);
	r->raw = NULL;
	r->raw_len = 0;
	r->nraw = 0;
	r->n = 1;
	r->type = type;
	r->f[0] = (struct field){ .key = "type", .key_len = 4,
		.kind = F_STRING, .text = name,
		.text_len = (uint32_t)strlen(name) };
	memset(r->seen, 0, sizeof r->seen);
	record_see(r, record_hash("type", 4));
}

static void
rebase(const char **p, uintptr_t from, size_t n, const char *to)
{
	uintptr_t at = (uintptr_t)*p;

	if (from != 0 && at >= from && at - from <= n)
		*p = to + (at - from);
}

char *
record_room(struct record *r, size_t n, const char **s)
{
	uintptr_t from = (uintptr_t)r->text.data;
	size_t len = r->text.len;
	char *p = buf_reserve(&r->text, n);
	const char *to = r->text.data;

	if (p == NULL || from == (uintptr_t)to)
		return p;
	for (int i = 0; i < r->n; i++) {
		rebase(&r->f[i].key, from, len, to);
		rebase(&r->f[i].text, from, len, to);
	}
	rebase(&r->raw, from, len, to);
	if (s != NULL)
		rebase(s, from, len, to);
	return p;
}

/* Keys are short: no call to compare them. */
static inline int
is_same(const char *a, const char *b, size_t n)
{
	if (n >= 8)
		return scan_load(a) == scan_load(b) &&
		    scan_load(a + n - 8) == scan_load(b + n - 8) &&
		    (n <= 16 || memcmp(a, b, n) == 0);
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i])
			return 0;
	return 1;
}

static inline int
is_key(const struct field *f, const struct key *k)
{
	return f->key_len == k->len &&
	    (f->key == k->name || is_same(f->key, k->name, k->len));
}

int
record_index(const struct record *r, struct key *k)
{
	if (k->hint < r->n && is_key(&r->f[k->hint], k))
		return k->hint;
	if (!record_has_seen(r, record_key_hash(k)))
		return -1;
	for (int i = 0; i < r->n; i++) {
		if (is_key(&r->f[i], k)) {
			k->hint = (uint16_t)i;
			return i;
		}
	}
	return -1;
}

const struct field *
record_search(const struct record *r, struct key *k)
{
	int i = record_index(r, k);

	return i < 0 ? NULL : &r->f[i];
}
