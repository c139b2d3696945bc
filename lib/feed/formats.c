/* SPDX-License-Identifier: MIT */
/* The list of formats. */
#include "feed/format.h"

#include <string.h>

#define FORMAT(name) extern const struct feed_format feed_format_##name;
#include "feed/list.def"
#undef FORMAT

const struct feed_format *const feed_formats[] = {
#define FORMAT(name) &feed_format_##name,
#include "feed/list.def"
#undef FORMAT
	NULL,
};

const struct feed_format *
feed_format_find(const char *name)
{
	for (int i = 0; feed_formats[i] != NULL; i++)
		if (strcmp(feed_formats[i]->name, name) == 0)
			return feed_formats[i];
	return NULL;
}
