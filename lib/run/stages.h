/* SPDX-License-Identifier: MIT */
/* The stages that trun can link. */
#ifndef TAPE_STAGES_H
#define TAPE_STAGES_H

#include "stage/stage.h"

/* NULL at the end. */
extern const struct stage_desc *const stages[];

const struct stage_desc *stage_find(const char *name);
/* The nearest name to one that is not there, or NULL. */
const char *stage_nearest(const char *name);

#endif
