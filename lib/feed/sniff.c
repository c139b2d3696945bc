/* SPDX-License-Identifier: MIT */
/* Tells CSV and JSON lines from what people give by mistake. */
#include "feed/sniff.h"

#include <string.h>

static const struct magic {
	const char *bytes;
	size_t n;
	const char *what;
} magics[] = {
	{ "PK\3\4", 4, "this is a zip archive in another one (fix: unzip -p FILE | tfeed "
	    "--symbol SYMBOL -)" },
	{ "\x28\xb5\x2f\xfd", 4, "this is zstd data (fix: zstd -dc FILE | "
	    "tfeed --symbol SYMBOL -)" },
	{ "\xfd" "7zXZ", 5, "this is xz data (fix: xz -dc FILE | tfeed "
	    "--symbol SYMBOL -)" },
	{ "BZh", 3, "this is bzip2 data (fix: bzip2 -dc FILE | tfeed "
	    "--symbol SYMBOL -)" },
	{ "PK\5\6", 4, "this is a zip archive without a file in it" },
	{ "]\0\0", 3, "this is LZMA data, as Dukascopy's .bi5 (fix: use its "
	    "CSV export)" },
	{ "%PDF", 4, "this is a PDF, not CSV" },
	{ "PAR1", 4, "this is Parquet, not CSV" },
};

static void
skip_space(const char **s, size_t *n)
{
	while (*n > 0 && (**s == ' ' || **s == '\t' || **s == '\n'
	    || **s == '\r')) {
		++*s;
		--*n;
	}
}

/* Some exporters write their column names as <DATE>; a tag is followed by
 * anything but a delimiter. */
static int
is_column_name(const char *s, size_t n)
{
	const char *close = memchr(s, '>', n);

	return close != NULL && close + 1 < s + n
	    && memchr(",;\t|", close[1], 4) != NULL;
}

const char *
sniff_foreign(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
		if (n >= magics[i].n
		    && memcmp(s, magics[i].bytes, magics[i].n) == 0)
			return magics[i].what;
	if (n > 0 && memchr(s, '\0', n) != NULL)
		return "this is binary data, not CSV";
	skip_space(&s, &n);
	if (n > 0 && *s == '<' && !is_column_name(s, n))
		return "this is a web page, not CSV";
	return NULL;
}

int
sniff_is_json(const char *s, size_t n)
{
	skip_space(&s, &n);
	return n > 0 && (*s == '{' || *s == '[');
}

int
sniff_is_page(const char *s, size_t n)
{
	skip_space(&s, &n);
	return n > 0 && (*s == '[' || memmem(s, n, "\"type\"", 6) == NULL);
}
