/* SPDX-License-Identifier: MIT */
/* Time zones: local time to UTC and back. */
#include "base/zone.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "base/tzif.h"

struct zone {
	char name[TZIF_NAME_MAX + 1];
	struct tzif data;
};

/* +hh:mm or -hh:mm */
static int
parse_fixed(const char *s, int32_t *offset)
{
	static const char shape[] = "+00:00";
	int h, m;

	if (strlen(s) != 6 || (*s != '+' && *s != '-'))
		return -1;
	for (int i = 1; i < 6; i++)
		if (shape[i] == ':' ? s[i] != ':' : s[i] < '0' || s[i] > '9')
			return -1;
	h = (s[1] - '0') * 10 + s[2] - '0';
	m = (s[4] - '0') * 10 + s[5] - '0';
	if (h > 23 || m > 59)
		return -1;
	*offset = (h * 60 + m) * (*s == '-' ? -60 : 60);
	return 0;
}

struct zone *
zone_new(const char *name)
{
	struct zone *z = calloc(1, sizeof(*z));
	int err;

	if (z == NULL)
		return NULL;
	if (strcmp(name, "UTC") != 0 &&
	    parse_fixed(name, &z->data.first) == -1 &&
	    tzif_load(&z->data, name) == -1) {
		err = errno;
		zone_free(z);
		errno = err;
		return NULL;
	}
	snprintf(z->name, sizeof(z->name), "%s", name);
	return z;
}

void
zone_free(struct zone *z)
{
	if (z == NULL)
		return;
	tzif_release(&z->data);
	free(z);
}

const char *
zone_name(const struct zone *z)
{
	return z->name;
}

int32_t
zone_offset(const struct zone *z, int64_t ns)
{
	return tzif_offset(&z->data, ns / TIME_SECOND - (ns % TIME_SECOND < 0));
}

static int64_t
add_clamped(int64_t a, int64_t b)
{
	int64_t v;

	if (__builtin_add_overflow(a, b, &v))
		return b < 0 ? INT64_MIN + 1 : INT64_MAX;
	return v;
}

/* A day before and a day after, in UTC, are on both sides of any jump that
 * the local time could be in. */
int64_t
zone_to_utc(const struct zone *z, int64_t local_ns)
{
	int32_t before = zone_offset(z, add_clamped(local_ns, -TIME_DAY));
	int32_t after = zone_offset(z, add_clamped(local_ns, TIME_DAY));
	int64_t u = add_clamped(local_ns, -(before * TIME_SECOND));
	int64_t v = add_clamped(local_ns, -(after * TIME_SECOND));

	if (before == after || zone_offset(z, u) == before)
		return u;
	return zone_offset(z, v) == after ? v : u;
}
