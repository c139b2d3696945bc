/* SPDX-License-Identifier: MIT */
/* Reading the file of limits, by jansson. */
#include "risk/limits.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stage/option.h"
#include "stage/stage.h"

enum { DIGITS = 15 }; /* what a double of jansson keeps of a decimal */

static const char *const names[] = {
    [MAX_ORDER_QTY] = "max_order_qty",
    [MAX_ORDER_NOTIONAL] = "max_order_notional",
    [MAX_POSITION] = "max_position",
    [MAX_POSITION_NOTIONAL] = "max_position_notional",
    [MIN_QTY] = "min_qty",
    [MIN_NOTIONAL] = "min_notional",
    [LIMITS] = "buying_power",
    [LIMITS + 1] = "symbols",
};
enum { KEYS = LIMITS + 2, SYMBOL_KEYS = LIMITS + 1 };

const char *
limits_name(enum limit_name name)
{
	return names[name];
}

/* Where a value stands, for messages. */
struct place {
	const char *file, *symbol, *key; /* symbol: "" at the top */
};

static int
bad(struct problem *p, const struct place *at, const char *what)
{
	return problem_set(p, EXIT_USAGE, "%s: RISK_CONFIG_INVALID: %s%s'%s' "
	    "%s", at->file, at->symbol, at->symbol[0] != '\0' ? ": " : "",
	    at->key, what);
}

static int
unknown_key(struct problem *p, const struct place *at, size_t known)
{
	const char *near = text_nearest(at->key, strlen(at->key), names,
	    known);
	char what[80] = "is not a limit";

	if (near != NULL)
		snprintf(what, sizeof what, "is not a limit (did you mean "
		    "'%s'?)", near);
	return bad(p, at, what);
}

static int
read_number(const json_t *v, struct dec *out)
{
	if (json_is_integer(v)) {
		if (json_integer_value(v) == INT64_MIN)
			return -1;
		*out = dec_int(json_integer_value(v));
		return 0;
	}
	return json_is_real(v) ?
	    dec_from_double(json_real_value(v), DIGITS, out) : -1;
}

static int
read_percent(const json_t *v, struct dec *out)
{
	const char *s = json_string_value(v);
	size_t n = json_string_length(v);

	return n > 1 && s[n - 1] == '%' ? option_fraction(s, n, out) : -1;
}

static int
read_limit(struct limit_set *set, enum limit_name name, const json_t *v,
    const struct place *at, struct problem *p)
{
	struct limit *limit = &set->limit[name];

	limit->is_of_equity = json_is_string(v) &&
	    name == MAX_POSITION_NOTIONAL;
	if (limit->is_of_equity ? read_percent(v, &limit->v) != 0 :
	    read_number(v, &limit->v) != 0)
		return bad(p, at, name == MAX_POSITION_NOTIONAL ?
		    "must be a number, or a part of the equity such as "
		    "\"20%\"" : "must be a number");
	if (dec_sign(limit->v) < 0)
		return bad(p, at, "must not be negative");
	limit->is_set = 1;
	return 0;
}

static int
read_value(struct limit_set *set, const json_t *v, const struct place *at,
    struct problem *p)
{
	for (int i = 0; i < LIMITS; i++)
		if (strcmp(at->key, names[i]) == 0)
			return read_limit(set, (enum limit_name)i, v, at, p);
	if (strcmp(at->key, names[LIMITS]) != 0)
		return unknown_key(p, at,
		    at->symbol[0] != '\0' ? SYMBOL_KEYS : KEYS);
	if (!json_is_boolean(v))
		return bad(p, at, "must be true or false");
	set->buying_power = json_is_true(v);
	return 0;
}

static int
read_set(struct limit_set *set, json_t *object, const struct place *where,
    struct problem *p)
{
	struct place at = *where;
	json_t *v;

	json_object_foreach(object, at.key, v) {
		if (where->symbol[0] == '\0' &&
		    strcmp(at.key, "symbols") == 0)
			continue;
		if (read_value(set, v, &at, p) != 0)
			return -1;
	}
	return 0;
}

/* The overrides of each symbol, over the base. */
static int
read_symbols(struct limits *l, json_t *symbols, const char *file,
    struct problem *p)
{
	struct place at = {.file = file, .symbol = "", .key = "symbols"};
	json_t *object;

	if (symbols == NULL)
		return 0;
	if (!json_is_object(symbols))
		return bad(p, &at, "must be an object");
	l->own = calloc(json_object_size(symbols) + 1, sizeof *l->own);
	if (l->own == NULL)
		return problem_set(p, EXIT_SYSTEM, "out of memory");
	json_object_foreach(symbols, at.key, object) {
		size_t n = strlen(at.key);
		int64_t i;

		if (!text_is_symbol(at.key, n) || !json_is_object(object))
			return bad(p, &at, "must be a symbol with an object");
		i = table_intern(&l->symbols, at.key, n, NULL);
		if (i < 0)
			return problem_set(p, EXIT_SYSTEM, "out of memory");
		l->own[i] = l->base;
		if (read_set(&l->own[i], object, &(struct place){file, at.key,
		    ""}, p) != 0)
			return -1;
	}
	return 0;
}

static int
check_required(const struct limits *l, const char *file, struct problem *p)
{
	static const enum limit_name required[] = {MAX_ORDER_QTY,
	    MAX_ORDER_NOTIONAL, MAX_POSITION};

	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (!l->base.limit[required[i]].is_set)
			return bad(p, &(struct place){file, "",
			    names[required[i]]}, "must be set");
	return 0;
}

static int
read_object(struct limits *l, json_t *root, const char *file,
    struct problem *p)
{
	struct place top = {.file = file, .symbol = "", .key = ""};

	if (!json_is_object(root))
		return problem_set(p, EXIT_USAGE, "%s: RISK_CONFIG_INVALID: "
		    "not a JSON object", file);
	if (read_set(&l->base, root, &top, p) != 0 ||
	    check_required(l, file, p) != 0)
		return -1;
	return read_symbols(l, json_object_get(root, "symbols"), file, p);
}

static int
read_file(struct limits *l, const char *file, struct problem *p)
{
	json_error_t e;
	json_t *root = json_load_file(file, JSON_REJECT_DUPLICATES, &e);
	int rc;

	if (root == NULL && e.line < 0)
		return problem_set(p, EXIT_USAGE, "%s: RISK_CONFIG_INVALID: "
		    "%s", file, e.text);
	if (root == NULL)
		return problem_set(p, EXIT_USAGE, "%s:%d:%d: "
		    "RISK_CONFIG_INVALID: %s", file, e.line, e.column, e.text);
	rc = read_object(l, root, file, p);
	json_decref(root);
	return rc;
}

int
limits_read(struct limits *l, const char *file, struct problem *p)
{
	static const struct limit_set defaults = {.buying_power = 1,
	    .limit[MAX_POSITION_NOTIONAL] = {1, 1, {2, 1}}};

	l->base = defaults;
	if (strcmp(file, "unlimited") == 0)
		l->base = (struct limit_set){.is_unlimited = 1};
	else if (read_file(l, file, p) != 0)
		return -1;
	return limits_hash(l) == 0 ? 0 :
	    problem_set(p, EXIT_SYSTEM, "out of memory");
}

void
limits_release(struct limits *l)
{
	table_release(&l->symbols);
	free(l->own);
	l->own = NULL;
}

const struct limit_set *
limits_of(const struct limits *l, const char *symbol)
{
	int64_t i = l->symbols.count == 0 ? -1 :
	    table_find(&l->symbols, symbol, strlen(symbol));

	return i < 0 ? &l->base : &l->own[i];
}
