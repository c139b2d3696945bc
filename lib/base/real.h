/* SPDX-License-Identifier: MIT */
/* Doubles as text: shortest printing and exact reading. */
#ifndef TAPE_REAL_H
#define TAPE_REAL_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { REAL_TEXT_MAX = 32 };

/* The shortest text that reads back to the same bits; x must be finite; no
 * terminator; returns the length. -0 prints as 0. */
size_t real_print(double x, char buf[REAL_TEXT_MAX]);
/* Reads a JSON number, all n bytes, correctly rounded. -1: not a number, or
 * outside the finite doubles. */
int real_parse(const char *s, size_t n, double *out);

#ifdef __cplusplus
}
#endif

#endif
