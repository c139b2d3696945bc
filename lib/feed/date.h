/* SPDX-License-Identifier: MIT */
/* Dates in the styles that files have. */
#ifndef TAPE_FEED_DATE_H
#define TAPE_FEED_DATE_H

#include <stddef.h>

#include "base/time.h"

/* 3/4/2024: which of the two is the day. */
enum date_order { DATE_ASK, DATE_DMY, DATE_MDY };

/* 2024-12-31, also with / or . between; 20241231; 31/12/2024 and 12/31/2024 by
 * the order, also with - between, days and months of one digit, years of two;
 * 31.12.2024; 31-Dec-2024, 31-Dec-24, 31 Dec 2024; Dec 31, 2024. Fills year,
 * month and day. The bytes it takes, or 0; *is_unsure: only an order is
 * missing. Years of two digits are 1969 to 2068, as POSIX has them. */
size_t date_read(const char *s, size_t n, enum date_order order,
    struct civil *c, int *is_unsure);
/* What a date says of the order: the one that it must be, or DATE_ASK. */
enum date_order date_evidence(const char *s, size_t n);
/* Whether a date wants an order. */
int date_wants_order(const char *s, size_t n);

#endif
