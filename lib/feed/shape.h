/* SPDX-License-Identifier: MIT */
/* What a row without header looks like, cell by cell.
 *
 * A shape is words joined by '|': 9 is a digit and any other character itself;
 * # alone is a number, @ a count since 1970 of 10 to 19 digits, & a number of
 * digits alone, % one of at most 8, ~ True or False, ? anything. */
#ifndef TAPE_FEED_SHAPE_H
#define TAPE_FEED_SHAPE_H

#include "feed/rows.h"

int shape_fits(const char *shape, size_t n, const struct cell *cell);
/* Every cell, and as many of them. */
int shape_fits_row(const char *shape, const struct rows *row);

#endif
