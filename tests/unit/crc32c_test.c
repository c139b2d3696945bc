/* SPDX-License-Identifier: MIT */
/* CRC-32C: published values, pieces, and the table against the CPU. */
#include "base/crc32c.c"

#include "base/random.h"
#include "check.h"

/* Bit by bit, from the polynomial. */
static uint32_t
by_bits(const unsigned char *p, size_t n)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		crc ^= p[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
	}
	return ~crc;
}

/* RFC 3720 B.4 */
static void
test_published(void)
{
	unsigned char b[32];

	CHECK_INT(crc32c(0, "123456789", 9), 0xe3069283);
	CHECK_INT(crc32c(0, "", 0), 0);
	memset(b, 0, sizeof(b));
	CHECK_INT(crc32c(0, b, 32), 0x8a9136aa);
	memset(b, 0xff, sizeof(b));
	CHECK_INT(crc32c(0, b, 32), 0x62a8ab43);
	for (int i = 0; i < 32; i++)
		b[i] = (unsigned char)i;
	CHECK_INT(crc32c(0, b, 32), 0x46dd794e);
}

static void
test_pieces(void)
{
	struct random r = { 9 };
	unsigned char b[300];

	for (size_t i = 0; i < sizeof(b); i++)
		b[i] = (unsigned char)random_next(&r);
	for (size_t n = 0; n < 256; n++) {
		size_t at = random_below(&r, 40), cut = random_below(&r, n + 1);
		uint32_t want = by_bits(b + at, n);

		CHECK_INT(crc32c(0, b + at, n), want);
		CHECK_INT(crc32c(crc32c(0, b + at, cut), b + at + cut, n - cut),
		    want);
		CHECK_INT(~by_table(~UINT32_C(0), b + at, n), want);
	}
}

int
main(void)
{
	TEST("published values")
		test_published();
	TEST("any length, start and cut; with and without the instruction")
		test_pieces();
	return check_done();
}
