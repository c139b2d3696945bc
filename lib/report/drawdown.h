/* SPDX-License-Identifier: MIT */
/* Drawdowns of a stream of equity values, without keeping the stream. */
#ifndef TAPE_DRAWDOWN_H
#define TAPE_DRAWDOWN_H

#include <stdint.h>

/* Zeroed memory is an empty one. */
struct drawdown {
	double peak;       /* highest equity so far */
	int64_t peak_time; /* when the equity last stood there, ns */
	int64_t last_time;
	double worst;     /* lowest equity / peak - 1 so far, 0 or below */
	double depth;     /* the same within the drawdown going on, 0: none */
	double depth_sum; /* over the drawdowns that ended */
	int64_t ended;
	int64_t longest; /* ns, of those that ended */
	int is_started;
	int is_undefined; /* the equity was zero or less before any peak */
};

/* Takes the next value; returns equity / peak - 1, or NAN while no equity above
 * zero was seen. */
double drawdown_add(struct drawdown *d, double equity, int64_t time);

/* Mean depth of all drawdowns, the one going on included; NAN: none. */
double drawdown_mean(const struct drawdown *d);
/* From peak to recovery, or to the last value; the longest, ns. */
int64_t drawdown_longest(const struct drawdown *d);

#endif
