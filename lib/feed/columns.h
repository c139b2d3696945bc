/* SPDX-License-Identifier: MIT */
/* The columns of a CSV source: what each one means. */
#ifndef TAPE_FEED_COLUMNS_H
#define TAPE_FEED_COLUMNS_H

#include <stdint.h>

#include "base/buf.h"
#include "feed/format.h"
#include "feed/item.h"
#include "feed/rows.h"

struct columns {
	int n; /* fields of a row */
	int time, clock, ms, per, symbol; /* positions, -1: none */
	int value[ITEM_VALUES]; /* by item_value; -1: none */
	enum record_type type;
	uint16_t has; /* as item.has */
	struct buf names; /* as the header has them, each terminated */
};

/* What the row just read says as a header: the format it is of (`forced`, or
 * one found), or NULL with a message in *why. */
const struct feed_format *columns_by_header(struct columns *c,
    const struct rows *header, const struct feed_format *forced,
    struct buf *why);
/* The same for a row that is data already, by the formats without header. */
const struct feed_format *columns_by_row(struct columns *c,
    const struct rows *row, const struct feed_format *forced, struct buf *why);
/* The same by --map: "time=Datum,open=3", names of the header or numbers of
 * columns. Numbers alone: there is no header. */
int columns_by_map(struct columns *c, const struct rows *header,
    const char *map, struct buf *why);
/* Whether a map is of numbers alone. */
int columns_map_is_of_numbers(const char *map);
/* A header's name does not begin with a digit. */
int columns_is_data(const struct rows *row, int column);
void columns_release(struct columns *c);
/* For messages. */
const char *columns_name(const struct columns *c, int column);
/* Appends a column's name as formats write it. */
int columns_plain_name(struct buf *b, const char *s, size_t n);

#endif
