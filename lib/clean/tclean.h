/* SPDX-License-Identifier: MIT */
/* tclean as a stage. */
#ifndef TAPE_TCLEAN_H
#define TAPE_TCLEAN_H

#include "stage/stage.h"

extern const struct stage_desc tclean_stage;

#endif
