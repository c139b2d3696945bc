/* SPDX-License-Identifier: MIT */
/* Expressions by recursive descent, loosest binding first: or, and, not,
 * comparison, + -, * /, unary -, x[n], then names, numbers and calls. */
#include <string.h>

#include "signal/mixin.h"
#include "signal/parse.h"

static int32_t
node_at(struct parser *p, enum node_op op, const char *at)
{
	struct rules *r = p->x.rules;
	if (r->nnodes - p->nodes >= RULE_NODES_MAX)
		return rules_fail(r, p->x.source, at,
		    "the rule is too long (over %d operations)",
		    (int)RULE_NODES_MAX);
	return rules_node(r, op, p->x.source, at);
}

int32_t
parser_node(
    struct parser *p, enum node_op op, const char *at, const int32_t kid[2])
{
	int32_t i = node_at(p, op, at);
	if (i >= 0)
		memcpy(p->x.rules->nodes[i].kid, kid, 2 * sizeof(*kid));
	return i;
}

static int
enter(struct parser *p)
{
	if (++p->depth <= RULE_DEPTH_MAX)
		return 0;
	return lex_fail(
	    &p->x, "too deep (over %d levels)", (int)RULE_DEPTH_MAX);
}

int
parser_expect(struct parser *p, int sign, const char *why)
{
	if (!lex_is_sign(&p->x, sign))
		return lex_fail(&p->x, "'%c' is missing %s", sign, why);
	return lex_next(&p->x);
}

/* A count of bars: a whole number from 1. */
int
parser_count(struct parser *p, int32_t *out)
{
	const struct token *t = &p->x.t;
	if (t->kind != T_NUMBER || t->is_percent || t->number < 1 ||
	    t->number > RULE_BACK_MAX ||
	    t->number != (double)(int32_t)t->number)
		return lex_fail(&p->x,
		    "a number of bars is missing (1 to %d, no fraction)",
		    (int)RULE_BACK_MAX);
	*out = (int32_t)t->number;
	return lex_next(&p->x);
}

/* Words that the grammar needs; no field can have them as its name here. */
static int
is_reserved(const struct lexer *x)
{
	static const char *const words[] = {"and", "or", "not", "when",
	    "crosses", "above", "below", "between", "rises", "falls", "for",
	    "limit", "stop", "trail", "size", "tif", "stop-loss", "take-profit",
	    "max-bars"};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (lex_is_word(x, words[i]))
			return 1;
	return 0;
}

/* x[n], after a name or a call. */
static int32_t
parse_back(struct parser *p, int32_t i)
{
	if (i < 0 || !lex_is_sign(&p->x, '['))
		return i;
	int32_t kid[2] = {i, -1}, n = 0;
	const char *at = p->x.rules->nodes[i].at;
	if (lex_next(&p->x) < 0 || parser_count(p, &n) < 0 ||
	    parser_expect(p, ']', "after the number of bars") < 0)
		return -1;
	i = parser_node(p, N_BACK, at, kid);
	if (i >= 0)
		p->x.rules->nodes[i].n = n;
	return i;
}

static int32_t
parse_word(struct parser *p)
{
	struct token t = p->x.t;
	if (is_reserved(&p->x))
		return lex_fail(
		    &p->x, "a value is missing before '%.*s'", (int)t.len, t.s);
	if (lex_next(&p->x) < 0)
		return -1;
	if (lex_is_sign(&p->x, '('))
		return parse_back(p, parser_call(p, &t));
	int is_true = t.len == 4 && memcmp(t.s, "true", 4) == 0;
	int32_t i = node_at(p, is_true ? N_TRUE : N_NAME, t.s);
	if (i < 0)
		return -1;
	p->x.rules->nodes[i].text = t.s;
	p->x.rules->nodes[i].text_len = (uint32_t)t.len;
	return is_true ? i : parse_back(p, i);
}

