/* SPDX-License-Identifier: MIT */
/* tsignal as a stage. */
#ifndef TAPE_TSIGNAL_H
#define TAPE_TSIGNAL_H

#include "stage/stage.h"

extern const struct stage_desc tsignal_stage;

#endif
