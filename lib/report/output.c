/* SPDX-License-Identifier: MIT */
/* Values as text, the same in every locale. */
#include "report/output.h"

#include <math.h>

#include "base/real.h"
#include "base/time.h"

int
output_time(struct buf *b, int64_t ns, int digits)
{
	char text[TIME_TEXT_MAX];

	return buf_add(b, text, time_print(ns, digits, text));
}

int
output_money(struct buf *b, struct money m)
{
	char text[MONEY_TEXT_MAX];

	return buf_add(b, text, money_print(m, text));
}

int
output_dec(struct buf *b, struct dec d)
{
	char text[DEC_TEXT_MAX];

	return buf_add(b, text, dec_print(d, text));
}

int
output_real(struct buf *b, double x)
{
	char text[REAL_TEXT_MAX];

	return isfinite(x) ? buf_add(b, text, real_print(x, text)) : 0;
}

/* Pads what dec_print gives with zeros. */
static int
add_padded(struct buf *b, struct dec d, int decimals)
{
	if (output_dec(b, d) < 0)
		return -1;
	if (d.scale == 0 && decimals > 0 && buf_add_char(b, '.') < 0)
		return -1;
	return buf_add(b, "000000000", (size_t)(decimals - d.scale));
}

int
output_fixed(struct buf *b, double x, int decimals)
{
	struct dec d;

	/* 15 digits: what a double of decimal origin stands for. */
	if (dec_from_double(x, 15, &d) < 0)
		return fabs(x) < 1 ? add_padded(b, dec_int(0), decimals)
				   : output_real(b, x);
	return add_padded(b, dec_round(d, decimals, DEC_HALF_EVEN), decimals);
}

int
output_fixed_money(struct buf *b, struct money m, int decimals)
{
	struct dec d;

	if (money_div(m, dec_int(1), decimals, DEC_HALF_EVEN, &d) < 0)
		return output_money(b, m);
	return add_padded(b, d, decimals);
}
