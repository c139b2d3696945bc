/* SPDX-License-Identifier: MIT */
/* Reading a line: the hot path of every program. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "record/json.h"
#include "record/scan.h"
#include "record/store.h"

struct parse {
	struct scan s;
	struct record *r;
	struct field *f; /* the one being read */
};

/* record_hash, where 8 bytes can be read before the end. */
static inline unsigned
hash_key(const char *key, size_t n, const char *end)
{
	if (n >= 8 || end - key < 8)
		return record_hash(key, n);
	return record_mix(scan_load(key) & ((UINT64_C(1) << 8 * n) - 1), n);
}

static int
has_key(const struct record *r, const struct field *f)
{
	for (const struct field *g = r->f; g < f; g++)
		if (g->key_len == f->key_len &&
		    memcmp(g->key, f->key, f->key_len) == 0)
			return 1;
	return 0;
}

static inline int
is_duplicate(struct parse *x, const char *end)
{
	const struct field *f = x->f;
	unsigned h = hash_key(f->key, f->key_len, end);

	if (record_has_seen(x->r, h))
		return has_key(x->r, f);
	record_see(x->r, h);
	return 0;
}

/* A key with escapes is kept in the one form that this program writes, so
 * that bytes tell equal keys. It is never longer than what it is made of. */
static int
fold_key(struct parse *x)
{
	struct field *f = x->f;
	struct buf *text = &x->r->text, plain = { 0 };
	size_t at;
	int rc = -1;

	x->r->n = (int)(f - x->r->f);
	if (text_add_unescaped(&plain, f->key, f->key_len) == 0 &&
	    record_room(x->r, plain.len * 6 + 2, NULL) != NULL) {
		at = text->len;
		rc = text_add_json(text, plain.data, plain.len);
		f->key = text->data + at + 1;
		f->key_len = (uint16_t)(text->len - at - 2);
	}
	buf_release(&plain);
	return rc;
}

static const char *
take_key(struct parse *x, const char *p)
{
	struct field *f = x->f;
	const char *key = p + 1, *end = x->s.end;

	if (*p != '"')
		return scan_fail(&x->s, p, 0, "a key is missing");
	if (f == x->r->f + RECORD_FIELDS_MAX)
		return scan_fail(&x->s, p, 0, "too many fields");
	p = scan_short_string(&x->s, key);
	if (p == NULL)
		return NULL;
	if (p - key > UINT16_MAX)
		return scan_fail(&x->s, key, 0, "a key is too long");
	f->key = key;
	f->key_len = (uint16_t)(p - key);
	if (x->s.has_escape) {
		if (fold_key(x) != 0)
			return scan_fail(&x->s, key, 0, "out of memory");
		end = f->key + f->key_len;
	}
	if (is_duplicate(x, end))
		return scan_fail(&x->s, key, (size_t)(p - key),
		    "duplicate key");
	p = scan_space(p + 1);
	if (*p != ':')
		return scan_fail(&x->s, p, 0, "a colon is missing");
	return scan_space(p + 1);
}

static const char *
take_nested(struct parse *x, const char *p)
{
	struct field *f = x->f;

	if (p == x->s.end)
		return scan_fail(&x->s, p, 0, "the line is cut short");
	if (x->s.has_members && !json_is_unique(f->text, f->text_len))
		return scan_fail(&x->s, f->text, f->text_len,
		    "duplicate key inside");
	x->s.has_members = 0;
	return p;
}

static inline const char *
take_value(struct parse *x, const char *p)
{
	struct field *f = x->f;

	if (*p == '"') {
		f->kind = F_STRING;
		f->text = p + 1;
		p = scan_short_string(&x->s, p + 1);
		if (p == NULL)
			return NULL;
		f->text_len = (uint32_t)(p - f->text);
		return p + 1;
	}
	if ((unsigned char)(*p - '0') < 10) { /* most are: a short cut */
		f->kind = F_NUMBER;
		f->text = p;
		p = scan_number(&x->s, p);
		if (p != NULL)
			f->text_len = (uint32_t)(p - f->text);
		return p;
	}
	p = scan_other(&x->s, p, f);
	if (p != NULL && f->kind == F_JSON)
		return take_nested(x, p);
	return p;
}

/* p is at the opening brace; 0 or -1. */
static int
parse_object(struct parse *x, const char *p)
{
	struct record *r = x->r;

	p = scan_space(p + 1);
	if (*p == '}' && x->f == r->f)
		goto closed;
	for (;;) {
		p = take_key(x, p);
		if (p == NULL)
			return -1;
		p = take_value(x, p);
		if (p == NULL)
			return -1;
		if (record_key_is_type(x->f->key, x->f->key_len))
			r->type = record_type_by(x->f);
		x->f++;
		p = scan_space(p);
		if (*p != ',')
			break;
		p = scan_space(p + 1);
	}
	if (*p != '}') {
		scan_fail(&x->s, p, 0, "a comma or a brace is missing");
		return -1;
	}
closed:
	if (p + 1 != x->s.end) {
		scan_fail(&x->s, scan_space(p + 1), 0,
		    "text after the object");
		return -1;
	}
	r->n = r->nraw = (int)(x->f - r->f);
	return 0;
}

/* line ends with a brace. */
static int
parse_line(struct record *r, const char *line, size_t n,
    struct record_error *e)
{
	struct parse x = { .s = { .begin = line, .end = line + n, .error = e },
		.r = r, .f = r->f };
	const char *p = scan_space(line);

	memset(r->seen, 0, sizeof r->seen);
	if (*p == '{')
		return parse_object(&x, p);
	scan_fail(&x.s, p, 0, "not an object");
	return -1;
}

/* What is wrong with a line that does not end with a brace: the first mistake
 * in it with one added. */
static int
diagnose(struct record *r, const char *line, size_t n,
    struct record_error *e)
{
	char *copy = malloc(n + 1);
	int rc;

	*e = (struct record_error){ .column = n + 1,
		.what = n == 0 ? "the line is empty" : "the line is cut short" };
	if (copy == NULL || n == 0) {
		free(copy);
		return -1;
	}
	memcpy(copy, line, n);
	copy[n] = '}';
	rc = parse_line(r, copy, n + 1, e);
	if (e->value != NULL)
		e->value = line + (e->value - copy);
	if (rc == 0 || e->column > n ||
	    (e->value != NULL && e->value + e->value_len >= line + n))
		*e = (struct record_error){ .column = n + 1,
			.what = "the line is cut short" };
	free(copy);
	return -1;
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

int
record_parse(struct record *r, const char *line, size_t n,
    struct record_error *e)
{
	size_t len = n > 0 && line[n - 1] == '\r' ? n - 1 : n;
	int rc = -1;

	buf_clear(&r->text);
	r->raw = NULL;
	r->n = r->nraw = 0;
	r->type = REC_OTHER;
	while (len > 0 && is_blank(line[len - 1]))
		len--;
	if (len > UINT32_MAX)
		*e = (struct record_error){ .column = UINT32_MAX,
			.what = "the line is too long" };
	else if (len == 0 || line[len - 1] != '}')
		rc = diagnose(r, line, len, e);
	else
		rc = parse_line(r, line, len, e);
	if (rc != 0) {
		r->n = r->nraw = 0;
		r->type = REC_OTHER;
		return -1;
	}
	r->raw = line;
	r->raw_len = len;
	return 0;
}
