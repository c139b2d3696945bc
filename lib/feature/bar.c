/* SPDX-License-Identifier: MIT */
/* Reading bars, and writing the features to them. */
#include <math.h>
#include <string.h>

#include "base/time.h"
#include "feature/state.h"

/* Column of a field in its line, for messages. */
static size_t
column_of(const struct record *r, const struct field *f)
{
	if (r->raw == NULL || f - r->f >= r->nraw || f->text == NULL)
		return 0;
	return (size_t)(f->text - r->raw) + 1;
}

int
bar_fail(struct stage *s, const struct record *r, const struct field *f,
    const char *name)
{
	const char *type = record_type_name(r->type);
	if (f == NULL)
		return stage_fail_at(s, EXIT_INPUT, 0, "a %s without '%s'",
		    type, name);
	return stage_fail_at(s, EXIT_INPUT, column_of(r, f),
	    "bad '%s' in a %s", name, type);
}

static int
read_values(struct stage *s, const struct record *r)
{
	struct tfeat *t = s->state;
	int i;
	for (i = 0; i < t->set.nfields; i++) {
		struct feature_field *want = &t->set.fields[i];
		double *v = &t->set.values[i];
		const struct field *f;
		*v = NAN;
		if (want->user < 0)
			continue;
		f = record_find(r, &want->key);
		if (f == NULL)
			return stage_fail_at(s, EXIT_INPUT, 0,
			    "a bar without '%s', which %s reads",
			    want->key.name,
			    t->set.uses[want->user].outputs[0]);
		if (f->kind != F_NULL && field_real(f, v) < 0)
			return stage_fail_at(s, EXIT_INPUT, column_of(r, f),
			    "'%s' is not a number, which %s reads",
			    want->key.name,
			    t->set.uses[want->user].outputs[0]);
	}
	return 0;
}

/* The time, and the number of the local day that a bar begins on. */
static int
read_session(struct stage *s, const struct record *r, struct feature_input *in)
{
	struct tfeat *t = s->state;
	const struct field *f = record_find(r, &t->time);
	int64_t local;
	if (f == NULL || field_time(f, &in->time, NULL) < 0)
		return bar_fail(s, r, f, "time");
	local = in->time / TIME_SECOND - (in->time % TIME_SECOND < 0);
	if (t->zone != NULL)
		local += zone_offset(t->zone, in->time);
	in->session = local / 86400 - (local % 86400 < 0);
	return 0;
}

int64_t
bar_read(struct stage *s, const struct record *r, struct feature_input *in)
{
	struct tfeat *t = s->state;
	const char *what;
	int64_t series = memory_find(&t->memory, r, &what);
	struct key key;
	if (series < 0 && what == NULL)
		return stage_fail_memory(s);
	if (series < 0) {
		key = what[1] == 'y' ? t->memory.symbol : t->memory.span;
		return bar_fail(s, r, record_find(r, &key), what);
	}
	in->span = t->memory.series[series].length;
	if (read_values(s, r) < 0 ||
	    (t->set.wants_session && read_session(s, r, in) < 0))
		return -1;
	return series;
}

int
bar_is_peek(struct tfeat *t, const struct record *r)
{
	const struct field *f = t->peek ? record_find(r, &t->flags) : NULL;
	const char *s, *end, *comma;
	size_t n;
	if (f == NULL || field_plain(f, &s, &n) < 0)
		return 0;
	for (end = s + n; s < end; s = comma + 1) {
		comma = memchr(s, ',', (size_t)(end - s));
		if (comma == NULL)
			comma = end;
		if (comma - s == 7 && memcmp(s, "partial", 7) == 0)
			return 1;
	}
	return 0;
}

int
bar_emit(struct stage *s, struct record *r, const double *values, int is_warm)
{
	struct tfeat *t = s->state;
	const double *out = values + t->set.nfields;
	int i;
	if (t->warm == WARM_DROP && !is_warm) {
		t->dropped++;
		return 0;
	}
	for (i = 0; i < t->set.noutputs; i++)
		if (record_put_real(r, &t->set.keys[i], out[i]) < 0)
			return stage_fail(s, EXIT_SYSTEM,
			    "no memory, or more than %d fields",
			    RECORD_FIELDS_MAX);
	return stage_emit(s, r);
}
