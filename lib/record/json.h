/* SPDX-License-Identifier: MIT */
/* The part of jansson that the record codec needs. */
#ifndef TAPE_RECORD_JSON_H
#define TAPE_RECORD_JSON_H

#include <stddef.h>

/* Whether no object in a valid array or object has a key twice. */
int json_is_unique(const char *s, size_t n);

#endif
