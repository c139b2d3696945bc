/* SPDX-License-Identifier: MIT */
/* The rule that a zoneinfo file ends with, a POSIX TZ text: offsets for all
 * times after its last transition. */
#ifndef TAPE_TZRULE_H
#define TAPE_TZRULE_H

#include <stdint.h>

enum tzkind { TZ_MONTH, TZ_JULIAN, TZ_ZERO }; /* Mm.w.d, Jn, n */

/* When in a year the clocks change. */
struct tzday {
	enum tzkind kind;
	int month, week, day;
	int32_t time; /* seconds of the local day, may leave it */
};

struct tzrule {
	int32_t std, dst; /* seconds east of UTC */
	int has_dst;
	struct tzday begin, end;
};

/* Reads all of s, terminated; -1: not such a text. */
int tzrule_parse(const char *s, struct tzrule *out);
/* Seconds east of UTC at t, seconds since 1970. */
int32_t tzrule_offset(const struct tzrule *r, int64_t t);

#endif
