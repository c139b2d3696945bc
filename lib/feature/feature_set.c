/* SPDX-License-Identifier: MIT */
/* Puts features together: who reads what, and where each keeps its state. */
#include "feature/feature_set.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const base_names[VALUE_BASE] = {"open", "high", "low",
    "close", "volume"};

/* At the head of each block: how many complete inputs each feature had. */
static uint32_t *
block_counts(void *block)
{
	return block;
}

static size_t
aligned(size_t n)
{
	return (n + 15) & ~(size_t)15;
}

int
feature_set_add(struct feature_set *set, const char *text,
    struct feature_error *e)
{
	struct feature_use *more;
	e->text[0] = '\0';
	more = realloc(set->uses, (set->count + 1) * sizeof(*more));
	if (more == NULL)
		return -1;
	set->uses = more;
	if (feature_use_parse(&more[set->count], text, e) < 0)
		return -1;
	set->noutputs += more[set->count].noutputs;
	set->count++;
	return 0;
}

static struct key
key_of(const char *name)
{
	return (struct key){.name = name, .len = (uint16_t)strlen(name)};
}

/* Names that a bar has already, and that no feature may take. */
static int
is_taken(const char *name)
{
	static const char *const taken[] = {"type", "seq", "time", "symbol",
	    "span", "open", "high", "low", "close", "volume", "trades", "more",
	    "flags"};
	size_t i;
	for (i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		if (strcmp(name, taken[i]) == 0)
			return 1;
	return 0;
}

static int
output_find(const struct feature_set *set, const char *name)
{
	int i;
	for (i = 0; i < set->noutputs; i++)
		if (set->keys[i].name != NULL &&
		    strcmp(set->keys[i].name, name) == 0)
			return i;
	return -1;
}

/* Names the outputs of one use, each unlike all before. */
static int
add_outputs(struct feature_set *set, size_t i, int first,
    struct feature_error *e)
{
	struct feature_use *u = &set->uses[i];
	int k;
	for (k = 0; k < u->noutputs; k++) {
		const char *why = is_taken(u->outputs[k]) ? "is a field of bars"
		    : output_find(set, u->outputs[k]) >= 0 ? "comes twice"
		                                           : NULL;
		if (why != NULL) {
			snprintf(e->text, sizeof(e->text),
			    "the name '%.100s' %s (give the feature an alias: "
			    "name=%s...)", u->outputs[k], why,
			    u->feature->name);
			return -1;
		}
		set->keys[first + k] = key_of(u->outputs[k]);
	}
	return 0;
}

static int
is_own_or_later(const struct feature_set *set, size_t i, const char *name)
{
	int k;
	for (; i < set->count; i++)
		for (k = 0; k < set->uses[i].noutputs; k++)
			if (strcmp(set->uses[i].outputs[k], name) == 0)
				return 1;
	return 0;
}

static int
use_field(struct feature_set *set, int field, size_t user)
{
	if (set->fields[field].user < 0)
		set->fields[field].user = (int)user;
	return field;
}

/* The number of the field; outputs are numbered from `bias` on until all
 * fields are known. */
static int
find_source(struct feature_set *set, size_t user, const char *name, int bias)
{
	int i = output_find(set, name);
	if (i >= 0)
		return bias + i;
	for (i = 0; i < set->nfields; i++)
		if (strcmp(set->fields[i].key.name, name) == 0)
			return use_field(set, i, user);
	set->fields[i].key = key_of(name);
	set->nfields++;
	return use_field(set, i, user);
}

static int
link_use(struct feature_set *set, size_t i, int bias, struct feature_error *e)
{
	struct feature_use *u = &set->uses[i];
	struct feature_slot *slot = &set->slots[i];
	unsigned inputs = u->feature->inputs;
	const char *src = u->src[0] != '\0' ? u->src : "close";
	const char *with = u->with[0] != '\0' ? u->with : src;
	int k;
	if (is_own_or_later(set, i, u->src) ||
	    is_own_or_later(set, i, u->with)) {
		snprintf(e->text, sizeof(e->text),
		    "%.100s reads a feature that is not before it (put that "
		    "one first)", u->outputs[0]);
		return -1;
	}
	for (k = 0; k < VALUE_BASE; k++)
		if (inputs & (1u << k))
			use_field(set, k, i);
	slot->src = slot->with = -1;
	if (inputs & FEATURE_SRC)
		slot->src = find_source(set, i, src, bias);
	if (inputs & FEATURE_WITH)
		slot->with = find_source(set, i, with, bias);
	if (inputs & FEATURE_SESSION)
		set->wants_session = 1;
	if (u->feature->across != NULL || u->symbol[0] != '\0')
		set->wants_instant = 1;
	slot->state = set->block;
	if (u->feature->across == NULL)
		set->block += aligned(u->feature->size(&u->spec));
	return 0;
}

static int
allocate(struct feature_set *set)
{
	size_t fields = VALUE_BASE + 2 * set->count;
	size_t outputs = (size_t)set->noutputs;
	int i;
	set->slots = calloc(set->count + 1, sizeof(*set->slots));
	set->fields = calloc(fields, sizeof(*set->fields));
	set->keys = calloc(outputs + 1, sizeof(*set->keys));
	set->values = calloc(fields + outputs, sizeof(*set->values));
	if (set->slots == NULL || set->fields == NULL || set->keys == NULL ||
	    set->values == NULL)
		return -1;
	for (i = 0; i < (int)fields; i++)
		set->fields[i].user = -1;
	for (i = 0; i < VALUE_BASE; i++)
		set->fields[i].key = key_of(base_names[i]);
	set->nfields = VALUE_BASE;
	set->block = aligned((set->count + 1) * sizeof(uint32_t));
	return 0;
}

int
feature_set_link(struct feature_set *set, struct feature_error *e)
{
	int bias = VALUE_BASE + 2 * (int)set->count, out = 0;
	size_t i;
	e->text[0] = '\0';
	if (allocate(set) < 0)
		return -1;
	for (i = 0; i < set->count; i++) {
		if (link_use(set, i, bias, e) < 0 ||
		    add_outputs(set, i, out, e) < 0)
			return -1;
		set->slots[i].out = bias + out;
		out += set->uses[i].noutputs;
	}
	for (i = 0; i < set->count; i++) {
		struct feature_slot *slot = &set->slots[i];
		slot->out -= bias - set->nfields;
		slot->src -= slot->src >= bias ? bias - set->nfields : 0;
		slot->with -= slot->with >= bias ? bias - set->nfields : 0;
	}
	return 0;
}

void
feature_set_release(struct feature_set *set)
{
	free(set->uses);
	free(set->slots);
	free(set->fields);
	free(set->keys);
	free(set->values);
	memset(set, 0, sizeof(*set));
}

void
feature_set_init(const struct feature_set *set, void *block)
{
	size_t i;
	for (i = 0; i < set->count; i++) {
		const struct feature_use *u = &set->uses[i];
		if (u->feature->across == NULL)
			u->feature->init((char *)block + set->slots[i].state,
			    &u->spec);
	}
}

static int
is_complete(const struct feature *f, const struct feature_input *in)
{
	return (!(f->inputs & FEATURE_OPEN) || isfinite(in->open)) &&
	    (!(f->inputs & FEATURE_HIGH) || isfinite(in->high)) &&
	    (!(f->inputs & FEATURE_LOW) || isfinite(in->low)) &&
	    (!(f->inputs & FEATURE_CLOSE) || isfinite(in->close)) &&
	    (!(f->inputs & FEATURE_VOLUME) || isfinite(in->volume)) &&
	    (!(f->inputs & FEATURE_SRC) || isfinite(in->src)) &&
	    (!(f->inputs & FEATURE_WITH) || isfinite(in->with));
}

static int
is_defined(const double *out, int n)
{
	int i;
	for (i = 0; i < n; i++)
		if (!isfinite(out[i]))
			return 0;
	return 1;
}

/* Whether the use has had the inputs that its warm-up takes; where that is no
 * fixed number, whether it was ever defined. */
static int
count_warmup(const struct feature_use *u, const struct feature_row *row,
    size_t i, const double *out)
{
	uint32_t *count = block_counts(row->block) + i;
	uint32_t warmup = (uint32_t)u->feature->warmup(&u->spec);
	if (warmup == 0)
		*count |= (uint32_t)is_defined(out, u->noutputs);
	else if (*count < warmup)
		*count += is_complete(u->feature, row->in) ? 1 : 0;
	return *count >= (warmup > 0 ? warmup : 1);
}

static int
skip(const struct feature_use *u, double *out)
{
	int i;
	for (i = 0; i < u->noutputs; i++)
		out[i] = NAN;
	return 1;
}

int
feature_set_step(const struct feature_set *set, size_t i,
    const struct feature_row *row, const double *other)
{
	const struct feature_use *u = &set->uses[i];
	const struct feature_slot *slot = &set->slots[i];
	struct feature_input *in = row->in;
	double *v = row->values, *out = &v[slot->out];
	if (u->span != 0 && u->span != in->span)
		return skip(u, out);
	if (u->symbol[0] == '\0')
		other = v;
	in->open = v[VALUE_OPEN];
	in->high = v[VALUE_HIGH];
	in->low = v[VALUE_LOW];
	in->close = v[VALUE_CLOSE];
	in->volume = v[VALUE_VOLUME];
	in->src = slot->src >= 0 ? v[slot->src] : NAN;
	in->with = slot->with >= 0 && other != NULL ? other[slot->with] : NAN;
	if (u->feature->across == NULL)
		u->feature->update((char *)row->block + slot->state, in, out);
	return count_warmup(u, row, i, out);
}

int
feature_set_update(struct feature_set *set, void *block,
    struct feature_input *in)
{
	struct feature_row row = {set->values, block, in};
	int warm = 1;
	size_t i;
	for (i = 0; i < set->count; i++)
		warm &= feature_set_step(set, i, &row, NULL);
	return warm;
}
