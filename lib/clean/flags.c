/* SPDX-License-Identifier: MIT */
/* The field flags: one string, words with commas between. */
#include <string.h>

#include "clean/state.h"

/* Whether a word stands in a comma-separated list. */
static int
has_word(const char *list, size_t len, const char *word, size_t n)
{
	const char *end = list + len, *comma;

	for (; list < end; list = comma + (comma < end)) {
		comma = memchr(list, ',', (size_t)(end - list));
		if (comma == NULL)
			comma = end;
		if ((size_t)(comma - list) == n && memcmp(list, word, n) == 0)
			return 1;
	}
	return 0;
}

int
flags_put(struct tclean *t, struct record *r, const char *word)
{
	const struct field *f = record_find(r, &t->flags);
	struct buf all = { 0 };
	int rc = f == NULL ? 0 : field_string(f, &all);

	while (rc == 0 && *word != '\0') {
		size_t n = strcspn(word, ",");

		if (all.len == 0)
			rc = buf_add(&all, word, n);
		else if (!has_word(all.data, all.len, word, n))
			rc = buf_add_char(&all, ',') | buf_add(&all, word, n);
		word += n + (word[n] == ',');
	}
	if (rc == 0)
		rc = record_put_string(r, &t->flags, all.data, all.len);
	buf_release(&all);
	return rc;
}

void
flags_add(char words[CLEAN_WORDS_MAX], const char *more, size_t n)
{
	size_t used = strlen(words);

	while (n > 0) {
		const char *comma = memchr(more, ',', n);
		size_t len = comma == NULL ? n : (size_t)(comma - more);

		if (!has_word(words, used, more, len) &&
		    used + len + 2 <= CLEAN_WORDS_MAX) {
			if (used > 0)
				words[used++] = ',';
			memcpy(words + used, more, len);
			used += len;
			words[used] = '\0';
		}
		more += len + (comma != NULL);
		n -= len + (comma != NULL);
	}
}
