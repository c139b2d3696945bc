/* SPDX-License-Identifier: MIT */
/* torder: carries out what trisk approved. */
#ifndef TAPE_TORDER_H
#define TAPE_TORDER_H

#include "stage/stage.h"

extern const struct stage_desc torder_stage;

#endif
