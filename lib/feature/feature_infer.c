/* SPDX-License-Identifier: MIT */
/* Reads the naming of features backwards: name_arg_arg_value ending. What a
 * reading gives is named again, and holds only if that is the same name. */
#include "feature/feature_infer.h"

#include <stdio.h>
#include <string.h>

static int
gives(const char *text, const char *name, struct feature_use *u)
{
	struct feature_error e;
	int i;
	if (feature_use_parse(u, text, &e) < 0)
		return 0;
	for (i = 0; i < u->noutputs; i++)
		if (strcmp(u->outputs[i], name) == 0)
			return 1;
	return 0;
}

/* Appends the arguments at the front of *rest, "_20_2p5" as ":20,2.5". */
static void
take_args(const struct feature *f, const char **rest, char *text)
{
	int i;
	for (i = 0; i < FEATURE_ARGS_MAX && f->args[i].name != NULL; i++) {
		const char *s = *rest + 1;
		size_t n = **rest == '_' ? strspn(s, "0123456789p") : 0;
		size_t len = strlen(text);
		if (n == 0 || *s == 'p' || (s[n] != '_' && s[n] != '\0'))
			return;
		text[len++] = i == 0 ? ':' : ',';
		for (; n > 0; n--, s++)
			text[len++] = *s == 'p' ? '.' : *s;
		text[len] = '\0';
		*rest = s;
	}
}

/* The keys that could have left `rest` in the name, one after the other. */
static int
try_keys(const char *name, const char *rest, struct feature_use *u,
    char text[FEATURE_NAME_MAX])
{
	static const char *const keys[] = {"seed", "src", "with", "symbol"};
	static const char *const symbols[] = {"symbol", "src"};
	static const char *const spans[] = {"span"};
	static const char small[] = "abcdefghijklmnopqrstuvwxyz";
	size_t len = strlen(text), n = sizeof(keys) / sizeof(*keys), i;
	const char *const *key = keys;
	if (*rest == '\0')
		return gives(text, name, u);
	if (rest[1] >= '0' && rest[1] <= '9') {
		key = spans;
		n = 1;
	} else if (strcspn(rest, small) == strlen(rest)) {
		key = symbols;
		n = 2;
	}
	for (i = 0; i < n; i++) {
		snprintf(text + len, FEATURE_NAME_MAX - len, ",%s=%s", key[i],
		    rest + 1);
		if (gives(text, name, u))
			return 1;
	}
	text[len] = '\0';
	return 0;
}

static int
try_ending(const struct feature *f, const char *ending, const char *name,
    struct feature_use *u, char text[FEATURE_NAME_MAX])
{
	char core[FEATURE_NAME_MAX];
	const char *rest;
	size_t n = strlen(name), cut = strlen(ending), len = strlen(f->name);
	if (n < len + cut || strcmp(name + n - cut, ending) != 0 ||
	    memcmp(name, f->name, len) != 0)
		return 0;
	memcpy(core, name, n - cut);
	core[n - cut] = '\0';
	rest = core + len;
	if (*rest != '\0' && *rest != '_')
		return 0;
	snprintf(text, FEATURE_NAME_MAX, "%s", f->name);
	take_args(f, &rest, text);
	return try_keys(name, rest, u, text);
}

int
feature_infer(const char *name, struct feature_use *u,
    char text[FEATURE_NAME_MAX])
{
	int i, k;
	if (strlen(name) >= FEATURE_NAME_MAX / 2)
		return -1;
	/* the ending that is none comes first, and is tried last */
	for (i = 0; features[i] != NULL; i++)
		for (k = FEATURE_OUTPUTS_MAX - 1; k >= 0; k--)
			if (features[i]->outputs[k] != NULL &&
			    try_ending(features[i], features[i]->outputs[k],
			        name, u, text))
				return 0;
	return -1;
}
