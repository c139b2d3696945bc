/* SPDX-License-Identifier: MIT */
/* Rules in their normal form: one blank between words, parentheses only where
 * the tree needs them. */
#include "signal/rule.h"

enum { RANK_COMPARE = 3, RANK_SUM, RANK_PRODUCT, RANK_NEG, RANK_PRIMARY };

int
rule_rank(enum node_op op)
{
	if (op == N_OR || op == N_AND || op == N_NOT)
		return (int)(op - N_OR);
	if (op >= N_LT && op <= N_FALLS)
		return RANK_COMPARE;
	if (op == N_ADD || op == N_SUB)
		return RANK_SUM;
	if (op == N_MUL || op == N_DIV)
		return RANK_PRODUCT;
	return op == N_NEG ? RANK_NEG : RANK_PRIMARY;
}

const char *
rule_infix(enum node_op op)
{
	static const char *const words[] = {[N_OR] = "or",
	    [N_AND] = "and",
	    [N_LT] = "<",
	    [N_LE] = "<=",
	    [N_GT] = ">",
	    [N_GE] = ">=",
	    [N_EQ] = "=",
	    [N_NE] = "!=",
	    [N_ABOVE] = "crosses above",
	    [N_BELOW] = "crosses below",
	    [N_BETWEEN] = "between",
	    [N_RISES] = "rises",
	    [N_FALLS] = "falls",
	    [N_ADD] = "+",
	    [N_SUB] = "-",
	    [N_MUL] = "*",
	    [N_DIV] = "/"};
	return op < sizeof(words) / sizeof(*words) ? words[op] : NULL;
}

/* A kid, in parentheses when it binds looser than `rank`. */
static int
print_kid(const struct rules *r, int32_t kid, int rank, struct buf *out)
{
	if (rule_rank((enum node_op)r->nodes[kid].op) >= rank)
		return rule_print_node(r, kid, out);
	return buf_add_char(out, '(') | rule_print_node(r, kid, out) |
	       buf_add_char(out, ')');
}

static int
print_call(const struct rules *r, const struct node *n, struct buf *out)
{
	int bad = buf_addf(out, "%s(", rule_call_name((enum node_op)n->op));
	if (n->kid[0] >= 0)
		bad |= rule_print_node(r, n->kid[0], out);
	if (n->kid[1] >= 0)
		bad |=
		    buf_add_str(out, ", ") | rule_print_node(r, n->kid[1], out);
	if (n->op == N_FIRST_OF || n->op == N_LAST_OF)
		bad |= buf_add_str(out, period_word((enum period)n->n));
	else if (n->n > 0)
		bad |= buf_addf(out, ", %d", n->n);
	return bad | buf_add_char(out, ')');
}

/* Left-associative: the right operand must bind tighter. Comparisons do not
 * chain, so both of theirs must. */
static int
print_infix(const struct rules *r, const struct node *n, struct buf *out)
{
	enum node_op op = (enum node_op)n->op;
	int rank = rule_rank(op);
	int bad = print_kid(r, n->kid[0], rank + (rank == RANK_COMPARE), out);
	bad |= buf_add_char(out, ' ') | buf_add_str(out, rule_infix(op));
	if (op == N_RISES || op == N_FALLS)
		return n->n > 1 ? bad | buf_addf(out, " for %d", n->n) : bad;
	bad |= buf_add_char(out, ' ') | print_kid(r, n->kid[1], rank + 1, out);
	if (op == N_BETWEEN)
		bad |= buf_add_str(out, " and ") |
		       print_kid(r, n->kid[2], rank + 1, out);
	return bad;
}

int
rule_print_node(const struct rules *r, int32_t i, struct buf *out)
{
	const struct node *n = &r->nodes[i];
	switch ((enum node_op)n->op) {
	case N_NUMBER:
		return buf_add(out, n->text, n->text_len) |
		       (n->n ? buf_add_char(out, '%') : 0);
	case N_TRUE:
	case N_NAME:
		return buf_add(out, n->text, n->text_len);
	case N_NOT:
		return buf_add_str(out, "not ") |
		       print_kid(r, n->kid[0], rule_rank(N_NOT), out);
	case N_NEG:
		return buf_add_char(out, '-') |
		       print_kid(r, n->kid[0], RANK_NEG, out);
	case N_BACK:
		return rule_print_node(r, n->kid[0], out) |
		       buf_addf(out, "[%d]", n->n);
	default:
		break;
	}
	return rule_infix((enum node_op)n->op) != NULL ? print_infix(r, n, out)
						       : print_call(r, n, out);
}

static int
print_clause(const struct rules *r, const struct rule *rule, enum clause c,
    struct buf *out)
{
	if (rule->relative[c][0] != '\0')
		return buf_addf(
		    out, " %s %s", clause_word(c), rule->relative[c]);
	if (rule->value[c] < 0)
		return 0;
	return buf_addf(out, " %s ", clause_word(c)) |
	       print_kid(r, rule->value[c], RANK_SUM, out);
}

int
rule_print(const struct rules *r, const struct rule *rule, struct buf *out)
{
	int bad = buf_addf(out, "%s when ", action_word(rule->action));
	bad |= rule_print_node(r, rule->when, out);
	for (int i = 0; i < CLAUSES; i++)
		bad |= print_clause(r, rule, (enum clause)i, out);
	if (rule->trail[0] != '\0')
		bad |= buf_addf(out, " trail %s", rule->trail);
	if (rule->max_bars > 0)
		bad |=
		    buf_addf(out, " max-bars %lld", (long long)rule->max_bars);
	if (rule->action != ACTION_HOLD)
		bad |= buf_addf(out, " tif %s", rule->tif);
	return bad;
}
