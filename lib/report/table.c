/* SPDX-License-Identifier: MIT */
/* The report as a table for humans: blocks of lines, values aligned right,
 * reasons behind what is undefined. Fractions are shown as percents. */
#include <string.h>

#include "base/time.h"
#include "report/output.h"

enum { LABEL_WIDTH = 22, VALUE_WIDTH = 20 };

static int
add_real(struct buf *b, double x, enum statistic_unit unit)
{
	switch (unit) {
	case UNIT_PERCENT:
		return output_fixed(b, x * 100, 2);
	case UNIT_DAYS:
		return output_fixed(b, x, 1);
	case UNIT_MONEY:
		return output_fixed(b, x, 2);
	case UNIT_TIME:
	case UNIT_COUNT:
	case UNIT_RATIO:
		break;
	}
	return output_fixed(b, x, 3);
}

/* What stands behind the column of values. */
static int
add_unit(
    struct buf *b, const struct statistic_value *v, enum statistic_unit unit)
{
	if (v->kind == VALUE_NULL)
		return buf_addf(b, "  (%s)", v->why);
	if (unit == UNIT_PERCENT)
		return buf_add_str(b, " %");
	return unit == UNIT_DAYS ? buf_add_str(b, " days") : 0;
}

static int
add_value(
    struct buf *b, const struct statistic_value *v, enum statistic_unit unit)
{
	switch (v->kind) {
	case VALUE_REAL:
		return add_real(b, v->real, unit);
	case VALUE_INT:
		return buf_addf(b, "%lld", (long long)v->i);
	case VALUE_MONEY:
		return output_fixed_money(b, v->money, 2);
	case VALUE_TIME:
		return output_time(b, v->i, v->digits);
	case VALUE_NULL:
		break;
	}
	return buf_add_char(b, '-');
}

static int
add_spaces(struct buf *b, size_t n)
{
	char *at = buf_reserve(b, n);

	if (at == NULL)
		return -1;
	memset(at, ' ', n);
	b->len += n;
	return 0;
}

/* "label      value", the value made in `cell` first to know its width. */
static int
add_line(struct buf *b, struct buf *cell, const struct statistic *s,
    const struct report *r)
{
	struct statistic_value v = s->value(r);
	size_t label = strlen(s->label), fill;

	buf_clear(cell);
	if (add_value(cell, &v, s->unit) < 0)
		return -1;
	fill = LABEL_WIDTH + VALUE_WIDTH > label + cell->len
		   ? LABEL_WIDTH + VALUE_WIDTH - label - cell->len
		   : 1;
	if (buf_add_str(b, s->label) < 0 || add_spaces(b, fill) < 0 ||
	    buf_add(b, cell->data, cell->len) < 0)
		return -1;
	if (add_unit(b, &v, s->unit) < 0)
		return -1;
	return buf_add_char(b, '\n');
}

int
output_table(struct buf *b, const struct report *r)
{
	const struct statistic *const *s;
	struct buf cell = {0};
	int rc = 0;

	for (int group = 0; group < GROUP_BENCHMARK && rc == 0; group++) {
		if (group > 0)
			rc = buf_add_char(b, '\n');
		for (s = statistics; *s != NULL && rc == 0; s++)
			if ((int)(*s)->group == group)
				rc = add_line(b, &cell, *s, r);
	}
	buf_release(&cell);
	return rc;
}
