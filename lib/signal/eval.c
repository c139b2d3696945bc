/* SPDX-License-Identifier: MIT */
/* Runs flat code over one bar. Nothing is skipped: what remembers must see
 * every bar, whatever the rest of its rule says. */
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "signal/code.h"

struct code_state *
code_state_new(const struct code *c)
{
	struct code_state *s =
	    calloc(1, sizeof(*s) + c->words * sizeof(s->w[0]));
	if (s == NULL)
		return NULL;
	for (uint32_t i = 0; i < c->nregs; i++)
		s->w[i].x = c->def[i].op == C_CONST ? c->def[i].k : NAN;
	for (uint32_t i = 0; i < c->nrun; i++) {
		const struct instr *x = &c->run[i];
		if (x->op == C_ABOVE || x->op == C_SINCE ||
		    x->op == C_CHANGED || x->op == C_RISES)
			s->w[x->slot].x = NAN;
		for (int32_t j = 0; x->op == C_KEEP && j < x->n; j++)
			s->w[x->slot + (uint32_t)j].x = NAN;
	}
	return s;
}

/* No infinity is ever a value. */
static inline double
known(double x)
{
	return fabs(x) <= DBL_MAX ? x : NAN;
}

static inline double
either(double a, double b)
{
	return a == 1 || b == 1 ? 1 : a == 0 && b == 0 ? 0 : NAN;
}

static inline double
both(double a, double b)
{
	return a == 0 || b == 0 ? 0 : a == 1 && b == 1 ? 1 : NAN;
}

static inline double
truth(int yes, double a, double b)
{
	return isnan(a) || isnan(b) ? (double)NAN : (double)yes;
}

/* a > b now and a <= b on the bar before. */
static inline double
above(union word *w, double a, double b)
{
	double now = both(truth(a > b, a, b), w[0].x);
	w[0].x = truth(a <= b, a, b);
	return now;
}

/* Each of the last n steps is up: false if one is known not to be, null if
 * one is not known. Steps before the first bar are not known. */
static inline double
rises(union word *w, double x, int32_t n, int64_t bar)
{
	double before = w[0].x;
	w[0].x = x;
	if (isnan(x) || isnan(before))
		w[2].i = bar;
	else if (x <= before)
		w[1].i = bar;
	if (w[1].i > 0 && w[1].i > bar - n)
		return 0;
	return w[2].i > bar - n ? NAN : 1;
}

static inline double
since(union word *w, double is_true)
{
	w[0].x = is_true == 1 ? 0 : w[0].x + 1;
	return w[0].x;
}

/* True on the first bar ever, and whenever the number is another one. */
static inline double
changed(union word *w, double x)
{
	double before = w[0].x;
	if (isnan(x))
		return NAN;
	w[0].x = x;
	return isnan(before) || x != before;
}

static void
load(const struct code *c, struct code_state *s, const double *in,
    const double *clock)
{
	for (uint32_t i = 0; i < c->ninputs; i++)
		s->w[c->inputs[i].reg].x = known(in[i]);
	for (uint32_t i = 0; c->has_clock && i < c->nregs; i++)
		if (c->def[i].op == C_CLOCK)
			s->w[i].x = clock[c->def[i].n];
}

/* One case an operation: longer than a screen, and nothing else in it. */
void
code_run(const struct code *c, struct code_state *s, const double *in,
    const double *clock)
{
	union word *w = s->w;
	int64_t bar = ++s->bar;
	load(c, s, in, clock);
	for (const struct instr *x = c->run, *end = x + c->nrun; x < end; x++) {
		double a = w[x->a].x, r = NAN;
		union word *slot = w + x->slot;
		switch ((enum code_op)x->op) {
		case C_INPUT:
		case C_CLOCK:
		case C_CONST:
			continue;
		case C_OR:
			r = either(a, w[x->b].x);
			break;
		case C_AND:
			r = both(a, w[x->b].x);
			break;
		case C_NOT:
			r = 1 - a;
			break;
		case C_GT:
			r = truth(a > w[x->b].x, a, w[x->b].x);
			break;
		case C_GE:
			r = truth(a >= w[x->b].x, a, w[x->b].x);
			break;
		case C_EQ:
			r = truth(a == w[x->b].x, a, w[x->b].x);
			break;
		case C_NE:
			r = truth(a != w[x->b].x, a, w[x->b].x);
			break;
		case C_ABOVE:
			r = above(slot, a, w[x->b].x);
			break;
		case C_RISES:
			r = rises(slot, a, x->n, bar);
			break;
		case C_ADD:
			r = known(a + w[x->b].x);
			break;
		case C_SUB:
			r = known(a - w[x->b].x);
			break;
		case C_MUL:
			r = known(a * w[x->b].x);
			break;
		case C_DIV:
			r = w[x->b].x != 0 ? known(a / w[x->b].x) : NAN;
			break;
		case C_NEG:
			r = -a;
			break;
		case C_KEEP:
			slot[bar & (x->n - 1)].x = a;
			continue;
		case C_BACK:
			r = slot[(bar - x->n) & (int64_t)x->b].x;
			break;
		case C_ABS:
			r = fabs(a);
			break;
		case C_MIN:
			r = isnan(a) || a < w[x->b].x ? a : w[x->b].x;
			break;
		case C_MAX:
			r = isnan(a) || a > w[x->b].x ? a : w[x->b].x;
			break;
		case C_FLOOR:
			r = known(step_floor(a, w[x->b].x));
			break;
		case C_CEIL:
			r = known(step_ceil(a, w[x->b].x));
			break;
		case C_ROUND:
			r = known(step_round(a, w[x->b].x));
			break;
		case C_HIGHEST:
			r = window_highest(slot, x->n, a, bar);
			break;
		case C_SINCE:
			r = since(slot, a);
			break;
		case C_CHANGED:
			r = changed(slot, a);
			break;
		}
		w[x->dst].x = r;
	}
}
