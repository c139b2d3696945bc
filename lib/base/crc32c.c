/* SPDX-License-Identifier: MIT */
/* CRC-32C, reflected polynomial 0x82f63b78. */
#include "base/crc32c.h"

#include <string.h>

#if defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#endif

/* Half a byte at a time: only where the CPU has no instruction. */
static uint32_t
by_table(uint32_t crc, const unsigned char *p, size_t n)
{
	static const uint32_t table[16] = {
		0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1,
		0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
		0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
		0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
	};

	for (; n > 0; n--) {
		crc ^= *p++;
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t
by_cpu(uint32_t crc, const unsigned char *p, size_t n)
{
	uint64_t wide = crc, word;

	for (; n >= 8; n -= 8, p += 8) {
		memcpy(&word, p, 8);
		wide = __builtin_ia32_crc32di(wide, word);
	}
	crc = (uint32_t)wide;
	for (; n > 0; n--)
		crc = __builtin_ia32_crc32qi(crc, *p++);
	return crc;
}

static int
cpu_has_crc(void)
{
	return __builtin_cpu_supports("sse4.2") != 0;
}
#elif defined(__ARM_FEATURE_CRC32)
static uint32_t
by_cpu(uint32_t crc, const unsigned char *p, size_t n)
{
	uint64_t word;

	for (; n >= 8; n -= 8, p += 8) {
		memcpy(&word, p, 8);
		crc = __crc32cd(crc, word);
	}
	for (; n > 0; n--)
		crc = __crc32cb(crc, *p++);
	return crc;
}

static int
cpu_has_crc(void)
{
	return 1;
}
#else
static uint32_t
by_cpu(uint32_t crc, const unsigned char *p, size_t n)
{
	return by_table(crc, p, n);
}

static int
cpu_has_crc(void)
{
	return 0;
}
#endif

uint32_t
crc32c(uint32_t crc, const void *data, size_t n)
{
	crc = ~crc;
	return ~(cpu_has_crc() ? by_cpu(crc, data, n)
	    : by_table(crc, data, n));
}
