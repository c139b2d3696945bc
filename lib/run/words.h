/* SPDX-License-Identifier: MIT */
/* A pipeline's text into programs and their words, as sh splits it. */
#ifndef TAPE_WORDS_H
#define TAPE_WORDS_H

#include <stddef.h>

struct words_program {
	char **argv; /* owned, NULL at the end */
	int argc;
};

struct words {
	struct words_program *programs; /* owned */
	int count;
	/* why it could not be split */
	size_t column; /* 1-based byte */
	const char *what; /* a constant sentence */
	char found; /* the character it is about, or 0 */
};

/* Quotes, backslashes, `|`, white space and # comments mean what they mean in
 * sh; anything else of the shell is refused. -1 fills what and column. */
int words_split(const char *text, struct words *out);
void words_release(struct words *w);

#endif
