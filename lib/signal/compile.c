/* SPDX-License-Identifier: MIT */
/* From trees to flat code. Equal expressions of a set share a register, so
 * their history is kept and computed once. */
#include <stdlib.h>
#include <string.h>

#include "signal/code.h"

enum { NO_REG = UINT32_MAX };

struct compiler {
	struct code *c;
	struct rules *r;
	int failed; /* an error was noted */
};

static uint32_t
fail(struct compiler *k)
{
	if (!k->failed)
		rules_fail_memory(k->r);
	k->failed = 1;
	return 0;
}

static int
is_same(const struct instr *x, const struct instr *y)
{
	return x->op == y->op && x->a == y->a && x->b == y->b && x->n == y->n &&
	       memcmp(&x->k, &y->k, sizeof(x->k)) == 0;
}

static uint32_t
hash(const struct instr *x)
{
	uint64_t bits, h;
	memcpy(&bits, &x->k, sizeof(bits));
	h = x->op + 31u * (uint64_t)x->a + 1009u * (uint64_t)x->b +
	    65537u * (uint64_t)(uint32_t)x->n + bits;
	h *= UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(h >> 32);
}

/* The register of this expression, new or found. */
static uint32_t
reg(struct compiler *k, struct instr x)
{
	struct code *c = k->c;
	if (k->failed)
		return 0;
	uint32_t mask = c->index_size - 1, i = hash(&x) & mask;
	for (; c->index[i] != 0; i = (i + 1) & mask)
		if (is_same(&c->def[c->index[i] - 1], &x))
			return c->index[i] - 1;
	if (c->nregs == c->regs_cap)
		return fail(k);
	x.dst = c->nregs;
	c->def[c->nregs] = x;
	c->index[i] = ++c->nregs;
	return x.dst;
}

static uint32_t
two(struct compiler *k, enum code_op op, uint32_t a, uint32_t b)
{
	return reg(k, (struct instr){.op = (uint8_t)op, .a = a, .b = b});
}

static uint32_t
counted(struct compiler *k, enum code_op op, uint32_t a, int32_t n)
{
	return reg(k, (struct instr){.op = (uint8_t)op, .a = a, .n = n});
}

static uint32_t
constant(struct compiler *k, double x)
{
	return reg(k, (struct instr){.op = C_CONST, .k = x});
}

/* A ring is sized when all looks back at its value are known. */
static uint32_t
back(struct compiler *k, uint32_t a, int32_t n)
{
	uint32_t ring = two(k, C_KEEP, a, 0);
	return reg(k, (struct instr){.op = C_BACK, .a = a, .b = ring, .n = n});
}

static uint32_t
negated(struct compiler *k, enum code_op op, const struct instr *x)
{
	uint32_t a = two(k, C_NEG, x->a, 0);
	return two(k, C_NEG, counted(k, op, a, x->n), 0);
}

static uint32_t
name(struct compiler *k, int32_t i)
{
	struct code *c = k->c;
	const struct node *n = &k->r->nodes[i];
	uint32_t at = 0;
	while (at < c->ninputs &&
	       (c->inputs[at].len != n->text_len ||
		   c->inputs[at].is_bool != n->is_bool ||
		   memcmp(c->inputs[at].name, n->text, n->text_len) != 0))
		at++;
	uint32_t r = counted(k, C_INPUT, 0, (int32_t)at);
	if (at == c->ninputs)
		c->inputs[c->ninputs++] =
		    (struct code_input){n->text, n->text_len, n->is_bool, i, r};
	return r;
}

static uint32_t
between(struct compiler *k, const uint32_t kid[3])
{
	return two(k, C_AND, two(k, C_GE, kid[0], kid[1]),
	    two(k, C_GE, kid[2], kid[0]));
}

static uint32_t
calendar_word(struct compiler *k, const struct node *n)
{
	int day = n->op == N_FIRST_OF ? CLOCK_DAY : CLOCK_LAST_OF_DAY;
	k->c->has_clock = 1;
	if (n->op == N_HOUR || n->op == N_WEEKDAY)
		return counted(k, C_CLOCK, 0,
		    n->op == N_HOUR ? CLOCK_HOUR : CLOCK_WEEKDAY);
	uint32_t r = counted(k, C_CLOCK, 0, day + n->n);
	return n->op == N_FIRST_OF ? two(k, C_CHANGED, r, 0) : r;
}

static uint32_t node(struct compiler *k, int32_t i);

