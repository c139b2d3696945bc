/* SPDX-License-Identifier: MIT */
/* tfeat: adds features to bars. */
#include "feature/tfeat.h"

int
main(int argc, char **argv)
{
	return stage_main(&tfeat_stage, argc, argv);
}
