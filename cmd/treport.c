/* SPDX-License-Identifier: MIT */
#include "report/treport.h"

int
main(int argc, char **argv)
{
	return stage_main(&treport_stage, argc, argv);
}
