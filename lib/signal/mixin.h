/* SPDX-License-Identifier: MIT */
/* A ready-made rule: text over a bar's own fields. One file each, one line in
 * list.def; nothing else to touch. */
#ifndef TAPE_MIXIN_H
#define TAPE_MIXIN_H

#include "base/buf.h"
#include "signal/rule.h"

enum { MIXIN_ARGS_MAX = 4 };

struct mixin_arg {
	const char *name;
	double def, min, max;
	int is_integer;
};

struct mixin {
	const char *name;    /* as in @mean-reversion */
	const char *summary; /* one line for --list */
	const char *source;  /* who says so, lines ended by \n */
	struct mixin_arg args[MIXIN_ARGS_MAX]; /* name NULL ends */
	/* The condition, for use inside an expression, and the rules, without
	 * names, each ended by \n; mixin_fill says what braces mean. */
	const char *when, *then;
	/* In place of these, where a text is not enough: appends it. */
	int (*condition)(struct buf *out, const double *arg);
	int (*rules)(struct buf *out, const double *arg);
};

/* All of them, in the order of list.def; NULL at the end. */
extern const struct mixin *const mixins[];

const struct mixin *mixin_find(const char *name, size_t n);
/* Its default arguments. */
void mixin_defaults(const struct mixin *m, double arg[MIXIN_ARGS_MAX]);

/* For "@name:args" at a place in a source: a new source with the text of its
 * condition, or -1 (an error was noted). */
int32_t mixin_condition(
    struct rules *r, int32_t source, const char *at, size_t n);
/* Adds the rules of "@name:args*weight", all of the source's text from at. */
int mixin_add_rules(struct rules *r, int32_t source, const char *at);

/* Appends the text, {0} as the first argument, {-0} as its negative and {p0} as
 * it stands in the name of a field: 2p5. */
int mixin_fill(struct buf *out, const char *text, const double *arg);
int mixin_add_condition(struct buf *out, const struct mixin *m,
    const double *arg);
int mixin_add_text(struct buf *out, const struct mixin *m, const double *arg);

/* A number of bars or a factor as rules write it. */
int mixin_add_number(struct buf *out, double x);
/* The mean of x over the n bars before this one, written out. */
int mixin_add_mean(struct buf *out, const char *x, int n);

#endif
