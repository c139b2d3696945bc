/* SPDX-License-Identifier: MIT */
#include "broker/tbroker.h"

int
main(int argc, char **argv)
{
	return stage_main(&tbroker_stage, argc, argv);
}
