/* SPDX-License-Identifier: MIT */
/* Putting fields. A value is made first, its text in the record's own buffer,
 * then set; so a failure leaves the record as it was. */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "record/json.h"
#include "record/scan.h"
#include "record/store.h"

static int
set(struct record *r, struct key *k, struct field *v)
{
	int i = record_index(r, k);

	if (i < 0) {
		if (r->n == RECORD_FIELDS_MAX) {
			errno = E2BIG;
			return -1;
		}
		i = r->n++;
		record_see(r, record_key_hash(k));
		k->hint = (uint16_t)i;
		v->key = k->name;
	} else {
		if (i < r->nraw) {
			r->raw = NULL;
			r->nraw = 0;
		}
		v->key = r->f[i].key;
	}
	v->key_len = k->len;
	r->f[i] = *v;
	if (record_key_is_type(v->key, v->key_len))
		r->type = record_type_by(v);
	return 0;
}

struct field *
record_add(struct record *r, struct key *k, enum field_kind kind)
{
	struct field *f = &r->f[r->n++];

	record_see(r, record_key_hash(k));
	*f = (struct field){ .key = k->name, .key_len = k->len,
		.kind = (uint8_t)kind };
	return f;
}

int
record_put_null(struct record *r, struct key *k)
{
	return set(r, k, &(struct field){ .kind = F_NULL });
}

int
record_put_bool(struct record *r, struct key *k, int v)
{
	return set(r, k, &(struct field){ .kind = F_BOOL, .v.i = v != 0 });
}

int
record_put_int(struct record *r, struct key *k, int64_t v)
{
	return set(r, k, &(struct field){ .kind = F_INT, .v.i = v });
}

int
record_put_dec(struct record *r, struct key *k, struct dec v)
{
	return set(r, k, &(struct field){ .kind = F_DEC, .v.dec = v });
}

int
record_put_real(struct record *r, struct key *k, double v)
{
	if (!isfinite(v))
		return record_put_null(r, k);
	/* -0 + 0 is 0, which is what prints */
	return set(r, k, &(struct field){ .kind = F_REAL, .v.real = v + 0.0 });
}

/* What the digits do not show is dropped now, not only when printed. */
int
record_put_time(struct record *r, struct key *k, int64_t ns, int digits)
{
	int64_t unit = 1, rest;

	if (ns == TIME_NONE)
		return record_put_null(r, k);
	digits = digits < 0 ? 0 : digits > 9 ? 9 : digits;
	for (int i = digits; i < 9; i++)
		unit *= 10;
	rest = ns % unit;
	rest += rest < 0 ? unit : 0;
	if (ns >= INT64_MIN + TIME_SECOND)
		ns -= rest;
	return set(r, k, &(struct field){ .kind = F_TIME,
	    .digits = (uint8_t)digits, .v.i = ns });
}

/* Copies s to the end of r->text, with room for one byte more. */
static char *
add_text(struct record *r, const char *s, size_t n)
{
	char *p = n < UINT32_MAX ? record_room(r, n + 1, &s) : NULL;

	if (p == NULL)
		return NULL;
	if (n > 0)
		memcpy(p, s, n);
	r->text.len += n;
	return p;
}

int
record_put_money(struct record *r, struct key *k, struct money v)
{
	char text[MONEY_TEXT_MAX];
	struct field f = { .kind = F_NUMBER };

	f.text_len = (uint32_t)money_print(v, text);
	f.text = add_text(r, text, f.text_len);
	return f.text == NULL ? -1 : set(r, k, &f);
}

static int
add_escaped(struct record *r, const char *s, size_t n, struct field *f)
{
	size_t at;

	if (n > UINT32_MAX / 6 - 2 || record_room(r, 6 * n + 2, &s) == NULL)
		return -1;
	at = r->text.len;
	if (text_add_json(&r->text, s, n) != 0)
		return -1;
	f->text = r->text.data + at + 1;
	f->text_len = (uint32_t)(r->text.len - at - 2);
	return 0;
}

int
record_put_string(struct record *r, struct key *k, const char *s, size_t n)
{
	struct field f = { .kind = F_STRING, .text_len = (uint32_t)n };

	if (n == 0 || scan_plain(s, s + n) == s + n) {
		f.text = add_text(r, s, n);
		return f.text == NULL ? -1 : set(r, k, &f);
	}
	return add_escaped(r, s, n, &f) != 0 ? -1 : set(r, k, &f);
}

int
record_put_str(struct record *r, struct key *k, const char *s)
{
	return record_put_string(r, k, s, strlen(s));
}

/* Any JSON value but a string, checked. */
static int
put_checked(struct record *r, struct key *k, const char *text, size_t n)
{
	struct record_error error;
	struct scan s = { .error = &error };
	struct field f = { 0 };
	char *p = add_text(r, text, n);

	if (p == NULL)
		return -1;
	p[n] = '}'; /* the brace that a scan wants */
	s.begin = p;
	s.end = p + n + 1;
	if (scan_other(&s, p, &f) != p + n ||
	    (s.has_members && !json_is_unique(p, n))) {
		r->text.len -= n;
		errno = EINVAL;
		return -1;
	}
	return set(r, k, &f);
}

int
record_put_json(struct record *r, struct key *k, const char *s, size_t n)
{
	return put_checked(r, k, s, n);
}

int
record_put_number(struct record *r, struct key *k, const char *s, size_t n)
{
	if (n == 0 || !(s[0] == '-' || (s[0] >= '0' && s[0] <= '9'))) {
		errno = EINVAL;
		return -1;
	}
	return put_checked(r, k, s, n);
}

/* Everything is copied: the key is another line's, and that may go before
 * this record does. */
int
record_put_field(struct record *r, const struct field *f)
{
	struct key k = { .name = f->key, .len = f->key_len };
	struct field v = *f;
	int i = record_index(r, &k);
	size_t n = field_has_text(f) ? f->text_len : 0;

	/* room for both at once, so that the second does not move the first */
	if (record_room(r, n + k.len + 2, &v.text) == NULL)
		return -1;
	k.name = i < 0 ? add_text(r, f->key, k.len) : r->f[i].key;
	if (field_has_text(f))
		v.text = add_text(r, v.text, n);
	return set(r, &k, &v);
}

void
record_drop(struct record *r, struct key *k)
{
	int i = record_index(r, k);

	if (i < 0)
		return;
	if (i < r->nraw) {
		r->raw = NULL;
		r->nraw = 0;
	}
	r->n--;
	memmove(&r->f[i], &r->f[i + 1], (size_t)(r->n - i) * sizeof *r->f);
	if (record_key_is_type(k->name, k->len))
		r->type = REC_OTHER;
}
