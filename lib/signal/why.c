/* SPDX-License-Identifier: MIT */
/* Why a rule fired: its condition with the values seen, such as
 * "sma_10 101.2 crosses above sma_30 100.9". */
#include "base/real.h"
#include "signal/decide.h"

enum { OPERAND_MAX = 48 };

struct why {
	const struct rules *r;
	const struct code *c;
	const struct code_state *s;
	struct buf *out;
};

static int
is_constant(const struct rules *r, int32_t i)
{
	const struct node *n = &r->nodes[i];
	if (n->op == N_NAME || n->op == N_HOUR || n->op == N_WEEKDAY ||
	    n->op == N_FIRST_OF || n->op == N_LAST_OF)
		return 0;
	for (int k = 0; k < 3 && n->kid[k] >= 0; k++)
		if (!is_constant(r, n->kid[k]))
			return 0;
	return 1;
}

/* The text of a node, cut when it is long. */
static int
add_text(const struct why *w, int32_t i)
{
	size_t from = w->out->len;
	if (rule_print_node(w->r, i, w->out) != 0)
		return -1;
	if (w->out->len - from <= OPERAND_MAX)
		return 0;
	w->out->len = from + OPERAND_MAX - 3;
	return buf_add_str(w->out, "...");
}

static int
add_value(const struct why *w, int32_t i)
{
	char text[REAL_TEXT_MAX];
	double x = code_value(w->c, w->s, i);
	const struct node *n = &w->r->nodes[i];
	if (n->is_bool || is_constant(w->r, i))
		return 0;
	if (isnan(x))
		return buf_add_str(w->out, " null");
	return buf_add_char(w->out, ' ') |
	       buf_add(w->out, text, real_print(x, text));
}

static int
add_operand(const struct why *w, int32_t i)
{
	int in_parens =
	    rule_rank((enum node_op)w->r->nodes[i].op) < rule_rank(N_NEG) &&
	    !is_constant(w->r, i);
	int bad = in_parens ? buf_add_char(w->out, '(') : 0;
	bad |= add_text(w, i);
	bad |= in_parens ? buf_add_char(w->out, ')') : 0;
	return bad | add_value(w, i);
}

static int
add_relation(const struct why *w, const struct node *n)
{
	int bad = add_operand(w, n->kid[0]);
	bad |= buf_add_char(w->out, ' ') |
	       buf_add_str(w->out, rule_infix((enum node_op)n->op));
	if (n->kid[1] < 0)
		return n->n > 1 ? bad | buf_addf(w->out, " for %d", n->n) : bad;
	bad |= buf_add_char(w->out, ' ') | add_operand(w, n->kid[1]);
	if (n->kid[2] >= 0)
		bad |= buf_add_str(w->out, " and ") | add_operand(w, n->kid[2]);
	return bad;
}

/* Of an `or` only what is true says anything. */
static int
add_condition(const struct why *w, int32_t i)
{
	const struct node *n = &w->r->nodes[i];
	int32_t a = n->kid[0], b = n->kid[1];
	if (w->out->len > WHY_MAX)
		return 0;
	if (n->op == N_OR && code_value(w->c, w->s, a) != 1)
		return add_condition(w, b);
	if (n->op == N_OR && code_value(w->c, w->s, b) != 1)
		return add_condition(w, a);
	if (n->op == N_OR || n->op == N_AND)
		return add_condition(w, a) | buf_add_str(w->out, " and ") |
		       add_condition(w, b);
	if (n->op >= N_LT && n->op <= N_FALLS)
		return add_relation(w, n);
	return add_text(w, i);
}

int
why_print(const struct rules *r, const struct code *c,
    const struct code_state *s, int32_t node, struct buf *out)
{
	struct why w = {r, c, s, out};
	if (add_condition(&w, node) != 0)
		return -1;
	if (out->len <= WHY_MAX)
		return 0;
	out->len = WHY_MAX - 3;
	return buf_add_str(out, "...");
}
