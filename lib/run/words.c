/* SPDX-License-Identifier: MIT */
/* Shell words (POSIX XCU 2.2 and 2.3) without expansions. */
#include "run/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct splitter {
	const char *text, *at;
	struct words *out;
	struct buf word;
	int has_word; /* "" is a word too */
	int is_over; /* a newline has ended the last program's words */
};

static int
refuse(struct splitter *s, const char *what)
{
	s->out->what = what;
	s->out->column = (size_t)(s->at - s->text) + 1;
	s->out->found = *s->at;
	return -1;
}

static int
start_program(struct words *w)
{
	struct words_program *grown = realloc(w->programs,
	    ((size_t)w->count + 1) * sizeof *grown);

	if (grown == NULL)
		return -1;
	w->programs = grown;
	w->programs[w->count].argc = 0;
	w->programs[w->count].argv = calloc(1, sizeof(char *));
	return w->programs[w->count++].argv == NULL ? -1 : 0;
}

static int
end_word(struct splitter *s)
{
	struct words_program *p = &s->out->programs[s->out->count - 1];
	char **grown, *text;

	if (!s->has_word)
		return 0;
	grown = realloc(p->argv, ((size_t)p->argc + 2) * sizeof *grown);
	if (grown == NULL)
		return refuse(s, "out of memory");
	p->argv = grown;
	text = buf_str(&s->word);
	p->argv[p->argc] = text != NULL ? strdup(text) : NULL;
	if (p->argv[p->argc] == NULL)
		return refuse(s, "out of memory");
	p->argv[++p->argc] = NULL;
	buf_clear(&s->word);
	s->has_word = 0;
	return 0;
}

static int
add(struct splitter *s, char c)
{
	s->has_word = 1;
	return buf_add_char(&s->word, c) == 0 ? 0 :
	    refuse(s, "out of memory");
}

static int
single_quoted(struct splitter *s)
{
	const char *open = s->at++;

	s->has_word = 1;
	for (; *s->at != '\0' && *s->at != '\''; s->at++)
		if (add(s, *s->at) != 0)
			return -1;
	if (*s->at == '\0') {
		s->at = open;
		return refuse(s, "a quote is not closed");
	}
	s->at++;
	return 0;
}

static int
double_quoted(struct splitter *s)
{
	const char *open = s->at++;

	s->has_word = 1;
	for (; *s->at != '\0' && *s->at != '"'; s->at++) {
		if (*s->at == '$' || *s->at == '`')
			return refuse(s, "the shell's expansions are not "
			    "done here");
		if (*s->at == '\\' && s->at[1] == '\n') {
			s->at++;
			continue;
		}
		if (*s->at == '\\' && s->at[1] != '\0' &&
		    strchr("$`\"\\", s->at[1]) != NULL)
			s->at++;
		if (add(s, *s->at) != 0)
			return -1;
	}
	if (*s->at == '\0') {
		s->at = open;
		return refuse(s, "a quote is not closed");
	}
	s->at++;
	return 0;
}

static int
backslash(struct splitter *s)
{
	if (s->at[1] == '\0')
		return refuse(s, "a backslash ends the pipeline");
	s->at += 2;
	return s->at[-1] == '\n' ? 0 : add(s, s->at[-1]);
}

static int
bar(struct splitter *s)
{
	if (end_word(s) != 0)
		return -1;
	if (s->at[1] == '|')
		return refuse(s, "this is one pipeline, not a list");
	if (s->out->programs[s->out->count - 1].argc == 0)
		return refuse(s, "a program is missing before");
	s->at++;
	return start_program(s->out) == 0 ? 0 : refuse(s, "out of memory");
}

/* A newline ends a command, unless it stands before the first word of one. */
static int
blank(struct splitter *s)
{
	if (end_word(s) != 0)
		return -1;
	if (*s->at++ == '\n' &&
	    s->out->programs[s->out->count - 1].argc > 0)
		s->is_over = 1;
	return 0;
}

static int
next(struct splitter *s)
{
	char c = *s->at;

	if (c == ' ' || c == '\t' || c == '\n')
		return blank(s);
	if (c == '#' && !s->has_word) {
		s->at += strcspn(s->at, "\n");
		return 0;
	}
	if (s->is_over)
		return refuse(s, "a second command begins on a new line (end "
		    "the line before with '|' or '\\')");
	if (c == '\'')
		return single_quoted(s);
	if (c == '"')
		return double_quoted(s);
	if (c == '\\')
		return backslash(s);
	if (c == '|')
		return bar(s);
	if (strchr("$`", c) != NULL)
		return refuse(s, "the shell's expansions are not done here");
	if (strchr("*?[~", c) != NULL && (c != '~' || !s->has_word))
		return refuse(s, "the shell's patterns are not done here "
		    "(quote it)");
	if (strchr("&;<>(){}!", c) != NULL)
		return refuse(s, "not a part of one pipeline (quote it)");
	s->at++;
	return add(s, c);
}

int
words_split(const char *text, struct words *out)
{
	struct splitter s = {.text = text, .at = text, .out = out};
	int rc = start_program(out) == 0 ? 0 : refuse(&s, "out of memory");

	while (rc == 0 && *s.at != '\0')
		rc = next(&s);
	if (rc == 0)
		rc = end_word(&s);
	if (rc == 0 && out->programs[out->count - 1].argc == 0)
		rc = refuse(&s, out->count == 1 ? "the pipeline is empty" :
		    "a program is missing behind the last '|'");
	buf_release(&s.word);
	return rc;
}

void
words_release(struct words *w)
{
	for (int i = 0; i < w->count; i++) {
		for (int k = 0; k < w->programs[i].argc; k++)
			free(w->programs[i].argv[k]);
		free(w->programs[i].argv);
	}
	free(w->programs);
	memset(w, 0, sizeof *w);
}
