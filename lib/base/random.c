/* SPDX-License-Identifier: MIT */
/* SplitMix64, and numbers below a bound by Lemire's multiplication (2019). */
#include "base/random.h"

__extension__ typedef unsigned __int128 uint128;

uint64_t
random_next(struct random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* The low half tells which draws belong to the 2^64 mod n that would favour
 * some results; these are drawn again. */
uint64_t
random_below(struct random *r, uint64_t n)
{
	uint128 p = (uint128)random_next(r) * n;

	if ((uint64_t)p < n) {
		uint64_t unfair = -n % n;

		while ((uint64_t)p < unfair)
			p = (uint128)random_next(r) * n;
	}
	return (uint64_t)(p >> 64);
}
