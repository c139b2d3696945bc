/* SPDX-License-Identifier: MIT */
/* Counts delimiters outside quotes, line by line. */
#include "feed/delimiter.h"

#include <string.h>

enum { KINDS = 4, LOOK_LINES = 20 };

/* Where all are as even, a comma is a decimal one. */
static const char kinds[KINDS + 1] = ";\t|,";

/* Counts of the first line that is not empty; what follows it, or NULL. */
static const char *
count_line(const char *s, const char *end, int count[KINDS])
{
	const char *p;
	int quoted = 0;

	memset(count, 0, KINDS * sizeof *count);
	while (s < end && (*s == '\n' || *s == '\r'))
		s++;
	if (s == end)
		return NULL;
	for (; s < end && *s != '\n' && *s != '\r'; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (!quoted && *s != '\0'
		    && (p = strchr(kinds, *s)) != NULL)
			count[p - kinds]++;
	}
	return s;
}

int
delimiter_is_plain(const char *s, size_t n, char *out)
{
	int count[KINDS], found = 0;

	if (count_line(s, s + n, count) == NULL)
		return 0;
	for (int i = 0; i < KINDS; i++)
		if (count[i] > 0) {
			found++;
			*out = kinds[i];
		}
	return found == 1;
}

/* How many lines have the count that most lines have; *size is that count. */
static int
evenness(int count[LOOK_LINES][KINDS], int lines, int kind, int *size)
{
	int best = 0;

	*size = 0;
	for (int i = 0; i < lines; i++) {
		int same = 0;

		for (int k = 0; k < lines; k++)
			same += count[k][kind] == count[i][kind];
		if (count[i][kind] > 0 && same > best) {
			best = same;
			*size = count[i][kind];
		}
	}
	return best;
}

char
delimiter_find(const char *s, size_t n)
{
	int count[LOOK_LINES][KINDS], lines = 0;
	int best = 0, best_size = 0, size, even;
	const char *end = s + n;
	char found = ',';

	while (lines < LOOK_LINES
	    && (s = count_line(s, end, count[lines])) != NULL)
		lines++;
	for (int i = 0; i < KINDS; i++) {
		even = evenness(count, lines, i, &size);
		if (even > best || (even == best && size > best_size)) {
			best = even;
			best_size = size;
			found = kinds[i];
		}
	}
	return found;
}
