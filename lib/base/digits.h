/* SPDX-License-Identifier: MIT */
/* Decimal digits, two at a time, for the printers of this folder. */
#ifndef TAPE_DIGITS_H
#define TAPE_DIGITS_H

#include <stdint.h>
#include <string.h>

static const char digit_pairs[] =
    "00010203040506070809101112131415161718192021222324"
    "25262728293031323334353637383940414243444546474849"
    "50515253545556575859606162636465666768697071727374"
    "75767778798081828384858687888990919293949596979899";

static const uint64_t digits_pow10[20] = {
	UINT64_C(1), UINT64_C(10), UINT64_C(100), UINT64_C(1000),
	UINT64_C(10000), UINT64_C(100000), UINT64_C(1000000),
	UINT64_C(10000000), UINT64_C(100000000), UINT64_C(1000000000),
	UINT64_C(10000000000), UINT64_C(100000000000),
	UINT64_C(1000000000000), UINT64_C(10000000000000),
	UINT64_C(100000000000000), UINT64_C(1000000000000000),
	UINT64_C(10000000000000000), UINT64_C(100000000000000000),
	UINT64_C(1000000000000000000), UINT64_C(10000000000000000000),
};

/* v < 100 */
static inline char *
digits_pair(char *p, unsigned v)
{
	memcpy(p, &digit_pairs[2 * v], 2);
	return p + 2;
}

/* How many digits v has, 1..20. The logarithm is exact or one too small. */
static inline int
digits_count(uint64_t v)
{
	int n = ((64 - __builtin_clzll(v | 1)) * 1233) >> 12;

	return n + (n < 20 && v >= digits_pow10[n]) + (v == 0);
}

/* Writes the last n digits of v so that they end at `end`; returns the rest
 * of v. */
static inline uint64_t
digits_put(char *end, uint64_t v, int n)
{
	for (; n >= 2; n -= 2) {
		end -= 2;
		digits_pair(end, (unsigned)(v % 100));
		v /= 100;
	}
	if (n == 1) {
		*--end = (char)('0' + v % 10);
		v /= 10;
	}
	return v;
}

#endif
