/* SPDX-License-Identifier: MIT */
/* The `feature` lines of a strategy file, tape-strategy(5). */
#ifndef TAPE_STRATEGY_FILE_H
#define TAPE_STRATEGY_FILE_H

#include <stddef.h>

#include "base/buf.h"
#include "feature/feature_spec.h"

/* Appends the words of all `feature` lines, each terminated by a zero byte, in
 * their order; *count gets how many. Lines of the other programs are passed
 * over. -1 with *e ("trend.strat:3: ..."); e->text empty: no memory. */
int strategy_file_features(const char *path, struct buf *words, size_t *count,
    struct feature_error *e);

#endif
