/* SPDX-License-Identifier: MIT */
/* The generator: known numbers, and no number favoured. */
#include "base/random.h"

#include "check.h"

int
main(void)
{
	TEST("the published numbers of seed 1234567") {
		static const uint64_t want[] = {
			UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
			UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
			UINT64_C(16408922859458223821),
		};
		struct random r = { 1234567 };

		for (int i = 0; i < 5; i++)
			CHECK(random_next(&r) == want[i]);
	}
	TEST("numbers below a bound stay below it and are even") {
		struct random r = { 5 };
		int seen[7] = { 0 };
		/* Three quarters of 2^64: without redrawing, the multiples of
		 * 3 would come half of the time. */
		uint64_t big = UINT64_C(3) << 62;
		int threes = 0;

		for (int i = 0; i < 70000; i++) {
			uint64_t v = random_below(&r, 7);

			CHECK(v < 7);
			seen[v % 7]++;
			v = random_below(&r, big);
			CHECK(v < big);
			threes += v % 3 == 0;
			CHECK(random_below(&r, 1) == 0);
		}
		for (int i = 0; i < 7; i++)
			CHECK(seen[i] > 9600 && seen[i] < 10400);
		CHECK(threes > 22700 && threes < 24000);
	}
	return check_done();
}
