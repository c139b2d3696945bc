/* SPDX-License-Identifier: MIT */
/* treport: statistics of a run. */
#ifndef TAPE_TREPORT_H
#define TAPE_TREPORT_H

#include "stage/stage.h"

extern const struct stage_desc treport_stage;

#endif
