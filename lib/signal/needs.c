/* SPDX-License-Identifier: MIT */
/* Follows the fields of rules to features, and theirs to others. */
#include "signal/needs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feature/feature_infer.h"
#include "feature/suffix.h"

enum { DEPTH_MAX = 16 };

void
needs_release(struct needs *n)
{
	free(n->items);
	buf_release(&n->unknown);
}

static int
is_of_bar(const char *name)
{
	static const char *const own[] = {
	    "open", "high", "low", "close", "volume", "trades", "seq", "more"};
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (strcmp(name, own[i]) == 0)
			return 1;
	return 0;
}

static const struct need *
find(const struct needs *n, const char *name)
{
	for (size_t i = 0; i < n->count; i++)
		for (int k = 0; k < n->items[i].use.noutputs; k++)
			if (strcmp(n->items[i].use.outputs[k], name) == 0)
				return &n->items[i];
	return NULL;
}

static int
add(struct needs *n, const char *text, const struct feature_use *u)
{
	if (n->count == n->room) {
		size_t room = n->room > 0 ? 2 * n->room : 8;
		struct need *p = realloc(n->items, room * sizeof(*p));
		if (p == NULL)
			return -1;
		n->items = p;
		n->room = room;
	}
	struct need *item = &n->items[n->count++];
	snprintf(item->text, sizeof(item->text), "%s", text);
	item->use = *u;
	return 0;
}

/* Adds what gives a field, after what that reads itself. */
static int
add_field(struct needs *n, const char *name, int depth)
{
	char text[FEATURE_NAME_MAX];
	struct feature_use u;
	if (name[0] == '\0' || is_of_bar(name) || find(n, name) != NULL)
		return 0;
	if (depth == DEPTH_MAX || feature_infer(name, &u, text) < 0)
		return buf_addf(&n->unknown, " %s", name);
	if (add_field(n, u.src, depth + 1) < 0 ||
	    add_field(n, u.with, depth + 1) < 0)
		return -1;
	return add(n, text, &u);
}

/* The bar, from 1, on which a field is known. */
static int64_t
bars_of(struct needs *n, const char *name, int depth)
{
	const struct need *item = find(n, name);
	if (item == NULL || depth == DEPTH_MAX)
		return 1;
	const struct feature_use *u = &item->use;
	int64_t src = bars_of(n, u->src, depth + 1);
	int64_t with = bars_of(n, u->with, depth + 1);
	int64_t own = u->feature->warmup(&u->spec);
	if (own == 0)
		n->is_more = 1;
	return (src > with ? src : with) + (own > 0 ? own - 1 : 0);
}

/* The bar from which on a field is that of a longer history. */
static int64_t
settled_of(const struct needs *n, const char *name, int depth)
{
	const struct need *item = find(n, name);
	if (item == NULL || depth == DEPTH_MAX)
		return 1;
	const struct feature_use *u = &item->use;
	int64_t src = settled_of(n, u->src, depth + 1);
	int64_t with = settled_of(n, u->with, depth + 1);
	int64_t own = feature_suffix(u);
	if (src <= 0 || with <= 0 || own <= 0)
		return src < 0 || with < 0 || own < 0 ? -1 : 0;
	return (src > with ? src : with) + own - 1;
}

/* The later of two; never is the latest, not known the next. */
static int64_t
later(int64_t a, int64_t b)
{
	if (a < 0 || b < 0)
		return -1;
	if (a == 0 || b == 0)
		return 0;
	return a > b ? a : b;
}

static int
add_given(struct needs *n, const struct rules *r)
{
	const char *word = r->features.data, *end = word + r->features.len;
	for (; word != end; word += strlen(word) + 1) {
		struct feature_use u;
		struct feature_error e;
		/* what is wrong with it is for tfeat to say */
		if (feature_use_parse(&u, word, &e) == 0 &&
		    (add_field(n, u.src, 0) < 0 || add(n, word, &u) < 0))
			return -1;
	}
	return 0;
}

int
needs_find(struct needs *n, const struct rules *r, const struct code *c)
{
	n->bars = n->settled = 1;
	if (r->features.len > 0 && add_given(n, r) < 0)
		return -1;
	for (uint32_t i = 0; i < c->ninputs; i++) {
		char name[FEATURE_NAME_MAX];
		snprintf(name, sizeof(name), "%.*s", (int)c->inputs[i].len,
		    c->inputs[i].name);
		if (add_field(n, name, 0) < 0)
			return -1;
		int64_t bars = bars_of(n, name, 0);
		n->bars = bars > n->bars ? bars : n->bars;
		n->settled = later(n->settled, settled_of(n, name, 0));
	}
	return 0;
}
