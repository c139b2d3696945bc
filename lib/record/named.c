/* SPDX-License-Identifier: MIT */
/* Fields by name. */
#include "record/named.h"

#include <string.h>

static struct key
key_of(const char *name)
{
	return (struct key){.name = name, .len = (uint16_t)strlen(name)};
}

const struct field *
named_find(const struct record *r, const char *name)
{
	struct key k = key_of(name);

	return record_find(r, &k);
}

int
named_str(const struct record *r, const char *name, const char **s, size_t *n)
{
	const struct field *f = named_find(r, name);

	if (f != NULL && field_plain(f, s, n) == 0)
		return 0;
	*s = "";
	*n = 0;
	return -1;
}

int
named_copy(const struct record *r, const char *name, char *out, size_t size)
{
	const char *s;
	size_t n;
	int rc = named_str(r, name, &s, &n);

	if (n >= size) {
		rc = -1;
		n = 0;
	}
	memcpy(out, s, n);
	out[n] = '\0';
	return rc;
}

int
named_dec(const struct record *r, const char *name, struct dec *out)
{
	const struct field *f = named_find(r, name);

	return f != NULL ? field_dec(f, out) : -1;
}

int
named_money(const struct record *r, const char *name, struct money *out)
{
	const struct field *f = named_find(r, name);

	return f != NULL ? field_money(f, out) : -1;
}

int
named_int(const struct record *r, const char *name, int64_t *out)
{
	const struct field *f = named_find(r, name);

	return f != NULL ? field_int(f, out) : -1;
}

int64_t
named_time(const struct record *r, const char *name)
{
	const struct field *f = named_find(r, name);
	int64_t ns;

	return f != NULL && field_time(f, &ns, NULL) == 0 ? ns : TIME_NONE;
}

int
named_is(const struct record *r, const char *name, const char *value)
{
	const struct field *f = named_find(r, name);

	return f != NULL && field_is(f, value);
}

int
named_put_str(struct record *r, const char *name, const char *v)
{
	struct key k = key_of(name);

	return record_put_str(r, &k, v);
}

int
named_put_dec(struct record *r, const char *name, struct dec v)
{
	struct key k = key_of(name);

	return record_put_dec(r, &k, v);
}

int
named_put_money(struct record *r, const char *name, struct money v)
{
	struct key k = key_of(name);

	return record_put_money(r, &k, v);
}

int
named_put_int(struct record *r, const char *name, int64_t v)
{
	struct key k = key_of(name);

	return record_put_int(r, &k, v);
}

int
named_put_bool(struct record *r, const char *name, int v)
{
	struct key k = key_of(name);

	return record_put_bool(r, &k, v);
}

int
named_put_null(struct record *r, const char *name)
{
	struct key k = key_of(name);

	return record_put_null(r, &k);
}

int
named_put_time(struct record *r, const char *name, int64_t ns, int digits)
{
	struct key k = key_of(name);

	return record_put_time(r, &k, ns, digits);
}

int
named_put_from(struct record *r, const char *name, const struct record *from)
{
	const struct field *f = named_find(from, name);

	return f != NULL ? record_put_field(r, f) : 0;
}
