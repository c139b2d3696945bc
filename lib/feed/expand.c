/* SPDX-License-Identifier: MIT */
/* A file that has a pattern's name is that file. Folders give their files, not
 * those of folders in them, and none that is hidden. */
#include "feed/expand.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "feed/name.h"

enum { SYMBOL_MAX = 40 };

static int
add(struct stage *s, struct operands *to, const char *symbol, const char *path)
{
	struct buf b = { 0 };

	if (to->n == to->cap) {
		int cap = to->cap == 0 ? 16 : 2 * to->cap;
		char **items = reallocarray(to->items, (size_t)cap,
		    sizeof *items);

		if (items == NULL)
			return stage_fail_memory(s);
		to->items = items;
		to->cap = cap;
	}
	if (buf_addf(&b, "%s%s%s", symbol, *symbol != '\0' ? "=" : "", path)
	    < 0 || buf_str(&b) == NULL)
		return stage_fail_memory(s);
	to->items[to->n++] = b.data;
	return 0;
}

static int
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Everything that the pattern matches, but folders. */
static int
add_matches(struct stage *s, struct operands *to, const char *symbol,
    const char *pattern)
{
	glob_t g;
	int rc, before = to->n;

	switch (glob(pattern, 0, NULL, &g)) {
	case 0:
		break;
	case GLOB_NOMATCH:
		return stage_fail(s, EXIT_USAGE, "there is no file '%s'",
		    pattern);
	default:
		return stage_fail(s, EXIT_SYSTEM, "cannot list '%s': %s",
		    pattern, strerror(errno));
	}
	rc = 0;
	for (size_t i = 0; i < g.gl_pathc && rc == 0; i++)
		if (!is_folder(g.gl_pathv[i]))
			rc = add(s, to, symbol, g.gl_pathv[i]);
	globfree(&g);
	if (rc == 0 && to->n == before)
		rc = stage_fail(s, EXIT_USAGE, "there is no file '%s'",
		    pattern);
	return rc;
}

/* The name with what a pattern would read in it taken at its word. */
static int
add_folder(struct stage *s, struct operands *to, const char *symbol,
    const char *path)
{
	struct buf b = { 0 };
	int rc = 0;

	for (const char *p = path; *p != '\0'; p++) {
		if (strchr("*?[\\", *p) != NULL)
			rc |= buf_add_char(&b, '\\');
		rc |= buf_add_char(&b, *p);
	}
	rc |= buf_add_str(&b, path[strlen(path) - 1] == '/' ? "*" : "/*");
	if (rc < 0 || buf_str(&b) == NULL)
		rc = stage_fail_memory(s);
	else
		rc = add_matches(s, to, symbol, b.data);
	buf_release(&b);
	return rc;
}

int
expand_operand(struct stage *s, const char *operand, struct operands *to)
{
	char symbol[SYMBOL_MAX];
	const char *path = name_split(operand, symbol, sizeof symbol);

	if (*path != '\0' && is_folder(path))
		return add_folder(s, to, symbol, path);
	if (!name_is_gen(path) && strpbrk(path, "*?[") != NULL
	    && access(path, F_OK) != 0)
		return add_matches(s, to, symbol, path);
	return add(s, to, "", operand);
}

void
operands_release(struct operands *o)
{
	for (int i = 0; i < o->n; i++)
		free(o->items[i]);
	free(o->items);
	memset(o, 0, sizeof *o);
}
