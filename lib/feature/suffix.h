/* SPDX-License-Identifier: MIT */
/* How long a feature remembers where its stream began. */
#ifndef TAPE_FEATURE_SUFFIX_H
#define TAPE_FEATURE_SUFFIX_H

#include "feature/feature_spec.h"

enum {
	SUFFIX_NEVER = -1,
	SUFFIX_UNKNOWN = 0, /* no memory, or windows too long to try */
};

/* The bar, from 1, from which on a stream that begins later has all values to
 * 10 digits (of the larger of the value and its usual size). Measured: the
 * most of some random walks. */
int feature_suffix(const struct feature_use *u);

#endif
