/* SPDX-License-Identifier: MIT */
#include "order/torder.h"

int
main(int argc, char **argv)
{
	return stage_main(&torder_stage, argc, argv);
}
