/* SPDX-License-Identifier: MIT */
/* What a bar's time says: hour, weekday, periods, and whether it is the last
 * bar of one. */
#ifndef TAPE_SIGNAL_CLOCK_H
#define TAPE_SIGNAL_CLOCK_H

#include "base/zone.h"
#include "signal/code.h"

enum calendar { CALENDAR_NONE, CALENDAR_24X7, CALENDAR_WEEKDAYS };

/* Of the bar that starts at `time` (ns UTC) and lasts `span` ns (0: not
 * known), in a zone (NULL: UTC). What cannot be known is NaN. */
void clock_read(double out[CLOCKS], enum calendar calendar,
    const struct zone *zone, const int64_t bar[2]);

#endif