/* One line an operation, as in code_run. */
static uint32_t
make(struct compiler *k, int32_t i)
{
	const struct node *n = &k->r->nodes[i];
	uint32_t kid[3] = {0};
	for (int j = 0; j < 3 && n->kid[j] >= 0; j++)
		kid[j] = node(k, n->kid[j]);
	uint32_t a = kid[0], b = kid[1];
	struct instr x = {.a = a, .n = n->n};
	switch ((enum node_op)n->op) {
	case N_NUMBER:
		return constant(k, n->number);
	case N_TRUE:
		return constant(k, 1);
	case N_NAME:
		return name(k, i);
	case N_OR:
		return two(k, C_OR, a, b);
	case N_AND:
		return two(k, C_AND, a, b);
	case N_NOT:
		return two(k, C_NOT, a, 0);
	case N_LT:
		return two(k, C_GT, b, a);
	case N_LE:
		return two(k, C_GE, b, a);
	case N_GT:
		return two(k, C_GT, a, b);
	case N_GE:
		return two(k, C_GE, a, b);
	case N_EQ:
		return two(k, C_EQ, a, b);
	case N_NE:
		return two(k, C_NE, a, b);
	case N_ABOVE:
		return two(k, C_ABOVE, a, b);
	case N_BELOW:
		return two(k, C_ABOVE, b, a);
	case N_BETWEEN:
		return between(k, kid);
	case N_RISES:
		return counted(k, C_RISES, a, n->n);
	case N_FALLS:
		return counted(k, C_RISES, two(k, C_NEG, a, 0), n->n);
	case N_ADD:
		return two(k, C_ADD, a, b);
	case N_SUB:
		return two(k, C_SUB, a, b);
	case N_MUL:
		return two(k, C_MUL, a, b);
	case N_DIV:
		return two(k, C_DIV, a, b);
	case N_NEG:
		return two(k, C_NEG, a, 0);
	case N_BACK:
		return back(k, a, n->n);
	case N_ABS:
		return two(k, C_ABS, a, 0);
	case N_MIN:
		return two(k, C_MIN, a, b);
	case N_MAX:
		return two(k, C_MAX, a, b);
	case N_FLOOR:
		return two(k, C_FLOOR, a, b);
	case N_CEIL:
		return two(k, C_CEIL, a, b);
	case N_ROUND:
		return two(k, C_ROUND, a, b);
	case N_HIGHEST:
		return counted(k, C_HIGHEST, a, n->n);
	case N_LOWEST:
		return negated(k, C_HIGHEST, &x);
	case N_CHANGE:
		return two(k, C_SUB, a, back(k, a, n->n));
	case N_SINCE:
		return two(k, C_SINCE, a, 0);
	case N_HOUR:
	case N_WEEKDAY:
	case N_FIRST_OF:
	case N_LAST_OF:
		return calendar_word(k, n);
	}
	return fail(k);
}

static uint32_t
node(struct compiler *k, int32_t i)
{
	uint32_t r = make(k, i);
	k->c->reg_of[i] = r;
	return r;
}

/* Rings get the room of the longest look back at them. */
static void
size_rings(struct code *c)
{
	for (uint32_t i = 0; i < c->nregs; i++) {
		const struct instr *x = &c->def[i];
		if (x->op != C_BACK)
			continue;
		struct instr *ring = &c->def[x->b];
		if (ring->n == 0)
			ring->n = 2;
		while (ring->n <= x->n)
			ring->n *= 2;
	}
}

static size_t
words_of(const struct instr *x)
{
	switch ((enum code_op)x->op) {
	case C_ABOVE:
	case C_SINCE:
	case C_CHANGED:
		return 1;
	case C_RISES:
		return 3;
	case C_KEEP:
		return (size_t)x->n;
	case C_HIGHEST:
		return window_words(x->n);
	default:
		return 0;
	}
}

/* Places the slots; fills what is run on each bar. */
static int
lay_out(struct code *c, struct rules *r)
{
	c->words = c->nregs;
	for (uint32_t i = 0; i < c->nregs; i++) {
		struct instr *x = &c->def[i];
		x->slot = (uint32_t)c->words;
		c->words += words_of(x);
		if (c->words > CODE_WORDS_MAX)
			return rules_fail_plain(r, "rules",
			    "they look back at too much (over %d values)",
			    (int)CODE_WORDS_MAX);
	}
	for (uint32_t i = 0; i < c->nregs; i++) {
		struct instr *x = &c->def[i];
		if (x->op == C_BACK) {
			x->slot = c->def[x->b].slot;
			x->b = (uint32_t)c->def[x->b].n - 1;
		}
		if (x->op > C_CONST)
			c->run[c->nrun++] = *x;
	}
	return 0;
}

static int
allocate(struct code *c, const struct rules *r)
{
	size_t n = (size_t)r->nnodes + 1;
	/* no node makes more than three registers */
	c->regs_cap = (uint32_t)(3 * n);
	for (c->index_size = 16; c->index_size < 2 * c->regs_cap;)
		c->index_size *= 2;
	c->def = calloc(c->regs_cap, sizeof(*c->def));
	c->run = calloc(c->regs_cap, sizeof(*c->run));
	c->index = calloc(c->index_size, sizeof(*c->index));
	c->inputs = calloc(n, sizeof(*c->inputs));
	c->reg_of = calloc(n, sizeof(*c->reg_of));
	return c->def == NULL || c->run == NULL || c->index == NULL ||
		       c->inputs == NULL || c->reg_of == NULL
		   ? -1
		   : 0;
}

int
code_compile(struct code *c, struct rules *r)
{
	struct compiler k = {c, r, 0};
	if (allocate(c, r) < 0)
		return rules_fail_memory(r);
	for (int i = 0; i < r->nrules; i++) {
		const struct rule *rule = &r->rules[i];
		node(&k, rule->when);
		for (int j = 0; j < CLAUSES; j++)
			if (rule->value[j] >= 0)
				node(&k, rule->value[j]);
	}
	free(c->index);
	c->index = NULL;
	if (k.failed)
		return -1;
	size_rings(c);
	return lay_out(c, r);
}

void
code_release(struct code *c)
{
	free(c->def);
	free(c->run);
	free(c->index);
	free(c->inputs);
	free(c->reg_of);
	memset(c, 0, sizeof(*c));
}
