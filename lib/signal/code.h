/* SPDX-License-Identifier: MIT */
/* Rules as flat code: one value (register) for each different expression of
 * the whole set, computed once a bar in order. Everything that remembers
 * earlier bars is a slot of a flat state without pointers, so every bar costs
 * the same and nothing is allocated on the way.
 *
 * Numbers are doubles and NaN is null; truth values are 1, 0 and NaN, in
 * Kleene's three-valued logic. */
#ifndef TAPE_SIGNAL_CODE_H
#define TAPE_SIGNAL_CODE_H

#include <math.h>
#include <stdint.h>

#include "signal/rule.h"

/* What a bar's time says; the last three are 1, 0 or NaN (not known). */
enum clock {
	CLOCK_HOUR,
	CLOCK_WEEKDAY,
	CLOCK_DAY, /* numbers of periods, rising */
	CLOCK_WEEK,
	CLOCK_MONTH,
	CLOCK_LAST_OF_DAY,
	CLOCK_LAST_OF_WEEK,
	CLOCK_LAST_OF_MONTH,
	CLOCKS
};

enum code_op {
	C_INPUT, /* n: which input */
	C_CLOCK, /* n: which of enum clock */
	C_CONST, /* k */
	C_OR,
	C_AND,
	C_NOT,
	C_GT,
	C_GE,
	C_EQ,
	C_NE,
	C_ABOVE, /* slot: a <= b on the bar before */
	C_RISES, /* slot: value before, last false step, last null step */
	C_ADD,
	C_SUB,
	C_MUL,
	C_DIV,
	C_NEG,
	C_KEEP, /* slot: ring of n (a power of two) values of a */
	C_BACK, /* a of n bars ago, from the ring in slot */
	C_ABS,
	C_MIN,
	C_MAX,
	C_FLOOR,
	C_CEIL,
	C_ROUND,
	C_HIGHEST, /* slot: window of n, see window.c */
	C_SINCE,   /* slot: the count */
	C_CHANGED, /* slot: value before */
};

struct instr {
	uint8_t op;         /* enum code_op */
	uint32_t dst, a, b; /* registers */
	uint32_t slot;      /* first word of what it remembers */
	int32_t n;
	double k;
};

/* A field that the rules read. */
struct code_input {
	const char *name; /* borrowed from the rules, not terminated */
	uint32_t len;
	uint8_t is_bool;
	int32_t node; /* one place that names it, for messages */
	uint32_t reg;
};

union word {
	double x;
	int64_t i;
};

/* What a symbol and span remembers. */
struct code_state {
	int64_t bar;    /* bars so far */
	union word w[]; /* registers, then slots */
};

struct code {
	struct instr *def; /* what each register is */
	uint32_t nregs, regs_cap;
	uint32_t *index; /* hash of def, only while compiling */
	uint32_t index_size;
	struct instr *run; /* what a bar executes */
	uint32_t nrun;
	struct code_input *inputs;
	uint32_t ninputs;
	uint32_t *reg_of; /* by node */
	size_t words;     /* of a state */
	int has_clock;
};

enum { CODE_WORDS_MAX = 1 << 22 };

/* Compiles all rules of the set; zeroed *c is filled. -1: an error was noted
 * in r. The code borrows from r. */
int code_compile(struct code *c, struct rules *r);
void code_release(struct code *c);

/* A state before its first bar, to be freed with free(), or NULL. */
struct code_state *code_state_new(const struct code *c);
/* Takes a bar: `in` has a value for each input, `clock` CLOCKS values (NULL
 * when has_clock is 0). */
void code_run(const struct code *c, struct code_state *s, const double *in,
    const double *clock);

/* The value of a node after code_run. */
static inline double
code_value(const struct code *c, const struct code_state *s, int32_t node)
{
	return s->w[c->reg_of[node]].x;
}

/* The highest of the last n values in O(1) on average: a queue of falling
 * values, each a candidate until it leaves the window. NaN while a value of
 * the window is. */
double window_highest(union word *w, int32_t n, double x, int64_t bar);
static inline size_t
window_words(int32_t n)
{
	return 3 + 2 * (size_t)n;
}

/* Multiples of a step; within 1e-9 of one counts as that one. Ties of round
 * go to the even multiple. NaN unless step > 0. */
double step_floor(double x, double step);
double step_ceil(double x, double step);
double step_round(double x, double step);

#endif
