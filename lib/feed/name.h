/* SPDX-License-Identifier: MIT */
/* Operands: [SYMBOL=]SOURCE, and the symbol that a file's name tells. */
#ifndef TAPE_FEED_NAME_H
#define TAPE_FEED_NAME_H

#include <stddef.h>

/* The source of an operand; its symbol goes to `symbol`, or "" when it has
 * none. A file whose whole name is the operand has none. */
const char *name_split(const char *operand, char *symbol, size_t size);
/* aapl.us.csv.gz -> AAPL.US; the result may be no symbol. */
void name_symbol(const char *path, char *symbol, size_t size);
int name_is_gen(const char *source);

#endif
