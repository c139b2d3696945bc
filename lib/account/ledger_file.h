/* SPDX-License-Identifier: MIT */
/* Between ledger.c and ledger_open.c: what a crash left at the end. */
#ifndef TAPE_LEDGER_FILE_H
#define TAPE_LEDGER_FILE_H

#include "account/ledger.h"

/* The batch was begun before a crash. Where it repeats what is there, *data
 * moves behind that (and l->size with it); else what is there is moved aside
 * as torn: it was never acknowledged. */
int ledger_settle_pending(struct ledger *l, const char **data, size_t *n,
    struct problem *p);

#endif
