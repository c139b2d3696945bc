/* SPDX-License-Identifier: MIT */
/* Time zones from the system's zoneinfo (TZif, RFC 8536) or fixed offsets. */
#ifndef TAPE_ZONE_H
#define TAPE_ZONE_H

#include <stdint.h>

struct zone;

/* "UTC", "+05:30", "-08:00", or a zoneinfo name such as America/New_York. New,
 * or NULL with errno (ENOENT: no such zone). Released by zone_free. */
struct zone *zone_new(const char *name);
void zone_free(struct zone *z);
const char *zone_name(const struct zone *z);
/* Seconds east of UTC at the instant ns. */
int32_t zone_offset(const struct zone *z, int64_t ns);
/* Local wall-clock time (as if it were UTC) to UTC. A time that happens twice
 * is the first of the two; one that is skipped counts with the offset before
 * the jump. */
int64_t zone_to_utc(const struct zone *z, int64_t local_ns);

#endif
