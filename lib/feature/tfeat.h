/* SPDX-License-Identifier: MIT */
/* tfeat as a stage. */
#ifndef TAPE_TFEAT_H
#define TAPE_TFEAT_H

#include "stage/stage.h"

extern const struct stage_desc tfeat_stage;

#endif
