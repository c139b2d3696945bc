/* SPDX-License-Identifier: MIT */
/* What tsignal says about rules instead of running them. */
#ifndef TAPE_SIGNAL_EXPLAIN_H
#define TAPE_SIGNAL_EXPLAIN_H

#include "signal/code.h"

/* The strategy in full: rules in normal form, fields, bars of history. */
int explain_rules(const struct rules *r, const struct code *c, struct buf *out);
/* The ready-made rules: a table, or one JSON object a line. */
int explain_list(struct buf *out);
int explain_list_json(struct buf *out);

#endif
