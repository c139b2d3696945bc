/* SPDX-License-Identifier: MIT */
/* The system's zoneinfo files (TZif, RFC 8536). */
#ifndef TAPE_TZIF_H
#define TAPE_TZIF_H

#include <stddef.h>
#include <stdint.h>

#include "base/tzrule.h"

enum { TZIF_NAME_MAX = 64 };

/* Zeroed memory is UTC. */
struct tzif {
	int32_t first;  /* the offset before the first transition */
	size_t count;   /* transitions, rising */
	int64_t *at;    /* owned; seconds since 1970 */
	int32_t *after; /* owned; seconds east from then on */
	struct tzrule rule; /* after the last */
	int has_rule;
};

/* Fills z, which is zeroed. 0, or -1 with errno: ENOENT no such zone, EINVAL
 * no file that we can read. Release it in both cases. */
int tzif_load(struct tzif *z, const char *name);
void tzif_release(struct tzif *z);
/* Seconds east of UTC at t, seconds since 1970. */
int32_t tzif_offset(const struct tzif *z, int64_t t);

#endif
