/* SPDX-License-Identifier: MIT */
/* A seeded generator: SplitMix64 (Steele, Lea, Flood 2014). The same seed
 * gives the same numbers on every machine. */
#ifndef TAPE_RANDOM_H
#define TAPE_RANDOM_H

#include <stdint.h>

struct random {
	uint64_t state;
};

uint64_t random_next(struct random *r);
/* Uniform in [0, n), n > 0, without bias. */
uint64_t random_below(struct random *r, uint64_t n);

#endif
