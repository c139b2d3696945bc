/* SPDX-License-Identifier: MIT */
/* Arrays and objects inside a record: checked without recursion, kept as
 * text. */
#include "record/scan.h"

/* A name and its colon; p is where the quote should be. */
static const char *
scan_name(struct scan *s, const char *p)
{
	if (*p != '"')
		return scan_fail(s, p, 0, "a key is missing");
	p = scan_short_string(s, p + 1);
	if (p == NULL)
		return NULL;
	p = scan_space(p + 1);
	if (*p != ':')
		return scan_fail(s, p, 0, "a colon is missing");
	return scan_space(p + 1);
}

static const char *
scan_scalar(struct scan *s, const char *p)
{
	struct field unused;

	if (*p != '"')
		return scan_other(s, p, &unused);
	p = scan_short_string(s, p + 1);
	return p == NULL ? NULL : p + 1;
}

/* Passes what may follow a value: the ends of any levels it closes, then, if
 * one is still open, the comma. */
static const char *
scan_after(struct scan *s, const char *p, uint64_t objects, int *depth)
{
	for (;;) {
		int in_object = objects >> (*depth & 63) & 1;

		p = scan_space(p);
		if (*p == ',') {
			s->has_members |= in_object;
			return scan_space(p + 1);
		}
		if (*p != (in_object ? '}' : ']'))
			return scan_fail(s, p, 0,
			    in_object ? "a comma or a brace is missing"
				      : "a comma or a bracket is missing");
		p++;
		if (--*depth == 0)
			return p;
		if (p == s->end)
			return scan_fail(s, p, 0, "the line is cut short");
	}
}

const char *
scan_nested(struct scan *s, const char *p)
{
	uint64_t objects = 0; /* bit n: level n is an object, from 1 */
	int depth = 0;

	do {
		if (depth > 0 && objects >> depth & 1)
			p = scan_name(s, p);
		if (p == NULL)
			return NULL;
		if (*p == '[' || *p == '{') {
			int is_object = *p == '{';

			if (depth == RECORD_DEPTH_MAX)
				return scan_fail(s, p, 0, "nested too deep");
			depth++;
			objects &= ~(UINT64_C(1) << depth);
			objects |= (uint64_t)is_object << depth;
			p = scan_space(p + 1);
			if (*p != (is_object ? '}' : ']'))
				continue;
		} else {
			p = scan_scalar(s, p);
		}
		if (p == NULL)
			return NULL;
		p = scan_after(s, p, objects, &depth);
	} while (p != NULL && depth > 0);
	return p;
}
