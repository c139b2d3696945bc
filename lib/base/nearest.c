/* SPDX-License-Identifier: MIT */
/* The nearest of some names, for "did you mean": edit distance with swaps of
 * neighbours (optimal string alignment). */
#include "base/text.h"

#include <string.h>

enum { NEAREST_MAX = 64 };

static size_t
min3(size_t a, size_t b, size_t c)
{
	a = a < b ? a : b;
	return a < c ? a : c;
}

/* Three rows of the usual matrix: the current one and the two before. */
static size_t
distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t rows[3][NEAREST_MAX + 1] = { { 0 } };
	size_t *before = rows[0], *last = rows[1], *row = rows[2], *swap;

	for (size_t j = 0; j <= nb; j++)
		last[j] = j;
	for (size_t i = 1; i <= na; i++) {
		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = min3(last[j] + 1, row[j - 1] + 1,
			    last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		swap = before;
		before = last;
		last = row;
		row = swap;
	}
	return last[nb];
}

const char *
text_nearest(const char *s, size_t n, const char *const *names, size_t count)
{
	size_t best = n / 3 < 1 ? 1 : n / 3, len, d;
	const char *found = NULL;

	if (n == 0 || n > NEAREST_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		len = strlen(names[i]);
		if (len > NEAREST_MAX)
			continue;
		d = distance(s, n, names[i], len);
		/* of equals the first; a name that shares nothing is not near */
		if (d < (n > len ? n : len) && d < best + (found == NULL)) {
			best = d;
			found = names[i];
		}
	}
	return found;
}
