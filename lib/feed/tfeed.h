/* SPDX-License-Identifier: MIT */
/* The stage that every pipe begins with. */
#ifndef TAPE_FEED_TFEED_H
#define TAPE_FEED_TFEED_H

#include "stage/stage.h"

extern const struct stage_desc tfeed_stage;

#endif
