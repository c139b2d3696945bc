/* SPDX-License-Identifier: MIT */
/* Operands that stand for several files: patterns and folders. */
#ifndef TAPE_FEED_EXPAND_H
#define TAPE_FEED_EXPAND_H

#include "stage/stage.h"

/* Zeroed memory is an empty list. */
struct operands {
	char **items; /* owned, and so is each */
	int n, cap;
};

/* Adds what an operand stands for, [SYMBOL=] kept on each: itself, the files
 * of a folder, or those that a pattern matches, in the order of their names.
 * -1 after stage_fail. */
int expand_operand(struct stage *s, const char *operand, struct operands *to);
void operands_release(struct operands *o);

#endif
