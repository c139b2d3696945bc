/* SPDX-License-Identifier: MIT */
/* What a bar's time says: hour, weekday, periods, and whether it is the last
 * bar of one. */
#ifndef TAPE_SIGNAL_CLOCK_H
#define TAPE_SIGNAL_CLOCK_H

#include "base/calendar.h"
#include "base/zone.h"
#include "signal/code.h"

enum calendar_kind {
	CALENDAR_NONE,
	CALENDAR_24X7,
	CALENDAR_WEEKDAYS,
	CALENDAR_DAYS, /* those of `days` */
};

struct clock_calendar {
	enum calendar_kind kind;
	struct calendar *days; /* owned: nyse, nasdaq or a file's */
};

/* Of the bar that starts at `time` (ns UTC) and lasts `span` ns (0: not
 * known), in a zone (NULL: UTC). What cannot be known is NaN. */
void clock_read(double out[CLOCKS], const struct clock_calendar *calendar,
    const struct zone *zone, const int64_t bar[2]);

#endif
