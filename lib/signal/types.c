/* SPDX-License-Identifier: MIT */
/* Types of rules: every node is a number or a truth value. A name is what its
 * place asks for; the first bar tells whether the field is that. */
#include "signal/rule.h"

enum type { NUMBER, BOOL, EITHER };

/* What the node is by itself. */
static enum type
type_of(const struct rules *r, const struct node *n)
{
	while (n->op == N_BACK)
		n = &r->nodes[n->kid[0]];
	if (n->op == N_NAME)
		return EITHER;
	switch ((enum node_op)n->op) {
	case N_TRUE:
	case N_FIRST_OF:
	case N_LAST_OF:
		return BOOL;
	default:
		return n->op >= N_OR && n->op <= N_FALLS ? BOOL : NUMBER;
	}
}

/* What it asks of its operands. */
static enum type
operand_type(const struct rules *r, const struct node *n, enum type want)
{
	switch ((enum node_op)n->op) {
	case N_OR:
	case N_AND:
	case N_NOT:
	case N_SINCE:
		return BOOL;
	case N_BACK:
		return want;
	case N_EQ:
	case N_NE:
		for (int i = 0; i < 2; i++)
			if (type_of(r, &r->nodes[n->kid[i]]) == BOOL)
				return BOOL;
		return NUMBER;
	default:
		return NUMBER;
	}
}

static int
check_node(struct rules *r, int32_t i, enum type want)
{
	struct node *n = &r->nodes[i];
	enum type is = type_of(r, n);
	if (is != EITHER && is != want)
		return rules_fail(r, n->source, n->at,
		    want == BOOL
			? "this is a number where a condition is needed"
			: "this is a condition where a number is needed");
	n->is_bool = want == BOOL;
	enum type of_kids = operand_type(r, n, want);
	for (int k = 0; k < 3 && n->kid[k] >= 0; k++)
		if (check_node(r, n->kid[k], of_kids) < 0)
			return -1;
	return 0;
}

int
rule_check(struct rules *r, const struct rule *rule)
{
	if (check_node(r, rule->when, BOOL) < 0)
		return -1;
	for (int i = 0; i < CLAUSES; i++)
		if (rule->value[i] >= 0 &&
		    check_node(r, rule->value[i], NUMBER) < 0)
			return -1;
	return 0;
}

int64_t
rule_history(const struct rules *r, int32_t i)
{
	const struct node *n = &r->nodes[i];
	int64_t most = 0;
	for (int k = 0; k < 3 && n->kid[k] >= 0; k++) {
		int64_t bars = rule_history(r, n->kid[k]);
		most = bars > most ? bars : most;
	}
	switch ((enum node_op)n->op) {
	case N_BACK:
	case N_CHANGE:
	case N_RISES:
	case N_FALLS:
		return most + n->n;
	case N_HIGHEST:
	case N_LOWEST:
		return most + n->n - 1;
	case N_ABOVE:
	case N_BELOW:
		return most + 1;
	default:
		return most;
	}
}
