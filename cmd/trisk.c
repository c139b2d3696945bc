/* SPDX-License-Identifier: MIT */
/* trisk: sizes, checks and seals what signals wish for. */
#include "risk/trisk.h"

int
main(int argc, char **argv)
{
	return stage_main(&trisk_stage, argc, argv);
}
