/* SPDX-License-Identifier: MIT */
/* The table of stages, in the order of the pipe. */
#include "run/stages.h"

#include <string.h>

#include "base/text.h"
#include "broker/tbroker.h"
#include "clean/tclean.h"
#include "feature/tfeat.h"
#include "feed/tfeed.h"
#include "order/torder.h"
#include "report/treport.h"
#include "risk/trisk.h"
#include "signal/tsignal.h"

const struct stage_desc *const stages[] = {
    &tfeed_stage, &tclean_stage, &tfeat_stage, &tsignal_stage, &trisk_stage,
    &torder_stage, &tbroker_stage, &treport_stage, NULL,
};

const struct stage_desc *
stage_find(const char *name)
{
	for (int i = 0; stages[i] != NULL; i++)
		if (strcmp(stages[i]->name, name) == 0)
			return stages[i];
	return NULL;
}

const char *
stage_nearest(const char *name)
{
	const char *names[sizeof stages / sizeof *stages];
	size_t n = 0;

	for (; stages[n] != NULL; n++)
		names[n] = stages[n]->name;
	return text_nearest(name, strlen(name), names, n);
}
