/* SPDX-License-Identifier: MIT */
/* Calls in expressions: highest(x, n), min(a, b, c), first_of(week), ... */
#include <string.h>

#include "signal/parse.h"

struct call {
	const char *name;
	enum node_op op;
	enum {
		ARGS_NONE,
		ARG_ONE,
		ARG_COUNT, /* x, n */
		ARG_STEP,  /* x, y */
		ARG_MANY,  /* two or more */
		ARG_PERIOD,
	} args;
};

static const struct call calls[] = {
    {"abs", N_ABS, ARG_ONE},
    {"min", N_MIN, ARG_MANY},
    {"max", N_MAX, ARG_MANY},
    {"floor", N_FLOOR, ARG_STEP},
    {"ceil", N_CEIL, ARG_STEP},
    {"round", N_ROUND, ARG_STEP},
    {"highest", N_HIGHEST, ARG_COUNT},
    {"lowest", N_LOWEST, ARG_COUNT},
    {"change", N_CHANGE, ARG_COUNT},
    {"since", N_SINCE, ARG_ONE},
    {"hour", N_HOUR, ARGS_NONE},
    {"weekday", N_WEEKDAY, ARGS_NONE},
    {"first_of", N_FIRST_OF, ARG_PERIOD},
    {"last_of", N_LAST_OF, ARG_PERIOD},
};

enum { NCALLS = sizeof(calls) / sizeof(*calls) };

const char *
rule_call_name(enum node_op op)
{
	for (size_t i = 0; i < NCALLS; i++)
		if (calls[i].op == op)
			return calls[i].name;
	return NULL;
}

const char *
period_word(enum period p)
{
	static const char *const words[] = {"day", "week", "month"};
	return words[p];
}

static int
period_arg(struct parser *p, int32_t *out)
{
	for (int i = 0; i < PERIODS; i++)
		if (lex_is_word(&p->x, period_word((enum period)i))) {
			*out = i;
			return lex_next(&p->x);
		}
	return lex_fail(&p->x, "expected day, week or month");
}

/* min(a, b, c) is min(min(a, b), c). */
static int32_t
many_args(struct parser *p, const struct call *c, const char *at)
{
	int32_t i = expr_parse(p);
	int more = 0;
	while (i >= 0 && (!more || lex_is_sign(&p->x, ','))) {
		more = 1;
		if (parser_expect(p, ',', "between two values") < 0)
			return -1;
		int32_t kid[2] = {i, expr_parse(p)};
		i = kid[1] < 0 ? -1 : parser_node(p, c->op, at, kid);
	}
	return i;
}

static int32_t
call_args(struct parser *p, const struct call *c, const char *at)
{
	int32_t kid[2] = {-1, -1}, n = 0;
	if (c->args == ARG_MANY)
		return many_args(p, c, at);
	if (c->args == ARG_PERIOD && period_arg(p, &n) < 0)
		return -1;
	if (c->args != ARGS_NONE && c->args != ARG_PERIOD &&
	    (kid[0] = expr_parse(p)) < 0)
		return -1;
	if (c->args == ARG_COUNT || c->args == ARG_STEP)
		if (parser_expect(p, ',',
			c->args == ARG_COUNT ? "and a number of bars"
					     : "and a step") < 0)
			return -1;
	if (c->args == ARG_COUNT && parser_count(p, &n) < 0)
		return -1;
	if (c->args == ARG_STEP && (kid[1] = expr_parse(p)) < 0)
		return -1;
	int32_t i = parser_node(p, c->op, at, kid);
	if (i >= 0)
		p->x.rules->nodes[i].n = n;
	return i;
}

int32_t
parser_call(struct parser *p, const struct token *name)
{
	const char *names[NCALLS];
	const struct call *c = NULL;
	for (size_t i = 0; i < NCALLS; i++) {
		names[i] = calls[i].name;
		if (strlen(names[i]) == name->len &&
		    memcmp(names[i], name->s, name->len) == 0)
			c = &calls[i];
	}
	if (c == NULL) {
		p->x.t = *name;
		return lex_fail_near(&p->x, "function", names, NCALLS);
	}
	if (lex_next(&p->x) < 0)
		return -1;
	int32_t i = call_args(p, c, name->s);
	if (i >= 0 && parser_expect(p, ')', "after the arguments") < 0)
		return -1;
	return i;
}
