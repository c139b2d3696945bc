/* SPDX-License-Identifier: MIT */
/* CRC-32C (Castagnoli, RFC 3720 B.4), by the CPU's instruction where it has
 * one. */
#ifndef TAPE_CRC32C_H
#define TAPE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Continues crc (0 to begin) over n bytes. "123456789" gives 0xe3069283. */
uint32_t crc32c(uint32_t crc, const void *data, size_t n);

#endif
