/* SPDX-License-Identifier: MIT */
/* Between the parser of rules and that of expressions. */
#ifndef TAPE_SIGNAL_PARSE_H
#define TAPE_SIGNAL_PARSE_H

#include "signal/lex.h"

struct parser {
	struct lexer x;
	int depth;
	int32_t nodes; /* of the set when this rule began */
};

/* An expression up to what cannot belong to it; its node, or -1. */
int32_t expr_parse(struct parser *p);
/* An operand of a comparison: sums and below. */
int32_t expr_sum(struct parser *p);

/* A new node with two operands (-1: none), or -1. */
int32_t parser_node(
    struct parser *p, enum node_op op, const char *at, const int32_t kid[2]);
/* Takes a sign that must come; `why` ends the message "'(' is missing ...". */
int parser_expect(struct parser *p, int sign, const char *why);
/* Takes a number of bars. */
int parser_count(struct parser *p, int32_t *out);
/* The call of a name; its '(' is the token in hand. */
int32_t parser_call(struct parser *p, const struct token *name);

#endif
