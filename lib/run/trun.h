/* SPDX-License-Identifier: MIT */
/* trun: a whole pipeline in one process. */
#ifndef TAPE_TRUN_H
#define TAPE_TRUN_H

#include "stage/stage.h"

extern const struct stage_desc trun_stage;

#endif