static int32_t
parse_number(struct parser *p)
{
	const struct token *t = &p->x.t;
	int32_t i = node_at(p, N_NUMBER, t->s);
	if (i < 0)
		return -1;
	struct node *n = &p->x.rules->nodes[i];
	n->number = t->number;
	n->text = t->digits;
	n->text_len = (uint32_t)t->digits_len;
	n->n = t->is_percent;
	return lex_next(&p->x) < 0 ? -1 : i;
}

/* A ready-made rule inside an expression is its condition in parentheses. */
static int32_t
parse_mixin(struct parser *p)
{
	struct lexer outer = p->x;
	int32_t source =
	    mixin_condition(p->x.rules, outer.source, outer.t.s, outer.t.len);
	if (source < 0 || lex_start(&p->x, outer.rules, source,
			      outer.rules->sources[source].text) < 0)
		return -1;
	int32_t i = expr_parse(p);
	if (i >= 0 && p->x.t.kind != T_END)
		return lex_fail(
		    &p->x, "unexpected '%.*s'", (int)p->x.t.len, p->x.t.s);
	p->x = outer;
	return i < 0 || lex_next(&p->x) < 0 ? -1 : i;
}

static int32_t
parse_primary(struct parser *p)
{
	switch (p->x.t.kind) {
	case T_NUMBER:
		return parse_number(p);
	case T_WORD:
		return parse_word(p);
	case T_MIXIN:
		return parse_mixin(p);
	default:
		break;
	}
	if (!lex_is_sign(&p->x, '('))
		return lex_fail(&p->x,
		    p->x.t.kind == T_END ? "a value is missing at the end"
					 : "a value is missing before '%.*s'",
		    (int)p->x.t.len, p->x.t.s);
	if (lex_next(&p->x) < 0)
		return -1;
	int32_t i = expr_parse(p);
	return i < 0 || parser_expect(p, ')', "to close the parenthesis") < 0
		   ? -1
		   : i;
}

static int32_t
parse_unary(struct parser *p)
{
	const char *at = p->x.t.s;
	if (!lex_is_sign(&p->x, '-'))
		return parse_primary(p);
	if (enter(p) < 0 || lex_next(&p->x) < 0)
		return -1;
	int32_t kid[2] = {parse_unary(p), -1};
	p->depth--;
	return kid[0] < 0 ? -1 : parser_node(p, N_NEG, at, kid);
}

static int32_t
parse_product(struct parser *p)
{
	int32_t i = parse_unary(p);
	while (i >= 0 && (lex_is_sign(&p->x, '*') || lex_is_sign(&p->x, '/'))) {
		enum node_op op = p->x.t.sign == '*' ? N_MUL : N_DIV;
		const char *at = p->x.t.s;
		if (lex_next(&p->x) < 0)
			return -1;
		int32_t kid[2] = {i, parse_unary(p)};
		i = kid[1] < 0 ? -1 : parser_node(p, op, at, kid);
	}
	return i;
}

int32_t
expr_sum(struct parser *p)
{
	int32_t i = parse_product(p);
	while (i >= 0 && (lex_is_sign(&p->x, '+') || lex_is_sign(&p->x, '-'))) {
		enum node_op op = p->x.t.sign == '+' ? N_ADD : N_SUB;
		const char *at = p->x.t.s;
		if (lex_next(&p->x) < 0)
			return -1;
		int32_t kid[2] = {i, parse_product(p)};
		i = kid[1] < 0 ? -1 : parser_node(p, op, at, kid);
	}
	return i;
}

/* The relation in hand as an op, or -1. */
static int
relation(const struct lexer *x)
{
	static const struct {
		int sign;
		enum node_op op;
	} signs[] = {{'<', N_LT}, {SIGN_LE, N_LE}, {'>', N_GT}, {SIGN_GE, N_GE},
	    {'=', N_EQ}, {SIGN_NE, N_NE}};
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (lex_is_sign(x, signs[i].sign))
			return (int)signs[i].op;
	return lex_is_word(x, "crosses")   ? N_ABOVE
	       : lex_is_word(x, "between") ? N_BETWEEN
	       : lex_is_word(x, "rises")   ? N_RISES
	       : lex_is_word(x, "falls")   ? N_FALLS
					   : -1;
}

