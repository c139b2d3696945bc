/* SPDX-License-Identifier: MIT */
/* Numbers as files write them: $1,234.50, 1.25M, 1.234,5, N/A. */
#ifndef TAPE_FEED_NUMBER_H
#define TAPE_FEED_NUMBER_H

#include <stddef.h>

#include "base/dec.h"

/* What stands before the decimals. AUTO: a point, and commas between
 * thousands only where nothing else can be meant. */
enum decimal { DECIMAL_AUTO, DECIMAL_POINT, DECIMAL_COMMA };

enum number_kind {
	NUMBER_OK,
	NUMBER_MISSING, /* empty, null, NaN, N/A, - */
	NUMBER_LARGE,
	NUMBER_UNSURE, /* 1,234: --decimal tells */
	NUMBER_BAD,
};

enum { NUMBER_DIGITS = 15 }; /* that are kept, as tape-record(5) promises */

/* All n bytes; *rounded is set to 1 when there were more than 15 digits. */
enum number_kind number_read(const char *s, size_t n, enum decimal how,
    struct dec *out, int *rounded);

#endif
