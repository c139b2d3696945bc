/* SPDX-License-Identifier: MIT */
/* A record: one flat JSON object, either read from a line or made by a stage.
 * tape-record(5) is its public form.
 *
 * A record read from a line keeps it (raw); its first nraw fields stand there
 * as text, fields put later are typed and spliced in before the last brace
 * when it is printed. Replacing a field gives up raw, and the record is then
 * printed field by field, unchanged values with their own text. */
#ifndef TAPE_RECORD_H
#define TAPE_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/dec.h"
#include "base/money.h"

enum record_type {
	REC_OTHER,
	REC_META,
	REC_BAR,
	REC_TRADE,
	REC_QUOTE,
	REC_SIGNAL,
	REC_ORDER,
	REC_VETO,
	REC_REQUEST,
	REC_REPORT,
	REC_ACCOUNT,
	REC_POSITION,
	REC_END,
	REC_SESSION,
	REC_REJECT,
	REC_TYPES
};

enum field_kind {
	F_NULL,
	F_BOOL,
	F_STRING, /* text: as in JSON, between the quotes, escapes kept */
	F_NUMBER, /* text: a JSON number */
	F_JSON, /* text: an array or object, at most 32 deep */
	/* only in fields that a stage put */
	F_DEC,
	F_REAL, /* finite */
	F_INT,
	F_TIME, /* ns in i, fraction digits in digits */
};

struct field {
	const char *key; /* borrowed, as between the quotes (an escape that needs
	                    not be is undone), not terminated */
	const char *text; /* borrowed; the kinds that have text */
	uint32_t text_len;
	uint16_t key_len;
	uint8_t kind;
	uint8_t digits;
	union {
		int64_t i; /* F_INT, F_TIME, F_BOOL */
		struct dec dec;
		double real;
	} v;
};

enum { RECORD_FIELDS_MAX = 1024, RECORD_DEPTH_MAX = 32 };

struct record {
	enum record_type type;
	const char *raw; /* the line up to its last brace, or NULL */
	size_t raw_len;
	int nraw, n;
	struct field *f; /* owned, room for RECORD_FIELDS_MAX */
	struct buf text; /* owned: text of values made here */
	uint64_t seen[4]; /* a bit a key by its hash: one whose bit is free is
	                     not there */
};

/* A key to look for. The hint makes looking again in a stream of like
 * records one comparison. */
struct key {
	const char *name;
	uint16_t len;
	uint16_t hint;
	uint16_t hash; /* 256 + the key's hash; 0: not computed yet */
};
#define KEY(s) { (s), sizeof(s) - 1, 0, 0 }

/* Where a line is wrong: 1-based byte column, and a constant sentence. */
struct record_error {
	size_t column;
	const char *what;
	const char *value; /* the offending bytes in the line, or NULL */
	size_t value_len;
};

int record_init(struct record *r); /* -1: no memory */
void record_release(struct record *r);

/* Reads a line (no newline), which must outlive the record's use. Strict JSON:
 * one object, string keys unlike each other, UTF-8, no U+0000; `type` may
 * stand anywhere, and one that is not known is REC_OTHER. -1 fills *e. */
int record_parse(struct record *r, const char *line, size_t n,
    struct record_error *e);
/* The same by jansson: the oracle of the tests. 0 if the line is a legal
 * record. */
int record_check_json(const char *line, size_t n);

/* Starts a record of a type; the field `type` is put. */
void record_make(struct record *r, enum record_type type);
/* A deep copy: dst then borrows nothing. -1: no memory. */
int record_copy(struct record *dst, const struct record *src);

const char *record_type_name(enum record_type t);
enum record_type record_type_of(const char *s, size_t n);

const struct field *record_search(const struct record *r, struct key *k);

/* NULL when it is not there. In one process keys are mostly the very same
 * literals, so the hint and a pointer tell. */
static inline const struct field *
record_find(const struct record *r, struct key *k)
{
	const struct field *f = &r->f[k->hint];

	if (k->hint < r->n && f->key == k->name && f->key_len == k->len)
		return f;
	return record_search(r, k);
}

/* Reading. -1: null or of another kind (or not representable). */
int field_dec(const struct field *f, struct dec *out);
int field_money(const struct field *f, struct money *out);
int field_real(const struct field *f, double *out);
int field_int(const struct field *f, int64_t *out); /* no fraction */
int field_bool(const struct field *f, int *out);
int field_time(const struct field *f, int64_t *ns, int *digits);
/* The bytes between the quotes; -1 when not a string or it has escapes, and
 * for F_TIME. What is borrowed holds until the next put. */
int field_plain(const struct field *f, const char **s, size_t *n);
/* Appends the unescaped string; -1 when not a string or no memory. */
int field_string(const struct field *f, struct buf *out);
int field_is(const struct field *f, const char *s); /* a string equal to s */

/* Putting a field at the end, or replacing the one of that name (the key must
 * outlive the record's use; `k` gets the hint). Text is copied. -1: no memory
 * or too many fields. */
int record_put_null(struct record *r, struct key *k);
int record_put_bool(struct record *r, struct key *k, int v);
int record_put_int(struct record *r, struct key *k, int64_t v);
int record_put_dec(struct record *r, struct key *k, struct dec v);
int record_put_money(struct record *r, struct key *k, struct money v);
int record_put_real(struct record *r, struct key *k, double v); /* not finite: null */
int record_put_time(struct record *r, struct key *k, int64_t ns, int digits);
int record_put_string(struct record *r, struct key *k, const char *s, size_t n);
int record_put_str(struct record *r, struct key *k, const char *s);
/* Both check what they are given: errno EINVAL. */
int record_put_json(struct record *r, struct key *k, const char *s, size_t n);
int record_put_number(struct record *r, struct key *k, const char *s, size_t n);
/* Adds a field that is known not to be there, for its value to be written in
 * place (text is borrowed): the quick way to make many records alike. */
struct field *record_add(struct record *r, struct key *k,
    enum field_kind kind);
/* Puts a field as it stands in another record. */
int record_put_field(struct record *r, const struct field *f);

/* Takes the field of that name away, if it is there. */
void record_drop(struct record *r, struct key *k);

/* Appends the line and its newline. The bytes are the same whether a record
 * came through a pipe or not. -1: no memory. */
int record_print(const struct record *r, struct buf *out);

#endif
