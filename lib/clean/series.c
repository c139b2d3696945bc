/* SPDX-License-Identifier: MIT */
/* What passed last of each series: a symbol's bars of one span, its trades,
 * its quotes. */
#include "clean/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/crc32c.h"
#include "base/time.h"

enum { NAME_MAX_BYTES = 1 + 8 + 32 }; /* type, span, symbol */

static size_t
name_of(const struct clean_item *in, char name[NAME_MAX_BYTES])
{
	name[0] = (char)in->record->type;
	memcpy(name + 1, &in->span, sizeof in->span);
	memcpy(name + 1 + sizeof in->span, in->symbol, in->symbol_len);
	return 1 + sizeof in->span + in->symbol_len;
}

struct clean_series *
clean_series_find(const struct series_set *set, const struct clean_item *in)
{
	char name[NAME_MAX_BYTES];
	int64_t i = table_find(&set->names, name, name_of(in, name));

	return i < 0 ? NULL : &set->at[i];
}

struct clean_series *
clean_series_add(struct series_set *set, const struct clean_item *in)
{
	char name[NAME_MAX_BYTES];
	struct clean_series *at = set->at;
	size_t cap = set->cap == 0 ? 16 : set->cap * 2;
	int64_t i;

	if (at == NULL || set->names.count == set->cap) {
		at = realloc(at, cap * sizeof *at);
		if (at == NULL)
			return NULL;
		set->at = at;
		set->cap = cap;
	}
	i = table_intern(&set->names, name, name_of(in, name), NULL);
	if (i < 0)
		return NULL;
	at[i] = (struct clean_series){ .due = TIME_NONE };
	return &at[i];
}

enum record_type
clean_series_type(const struct series_set *set, size_t i)
{
	return (enum record_type)table_text(&set->names, i)[0];
}

int64_t
clean_series_span(const struct series_set *set, size_t i)
{
	int64_t span;

	memcpy(&span, table_text(&set->names, i) + 1, sizeof span);
	return span;
}

const char *
clean_series_symbol(const struct series_set *set, size_t i, size_t *n)
{
	*n = set->names.names[i].len - 1 - sizeof(int64_t);
	return table_text(&set->names, i) + 1 + sizeof(int64_t);
}

/* Equal numbers hash alike however they are written, as they do when a record
 * comes from a pipe or straight from the stage before. */
static uint32_t
hash_value(const struct field *f)
{
	char text[TIME_TEXT_MAX];
	double x;

	if (field_real(f, &x) == 0) {
		x += 0.0; /* no -0 */
		return crc32c('0', &x, sizeof x);
	}
	switch (f->kind) {
	case F_NULL:
		return 'n';
	case F_BOOL:
		return f->v.i ? 't' : 'f';
	case F_TIME:
		return crc32c('s', text, time_print(f->v.i, f->digits, text));
	case F_STRING:
		return crc32c('s', f->text, f->text_len);
	default:
		return crc32c('j', f->text, f->text_len);
	}
}

/* The fields that no rule knows, and type, in any order. */
static uint64_t
hash_rest(const struct clean_item *in)
{
	uint64_t mine[RECORD_FIELDS_MAX / 64] = { 0 }, sum = 0, h;
	const struct record *r = in->record;

	for (int f = 0; f < CLEAN_FIELDS; f++) {
		if (in->field[f] != NULL) {
			ptrdiff_t i = in->field[f] - r->f;

			mine[i / 64] |= UINT64_C(1) << i % 64;
		}
	}
	for (int i = 0; i < r->n; i++) {
		if (mine[i / 64] >> i % 64 & 1)
			continue;
		h = (uint64_t)crc32c(0, r->f[i].key, r->f[i].key_len) << 32;
		h = (h | hash_value(&r->f[i])) * UINT64_C(0x9e3779b97f4a7c15);
		sum += h ^ h >> 29;
	}
	return sum;
}

/* Of the known ones only the values. */
static uint32_t
known_values(const struct clean_item *in)
{
	return in->known >> CLEAN_OPEN;
}

/* The sum is exact, and does not overflow below 20 * 1e19. */
static void
note_volume(struct clean_series *s, const struct clean_item *in)
{
	struct dec *at = &s->volumes[s->volume_count % CLEAN_VOLUMES];
	struct money is, was = { 0 }, sum;

	if (!clean_knows(in, CLEAN_VOLUME) ||
	    money_from_dec(in->value[CLEAN_VOLUME], &is) != 0)
		return;
	if (s->volume_count >= CLEAN_VOLUMES)
		money_from_dec(*at, &was);
	if (money_sub(s->volume_sum, was, &sum) != 0 ||
	    money_add(sum, is, &sum) != 0)
		return;
	s->volume_sum = sum;
	*at = in->value[CLEAN_VOLUME];
	s->volume_count++;
}

static void
note_bar(struct clean_series *s, const struct clean_item *in,
    const struct clean_finding *found)
{
	s->same = s->known != 0 && clean_series_repeats(s, in) ? s->same + 1
	                                                       : 1;
	s->has_level = found->is_jump;
	if (found->is_jump)
		s->level = s->value[CLEAN_CLOSE - CLEAN_OPEN];
	s->known = known_values(in);
	memcpy(s->value, &in->value[CLEAN_OPEN], sizeof s->value);
	s->rest = in->unknown == 0 ? 0 : hash_rest(in);
	note_volume(s, in);
}

struct clean_series *
clean_series_note(struct series_set *set, const struct clean_item *in,
    const struct clean_finding *found)
{
	struct clean_series *s = clean_series_find(set, in);

	if (s == NULL)
		s = clean_series_add(set, in);
	if (s == NULL)
		return NULL;
	s->time = in->time;
	s->is_made = 0;
	s->filled = 0;
	s->missed_count = 0;
	s->digits = in->digits;
	s->is_local = in->is_local;
	if (in->record->type == REC_BAR)
		note_bar(s, in, found);
	return s;
}

int
clean_series_repeats(const struct clean_series *s, const struct clean_item *in)
{
	uint32_t volume = UINT32_C(1) << (CLEAN_VOLUME - CLEAN_OPEN);

	for (int i = 0; i <= CLEAN_CLOSE - CLEAN_OPEN; i++)
		if (dec_cmp(s->value[i], in->value[CLEAN_OPEN + i]) != 0)
			return 0;
	if (((s->known ^ known_values(in)) & volume) != 0)
		return 0;
	return (s->known & volume) == 0 ||
	    dec_cmp(s->value[CLEAN_VOLUME - CLEAN_OPEN],
	        in->value[CLEAN_VOLUME]) == 0;
}

int
clean_series_is_same(const struct clean_series *s, const struct clean_item *in)
{
	if (s->known != known_values(in))
		return 0;
	for (int i = 0; i < CLEAN_BAR_VALUES; i++)
		if ((s->known >> i & 1) != 0 &&
		    dec_cmp(s->value[i], in->value[CLEAN_OPEN + i]) != 0)
			return 0;
	return s->rest == (in->unknown == 0 ? 0 : hash_rest(in));
}

void
clean_series_release(struct series_set *set)
{
	table_release(&set->names);
	free(set->at);
	*set = (struct series_set){ 0 };
}