/* "crosses" is read: above or below. */
static int
cross_direction(struct parser *p)
{
	static const char *const words[] = {"above", "below"};
	for (int i = 0; i < 2; i++)
		if (lex_is_word(&p->x, words[i]))
			return lex_next(&p->x) < 0 ? -1 : N_ABOVE + i;
	if (p->x.t.kind == T_WORD)
		return lex_fail_near(&p->x, "word", words, 2);
	return lex_fail(&p->x, "expected 'above' or 'below' after 'crosses'");
}

/* What follows the first operand and the word of a relation. */
static int
relation_rest(struct parser *p, enum node_op op, int32_t kid[3], int32_t *n)
{
	if (op == N_RISES || op == N_FALLS) {
		*n = 1;
		if (!lex_is_word(&p->x, "for"))
			return 0;
		return lex_next(&p->x) < 0 ? -1 : parser_count(p, n);
	}
	if ((kid[1] = expr_sum(p)) < 0)
		return -1;
	if (op != N_BETWEEN)
		return 0;
	if (!lex_is_word(&p->x, "and"))
		return lex_fail(&p->x, "expected 'and' after 'between x'");
	return lex_next(&p->x) < 0 ? -1 : (kid[2] = expr_sum(p)) < 0 ? -1 : 0;
}

static int32_t
parse_comparison(struct parser *p)
{
	int32_t kid[3] = {expr_sum(p), -1, -1}, n = 0;
	int op = relation(&p->x);
	if (kid[0] < 0 || op < 0)
		return kid[0];
	const char *at = p->x.t.s;
	if (lex_next(&p->x) < 0 ||
	    (op == N_ABOVE && (op = cross_direction(p)) < 0) ||
	    relation_rest(p, (enum node_op)op, kid, &n) < 0)
		return -1;
	if (relation(&p->x) >= 0)
		return lex_fail(&p->x,
		    "comparisons do not chain "
		    "(write 'a < b and b < c', or 'between')");
	int32_t i = node_at(p, (enum node_op)op, at);
	if (i < 0)
		return -1;
	memcpy(p->x.rules->nodes[i].kid, kid, sizeof(kid));
	p->x.rules->nodes[i].n = n;
	return i;
}

static int32_t
parse_not(struct parser *p)
{
	const char *at = p->x.t.s;
	if (!lex_is_word(&p->x, "not"))
		return parse_comparison(p);
	if (enter(p) < 0 || lex_next(&p->x) < 0)
		return -1;
	int32_t kid[2] = {parse_not(p), -1};
	p->depth--;
	return kid[0] < 0 ? -1 : parser_node(p, N_NOT, at, kid);
}

static int32_t
parse_and(struct parser *p)
{
	int32_t i = parse_not(p);
	while (i >= 0 && lex_is_word(&p->x, "and")) {
		const char *at = p->x.t.s;
		if (lex_next(&p->x) < 0)
			return -1;
		int32_t kid[2] = {i, parse_not(p)};
		i = kid[1] < 0 ? -1 : parser_node(p, N_AND, at, kid);
	}
	return i;
}

int32_t
expr_parse(struct parser *p)
{
	if (enter(p) < 0)
		return -1;
	int32_t i = parse_and(p);
	while (i >= 0 && lex_is_word(&p->x, "or")) {
		const char *at = p->x.t.s;
		if (lex_next(&p->x) < 0)
			return -1;
		int32_t kid[2] = {i, parse_and(p)};
		i = kid[1] < 0 ? -1 : parser_node(p, N_OR, at, kid);
	}
	p->depth--;
	return i;
}
