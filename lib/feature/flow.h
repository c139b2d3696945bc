/* SPDX-License-Identifier: MIT */
/* Chaikin's money flow: volume times where the close stands in the bar's
 * range, from -1 at the low to 1 at the high; 0 for a bar without range. */
#ifndef TAPE_FLOW_H
#define TAPE_FLOW_H

#include "feature/feature.h"

/* Not finite when an input is not. */
static inline double
flow_of(const struct feature_input *in)
{
	double range = in->high - in->low;
	double place = (in->close - in->low) - (in->high - in->close);
	return range != 0 ? place / range * in->volume
	                  : 0 * place * in->volume;
}

#endif
