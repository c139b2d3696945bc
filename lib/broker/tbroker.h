/* SPDX-License-Identifier: MIT */
/* tbroker: executes orders and keeps the ledger. */
#ifndef TAPE_TBROKER_H
#define TAPE_TBROKER_H

#include "stage/stage.h"

extern const struct stage_desc tbroker_stage;

#endif
