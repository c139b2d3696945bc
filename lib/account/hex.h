/* SPDX-License-Identifier: MIT */
/* Bytes as lower-case hex digits. */
#ifndef TAPE_HEX_H
#define TAPE_HEX_H

#include <stddef.h>
#include <stdint.h>

/* out gets 2n digits, no terminator. */
void hex_print(const uint8_t *bytes, size_t n, char *out);
/* 2n digits of s into n bytes; -1: not lower-case hex. */
int hex_parse(const char *s, size_t n, uint8_t *out);

#endif
