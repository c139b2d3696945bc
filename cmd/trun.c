/* SPDX-License-Identifier: MIT */
#include "run/trun.h"

int
main(int argc, char **argv)
{
	return stage_main(&trun_stage, argc, argv);
}
