/* SPDX-License-Identifier: MIT */
/* Writing a record: its raw line with the new fields spliced in, or field by
 * field. */
#include <string.h>

#include "base/real.h"
#include "base/time.h"
#include "record/store.h"

enum { VALUE_MAX = 48 }; /* the longest value that is made here */

_Static_assert((int)VALUE_MAX >= (int)REAL_TEXT_MAX &&
        (int)VALUE_MAX >= (int)DEC_TEXT_MAX &&
        (int)VALUE_MAX >= (int)TIME_TEXT_MAX + 2,
    "room for every kind");

/* Most keys and values are shorter than what a call of memcpy is worth: two
 * moves that may overlap copy them. */
static inline char *
add(char *p, const char *s, size_t n)
{
	if (n >= 4 && n <= 8) {
		memcpy(p, s, 4);
		memcpy(p + n - 4, s + n - 4, 4);
	} else if (n > 8 && n <= 16) {
		memcpy(p, s, 8);
		memcpy(p + n - 8, s + n - 8, 8);
	} else {
		memcpy(p, s, n);
	}
	return p + n;
}

static char *
add_int(char *p, int64_t v)
{
	char text[20], *at = text + sizeof text;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		*--at = (char)('0' + u % 10);
		u /= 10;
	} while (u > 0);
	if (v < 0)
		*p++ = '-';
	return add(p, at, (size_t)(text + sizeof text - at));
}

static char *
add_value(char *p, const struct field *f)
{
	switch ((enum field_kind)f->kind) {
	case F_STRING:
		*p++ = '"';
		p = add(p, f->text, f->text_len);
		*p++ = '"';
		return p;
	case F_NUMBER:
	case F_JSON:
		return add(p, f->text, f->text_len);
	case F_BOOL:
		return f->v.i ? add(p, "true", 4) : add(p, "false", 5);
	case F_DEC:
		return p + dec_print(f->v.dec, p);
	case F_REAL:
		return p + real_print(f->v.real, p);
	case F_INT:
		return add_int(p, f->v.i);
	case F_TIME:
		*p++ = '"';
		p += time_print(f->v.i, f->digits, p);
		*p++ = '"';
		return p;
	case F_NULL:
		break;
	}
	return add(p, "null", 4);
}

/* At least what the line will take. */
static size_t
line_size(const struct record *r, int first)
{
	size_t n = r->raw == NULL ? 3 : r->raw_len + 3;

	for (int i = first; i < r->n; i++) {
		const struct field *f = &r->f[i];

		n += f->key_len + sizeof "\"\":,";
		n += field_has_text(f) ? f->text_len + 2 : VALUE_MAX;
	}
	return n;
}

int
record_print(const struct record *r, struct buf *out)
{
	int first = r->raw == NULL ? 0 : r->nraw;
	char *start = buf_reserve(out, line_size(r, first)), *p = start;

	if (p == NULL)
		return -1;
	if (r->raw == NULL)
		*p++ = '{';
	else
		p = add(p, r->raw, r->raw_len - 1); /* without its brace */
	for (int i = first; i < r->n; i++) {
		if (i > 0)
			*p++ = ',';
		*p++ = '"';
		p = add(p, r->f[i].key, r->f[i].key_len);
		*p++ = '"';
		*p++ = ':';
		p = add_value(p, &r->f[i]);
	}
	*p++ = '}';
	*p++ = '\n';
	out->len += (size_t)(p - start);
	return 0;
}
