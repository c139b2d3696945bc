/* SPDX-License-Identifier: MIT */
/* Deep copies of records. */
#include <string.h>

#include "record/store.h"

static size_t
text_size(const struct record *r)
{
	size_t n = r->raw == NULL ? 0 : r->raw_len;

	for (int i = 0; i < r->n; i++) {
		n += r->f[i].key_len;
		n += field_has_text(&r->f[i]) ? r->f[i].text_len : 0;
	}
	return n;
}

/* Where dst keeps the bytes: in its copy of the raw line, or added. */
static const char *
keep(struct record *dst, const struct record *src, const char *s, size_t n)
{
	uintptr_t at = (uintptr_t)s, raw = (uintptr_t)src->raw;
	char *p = dst->text.data + dst->text.len;

	if (src->raw != NULL && at >= raw && at - raw <= src->raw_len)
		return dst->raw + (at - raw);
	memcpy(p, s, n);
	dst->text.len += n;
	return p;
}

int
record_copy(struct record *dst, const struct record *src)
{
	struct field *f;

	if (dst == src)
		return 0;
	buf_clear(&dst->text);
	dst->n = dst->nraw = 0;
	dst->raw = NULL;
	if (buf_reserve(&dst->text, text_size(src)) == NULL)
		return -1;
	if (src->raw != NULL) {
		memcpy(dst->text.data, src->raw, src->raw_len);
		dst->text.len = src->raw_len;
		dst->raw = dst->text.data;
	}
	dst->raw_len = src->raw_len;
	dst->type = src->type;
	memcpy(dst->seen, src->seen, sizeof dst->seen);
	for (int i = 0; i < src->n; i++) {
		f = &dst->f[i];
		*f = src->f[i];
		f->key = keep(dst, src, f->key, f->key_len);
		f->text = field_has_text(f)
		    ? keep(dst, src, f->text, f->text_len)
		    : NULL;
	}
	dst->nraw = src->nraw;
	dst->n = src->n;
	return 0;
}
