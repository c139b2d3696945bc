/* SPDX-License-Identifier: MIT */
/* Scanning JSON text, one line at most. Every function takes where to begin
 * and returns where it stopped, or NULL with the error filled.
 *
 * The text ends with a '}' that stops spaces, numbers and words, so only
 * strings, and whoever passes a '}', have to look for the end. */
#ifndef TAPE_SCAN_H
#define TAPE_SCAN_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#include "record/record.h"

struct scan {
	const char *begin, *end;
	int has_escape; /* the string scanned last has a backslash */
	int has_members; /* a nested object has more than one member */
	struct record_error *error;
};

/* what is wrong at a byte, and how many bytes from there on are the reason */
const char *scan_fail(struct scan *s, const char *at, size_t n,
    const char *what);

/* p is after the opening quote; the result is at the closing one. */
const char *scan_string(struct scan *s, const char *p);
/* p is at the first digit or the minus. */
const char *scan_number(struct scan *s, const char *p);
/* Any value but a string: fills kind, text and v of f. */
const char *scan_other(struct scan *s, const char *p, struct field *f);
/* p is at the bracket or brace; the result may be s->end. */
const char *scan_nested(struct scan *s, const char *p);

static inline const char *
scan_space(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

static inline uint64_t
scan_load(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return le64toh(v);
}

#define SCAN_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The high bit of each byte that may not be passed over in a string: quote,
 * backslash, control, not ASCII. Only the lowest one set is to be trusted: a
 * borrow may reach the bytes after it. */
static inline uint64_t
scan_stops(uint64_t v)
{
	uint64_t quote = v ^ SCAN_EACH('"'), slash = v ^ SCAN_EACH('\\');

	return (((quote - SCAN_EACH(1)) & ~quote) |
	    ((slash - SCAN_EACH(1)) & ~slash) | (v - SCAN_EACH(0x20)) | v) &
	    SCAN_EACH(0x80);
}

/* The first byte that scan_stops tells of, or end. */
static inline const char *
scan_plain(const char *p, const char *end)
{
	uint64_t stops;

	for (; end - p >= 8; p += 8) {
		stops = scan_stops(scan_load(p));
		if (stops != 0)
			return p + (__builtin_ctzll(stops) >> 3);
	}
	for (; p < end; p++)
		if ((unsigned char)*p < 0x20 || *p == '"' || *p == '\\' ||
		    (unsigned char)*p >= 0x80)
			break;
	return p;
}

/* The string that most are: plain to its closing quote. */
static inline const char *
scan_short_string(struct scan *s, const char *p)
{
	const char *q = scan_plain(p, s->end);

	s->has_escape = 0;
	if (__builtin_expect(q < s->end && *q == '"', 1))
		return q;
	return scan_string(s, p);
}

#endif
