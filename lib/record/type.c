/* SPDX-License-Identifier: MIT */
/* The names of the record types. */
#include <string.h>

#include "record/store.h"

static const struct {
	char name[12];
	size_t len;
} types[REC_TYPES] = {
#define TYPE(s) { s, sizeof(s) - 1 }
	[REC_OTHER] = TYPE("other"),
	[REC_META] = TYPE("meta"),
	[REC_BAR] = TYPE("bar"),
	[REC_TRADE] = TYPE("trade"),
	[REC_QUOTE] = TYPE("quote"),
	[REC_SIGNAL] = TYPE("signal"),
	[REC_ORDER] = TYPE("order"),
	[REC_VETO] = TYPE("veto"),
	[REC_REQUEST] = TYPE("request"),
	[REC_REPORT] = TYPE("report"),
	[REC_ACCOUNT] = TYPE("account"),
	[REC_POSITION] = TYPE("position"),
	[REC_END] = TYPE("end"),
	[REC_SESSION] = TYPE("session"),
	[REC_REJECT] = TYPE("reject"),
#undef TYPE
};

const char *
record_type_name(enum record_type t)
{
	return types[t < REC_TYPES ? t : REC_OTHER].name;
}

enum record_type
record_type_of(const char *s, size_t n)
{
	for (int i = REC_META; i < REC_TYPES; i++)
		if (types[i].len == n && memcmp(types[i].name, s, n) == 0)
			return (enum record_type)i;
	return REC_OTHER;
}

enum record_type
record_type_by(const struct field *f)
{
	enum record_type type = REC_OTHER;
	struct buf b = { 0 };
	const char *s;
	size_t n;

	if (field_plain(f, &s, &n) == 0)
		return record_type_of(s, n);
	if (f->kind == F_STRING && field_string(f, &b) == 0)
		type = record_type_of(b.data, b.len);
	buf_release(&b);
	return type;
}
