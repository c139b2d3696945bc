/* SPDX-License-Identifier: MIT */
/* trisk as a stage. */
#ifndef TAPE_TRISK_H
#define TAPE_TRISK_H

#include "stage/stage.h"

extern const struct stage_desc trisk_stage;

#endif
