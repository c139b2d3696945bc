/* SPDX-License-Identifier: MIT */
/* tsignal: turns rules over bars into signals. */
#include "signal/tsignal.h"

int
main(int argc, char **argv)
{
	return stage_main(&tsignal_stage, argc, argv);
}
