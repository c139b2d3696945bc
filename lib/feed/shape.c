/* SPDX-License-Identifier: MIT */
/* Cells against shapes. */
#include "feed/shape.h"

#include <string.h>
#include <strings.h>

#include "feed/number.h"

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_digits(const struct cell *c, size_t least, size_t most)
{
	size_t i = 0;

	while (i < c->n && is_digit(c->s[i]))
		i++;
	return i == c->n && i >= least && i <= most;
}

static int
is_number(const struct cell *c)
{
	struct dec d;
	int rounded;
	enum number_kind kind = number_read(c->s, c->n, DECIMAL_AUTO, &d,
	    &rounded);

	return kind == NUMBER_OK || kind == NUMBER_LARGE;
}

static int
is_truth(const struct cell *c)
{
	return (c->n == 4 && strncasecmp(c->s, "true", 4) == 0)
	    || (c->n == 5 && strncasecmp(c->s, "false", 5) == 0);
}

int
shape_fits(const char *shape, size_t n, const struct cell *cell)
{
	if (n == 1)
		switch (*shape) {
		case '#':
			return is_number(cell);
		case '@':
			return is_digits(cell, 10, 19);
		case '&':
			return is_digits(cell, 1, 19);
		case '%':
			return is_digits(cell, 1, 8);
		case '~':
			return is_truth(cell);
		case '?':
			return 1;
		}
	if (cell->n != n)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (shape[i] == '9' ? !is_digit(cell->s[i])
		    : shape[i] != cell->s[i])
			return 0;
	return 1;
}

int
shape_fits_row(const char *shape, const struct rows *row)
{
	int i = 0;

	for (; i < row->n && i < ROWS_CELLS_MAX; i++) {
		size_t n = strcspn(shape, "|");

		if (n == 0 || !shape_fits(shape, n, &row->cells[i]))
			return 0;
		shape += n;
		if (*shape == '\0')
			return i + 1 == row->n;
		shape++;
	}
	return 0;
}
