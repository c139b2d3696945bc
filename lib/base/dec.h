/* SPDX-License-Identifier: MIT */
/* Exact decimals: prices, sizes and rates. A value is m * 10^-scale. */
#ifndef TAPE_DEC_H
#define TAPE_DEC_H

#include <stddef.h>
#include <stdint.h>

/* Always normal: 0 <= scale <= 18 and no trailing zero in the fraction, so
 * equal values have equal members. Zeroed memory is 0. |m| <= INT64_MAX. */
struct dec {
	int64_t m;
	int scale;
};

enum { DEC_SCALE_MAX = 18, DEC_TEXT_MAX = 24 };

enum dec_status { DEC_OK, DEC_SYNTAX, DEC_OVERFLOW };

enum dec_round {
	DEC_HALF_EVEN,
	DEC_DOWN, /* towards zero */
	DEC_FLOOR,
	DEC_CEIL,
};

/* Reads a JSON number (exponent allowed, leading '+' and bare '.' not), all n
 * bytes of it, exactly; DEC_OVERFLOW when it needs more than 18 decimals or
 * an int64. */
enum dec_status dec_parse(const char *s, size_t n, struct dec *out);

/* The same, but a number of more than `digits` significant digits is rounded
 * half-even to that many; *rounded (may be NULL) tells. */
enum dec_status dec_parse_digits(const char *s, size_t n, int digits,
    struct dec *out, int *rounded);

/* Writes without padding or exponent, no terminator; returns the length. */
size_t dec_print(struct dec d, char buf[DEC_TEXT_MAX]);

int dec_cmp(struct dec a, struct dec b); /* -1, 0, 1 */
int dec_sign(struct dec d);
struct dec dec_neg(struct dec d);
struct dec dec_abs(struct dec d);
struct dec dec_int(int64_t v);

/* 0, or -1 on overflow (out is then untouched). */
int dec_add(struct dec a, struct dec b, struct dec *out);
int dec_sub(struct dec a, struct dec b, struct dec *out);
/* The product or quotient rounded to at most `scale` decimals. Dividing by
 * zero is an overflow. */
int dec_mul(struct dec a, struct dec b, int scale, enum dec_round how,
    struct dec *out);
int dec_div(struct dec a, struct dec b, int scale, enum dec_round how,
    struct dec *out);
/* Rounded to at most `scale` decimals. */
struct dec dec_round(struct dec d, int scale, enum dec_round how);
/* Rounded to a multiple of step (step > 0: a tick or a lot). */
int dec_round_to(struct dec d, struct dec step, enum dec_round how,
    struct dec *out);
int dec_is_multiple(struct dec d, struct dec step);

/* The nearest double, ties to even: the same bits as reading the text. */
double dec_to_double(struct dec d);
/* The decimal of x at `digits` significant digits (at most 17) and at most 18
 * decimals, half-even on the exact binary value; -1 when x is not finite or
 * does not fit. */
int dec_from_double(double x, int digits, struct dec *out);

#endif
