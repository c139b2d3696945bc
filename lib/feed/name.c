/* SPDX-License-Identifier: MIT */
/* Symbols and file names both may hold '=' (EURUSD=X, date=2024/a.csv), so what
 * exists decides. */
#include "feed/name.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"

int
name_is_gen(const char *source)
{
	return strncmp(source, "gen:", 4) == 0;
}

static int
is_source(const char *s)
{
	return strcmp(s, "-") == 0 || name_is_gen(s) || access(s, F_OK) == 0;
}

const char *
name_split(const char *operand, char *symbol, size_t size)
{
	const char *first = NULL, *eq;
	size_t n;

	symbol[0] = '\0';
	if (is_source(operand))
		return operand;
	for (eq = strchr(operand, '='); eq != NULL; eq = strchr(eq + 1, '=')) {
		if (!text_is_symbol(operand, (size_t)(eq - operand)))
			break;
		if (first == NULL || is_source(eq + 1))
			first = eq;
		if (is_source(eq + 1))
			break;
	}
	if (first == NULL)
		return operand;
	n = (size_t)(first - operand);
	if (n >= size)
		return operand;
	memcpy(symbol, operand, n);
	symbol[n] = '\0';
	return first + 1;
}

static int
ends_with(const char *s, size_t n, const char *end)
{
	size_t k = strlen(end);

	return n > k && memcmp(s + n - k, end, k) == 0;
}

void
name_symbol(const char *path, char *symbol, size_t size)
{
	static const char *const ends[] = { ".gz", ".zip", ".csv", ".txt",
		".ndjson", ".json" };
	const char *base = strrchr(path, '/');
	size_t n, i;

	base = base == NULL ? path : base + 1;
	n = strlen(base);
	for (i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends_with(base, n, ends[i]))
			n -= strlen(ends[i]);
	if (n >= size)
		n = size - 1;
	for (i = 0; i < n; i++)
		symbol[i] = base[i] >= 'a' && base[i] <= 'z'
		    ? (char)(base[i] - 'a' + 'A') : base[i];
	symbol[n] = '\0';
}
