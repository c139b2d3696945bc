/* SPDX-License-Identifier: MIT */
/* tclean: checks market data. */
#include "clean/tclean.h"

int
main(int argc, char **argv)
{
	return stage_main(&tclean_stage, argc, argv);
}
