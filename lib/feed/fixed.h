/* SPDX-License-Identifier: MIT */
/* Digits in fixed places, as dates and clocks have them. */
#ifndef TAPE_FEED_FIXED_H
#define TAPE_FEED_FIXED_H

static inline int
is_digit(char c)
{
	return (unsigned)c - '0' <= 9;
}

/* k digits as a number, or -1. */
static inline int
digits(const char *s, int k)
{
	int v = 0;

	for (int i = 0; i < k; i++) {
		if (!is_digit(s[i]))
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

#endif
