/* SPDX-License-Identifier: MIT */
/* From the name of a field back to the feature that gives it. */
#ifndef TAPE_FEATURE_INFER_H
#define TAPE_FEATURE_INFER_H

#include "feature/feature_spec.h"

/* "bbands_20_2p5_upper" -> "bbands:20,2.5", in text and read into *u. -1: no
 * feature without an alias gives that field. */
int feature_infer(const char *name, struct feature_use *u,
    char text[FEATURE_NAME_MAX]);

#endif
