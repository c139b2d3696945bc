/* SPDX-License-Identifier: MIT */
/* Rules as trees: "buy when sma_10 crosses above sma_30 stop-loss -3%".
 *
 * A set of rules owns its texts, nodes and error messages; nodes point at each
 * other by index, and at the bytes that they were read from. */
#ifndef TAPE_RULE_H
#define TAPE_RULE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/dec.h"

enum {
	RULE_TEXT_MAX = 4096,  /* bytes of one rule */
	RULE_NODES_MAX = 1024, /* of one rule */
	RULE_DEPTH_MAX =
	    64, /* parentheses, calls, not and minus in each other */
	RULE_BACK_MAX = 10000, /* bars that a rule may look back at once */
	RULE_NAME_MAX = 32,
	RULES_MAX = 256,
	PARAMS_MAX = 64,
	STRATEGY_NAME_MAX = 24,
};

enum node_op {
	N_NUMBER,
	N_TRUE,
	N_NAME,
	N_OR,
	N_AND,
	N_NOT,
	N_LT,
	N_LE,
	N_GT,
	N_GE,
	N_EQ,
	N_NE,
	N_ABOVE, /* crosses above */
	N_BELOW,
	N_BETWEEN,
	N_RISES, /* n steps */
	N_FALLS,
	N_ADD,
	N_SUB,
	N_MUL,
	N_DIV,
	N_NEG,
	N_BACK, /* x[n] */
	N_ABS,
	N_MIN,
	N_MAX,
	N_FLOOR,
	N_CEIL,
	N_ROUND,
	N_HIGHEST, /* of the last n bars */
	N_LOWEST,
	N_CHANGE, /* over n bars */
	N_SINCE,
	N_HOUR,
	N_WEEKDAY,
	N_FIRST_OF, /* n is a period */
	N_LAST_OF,
};

enum period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIODS };

struct node {
	uint8_t op;      /* enum node_op */
	uint8_t is_bool; /* set by rule_check: a truth value, not a number */
	int32_t kid[3];  /* nodes, -1: none */
	int32_t n;
	double number;
	const char *text; /* N_NUMBER, N_NAME: as written, borrowed */
	uint32_t text_len;
	int32_t source; /* where it was read */
	const char *at; /* in that source's text */
};

/* A text that rules are read from. */
struct rule_source {
	char *label; /* "rule 1", "trend.strat:3" */
	char *text;
};

enum rule_action {
	ACTION_BUY,
	ACTION_SELL,
	ACTION_SHORT,
	ACTION_COVER,
	ACTION_EXIT,
	ACTION_HOLD,
	ACTIONS
};

/* What a rule wishes for in numbers, by clause. */
enum clause {
	CLAUSE_LIMIT,
	CLAUSE_STOP,
	CLAUSE_SIZE,
	CLAUSE_STOP_LOSS,
	CLAUSE_TAKE_PROFIT,
	CLAUSES
};

enum { PERCENT_TEXT_MAX = 40 };

struct rule {
	char name[RULE_NAME_MAX + 1];
	struct dec weight; /* 1 unless given */
	enum rule_action action;
	int32_t source;
	int32_t when;           /* node */
	int32_t value[CLAUSES]; /* nodes, -1: not wished for */
	/* "-3%" and "+2%" in place of a value; "5%"; empty: not given */
	char relative[CLAUSES][PERCENT_TEXT_MAX];
	char trail[PERCENT_TEXT_MAX];
	const char *tif;  /* constant text, "day" unless given */
	int64_t max_bars; /* 0: none */
};

struct param {
	char *name, *value; /* the value is a number's text */
};

enum combine_kind {
	COMBINE_NONE, /* each rule gives its own signal */
	COMBINE_ANY,
	COMBINE_ALL,
	COMBINE_VOTE,
	COMBINE_WEIGHT,
};

struct combine {
	enum combine_kind kind;
	struct dec need; /* votes, or weight */
};

/* Zeroed memory with `tool` set is an empty set. */
struct rules {
	const char *tool; /* named in every message after the first */
	struct node *nodes;
	int32_t nnodes, nodes_cap;
	struct rule *rules;
	int nrules, rules_cap;
	struct rule_source *sources;
	int32_t nsources, sources_cap;
	struct param params[PARAMS_MAX];
	int nparams;
	struct combine combine;
	char strategy[STRATEGY_NAME_MAX + 1];
	struct buf features; /* of strategy files, each terminated by 0 */
	struct buf errors; /* messages so far, one or more lines each */
	int nerrors;
	int no_memory;
};

void rules_release(struct rules *r);

/* Copies a text to read from; its index, or -1. */
int32_t rules_source(
    struct rules *r, const char *label, const char *text, size_t n);
/* A new node of the op, or -1: no memory. */
int32_t rules_node(
    struct rules *r, enum node_op op, int32_t source, const char *at);
/* A new rule with its defaults, or NULL. */
struct rule *rules_rule(struct rules *r);

/* Notes an error at a place in a source (at NULL: no caret). Returns -1. */
int rules_fail(struct rules *r, int32_t source, const char *at, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));
/* The same for what has no source: "label: message"; label may be NULL. */
int rules_fail_plain(struct rules *r, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int rules_fail_memory(struct rules *r);

const char *action_word(enum rule_action a); /* buy */
const char *action_name(enum rule_action a); /* BUY */
const char *clause_word(enum clause c);      /* stop-loss */
const char *period_word(enum period p);      /* week */

/* Adds the rule in a source. `name` and `weight` are those of a ready-made
 * rule, else NULL and NULL. -1: errors were noted. */
int rule_parse(struct rules *r, int32_t source, const char *name,
    const struct dec *weight);
/* Types: what must be a number and what must be true or false. */
int rule_check(struct rules *r, const struct rule *rule);

/* Appends the rule or an expression in its normal form, which reads back to
 * the same tree. -1: no memory. */
int rule_print(const struct rules *r, const struct rule *rule, struct buf *out);
int rule_print_node(const struct rules *r, int32_t node, struct buf *out);
/* How tightly a node binds: 0 or, 1 and, ... */
int rule_rank(enum node_op op);
/* The name of a call, or NULL. */
const char *rule_call_name(enum node_op op);
/* The operator between two operands, or NULL. */
const char *rule_infix(enum node_op op);

/* Bars before this one that the node needs to be known. */
int64_t rule_history(const struct rules *r, int32_t node);

const struct param *rules_param(const struct rules *r, const char *s, size_t n);
int rules_set_param(struct rules *r, const char *name, size_t n,
    const char *value, size_t value_len);

/* Adds what an operand of tsignal says: a rule, @NAME or @FILE. -1: errors
 * were noted. */
int rules_operand(struct rules *r, const char *s);
/* Adds the lines of a strategy file that are tsignal's: use, signal, combine,
 * param; the first file names the strategy unless it has a name. */
int rules_file(struct rules *r, const char *path);
int rules_combine(struct rules *r, const char *label, const char *s, size_t n);

/* [A-Za-z0-9_-]{1,24} */
int strategy_is_name(const char *s, size_t n);

#endif
