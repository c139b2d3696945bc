/* SPDX-License-Identifier: MIT */
/* One use of a feature as the command line says it, and the names that its
 * outputs get: `[alias=]name[:arg[,arg]][,key=value]`. */
#ifndef TAPE_FEATURE_SPEC_H
#define TAPE_FEATURE_SPEC_H

#include "feature/feature.h"

enum { FEATURE_NAME_MAX = 160, FEATURE_FIELD_MAX = 80,
	FEATURE_SYMBOL_MAX = 33 };

struct feature_use {
	const struct feature *feature;
	struct feature_spec spec;
	char src[FEATURE_FIELD_MAX]; /* "" : the close */
	char with[FEATURE_FIELD_MAX]; /* "": none, or that of src */
	char symbol[FEATURE_SYMBOL_MAX]; /* whose `with` it is; "": its own */
	int64_t span; /* ns; only bars of that span count. 0: all */
	int noutputs;
	char outputs[FEATURE_OUTPUTS_MAX][FEATURE_NAME_MAX];
};

struct feature_error {
	char text[256];
};

/* -1 with *e: what is wrong, without the program's name. */
int feature_use_parse(struct feature_use *u, const char *text,
    struct feature_error *e);

#endif
