/* SPDX-License-Identifier: MIT */
/* Between book.c and book_apply.c: room for what a line adds. */
#ifndef TAPE_BOOK_GROW_H
#define TAPE_BOOK_GROW_H

#include "account/book.h"

/* Room for the element of the name interned last; -1: no memory. */
int book_grow_orders(struct book *b);
int book_grow_approvals(struct book *b);

#endif
