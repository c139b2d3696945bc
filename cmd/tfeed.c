/* SPDX-License-Identifier: MIT */
/* tfeed(1): market data in, in the order in which it was known. */
#include "feed/tfeed.h"

int
main(int argc, char **argv)
{
	return stage_main(&tfeed_stage, argc, argv);
}
