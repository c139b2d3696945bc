/* SPDX-License-Identifier: MIT */
/* What the option table says to a shell: completions for bash, zsh and fish. */
#include <string.h>

#include "stage/chain.h"

static int
bash_words(const struct option_row *r, struct buf *b)
{
	int rc = 0;

	for (; r != NULL && r->name != NULL; r++)
		if (r->help != NULL)
			rc |= buf_addf(b, " --%s", r->name);
	return rc;
}

static int
bash_cases(const struct option_row *r, struct buf *b)
{
	int rc = 0;

	for (; r != NULL && r->name != NULL; r++) {
		if (r->help == NULL || r->arg == NULL)
			continue;
		rc |= buf_addf(b, "\t--%s) ", r->name);
		if (r->type == OPT_FILE)
			rc |= buf_add_str(b, "compopt -o default; return");
		else if (r->choices != NULL) {
			rc |= buf_add_str(b, "mapfile -t COMPREPLY < <(compgen -W '");
			for (const char *p = r->choices; *p != '\0'; p++)
				rc |= buf_add_char(b, *p == '|' ? ' ' : *p);
			rc |= buf_add_str(b, "' -- \"$cur\"); return");
		} else
			rc |= buf_add_str(b, "return");
		rc |= buf_add_str(b, " ;;\n");
	}
	return rc;
}

static int
generate_bash(const struct stage_desc *d, struct buf *b)
{
	int rc = buf_addf(b, "_%s() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	    "\tcase ${COMP_WORDS[COMP_CWORD-1]} in\n", d->name);

	rc |= bash_cases(d->options, b);
	rc |= bash_cases(common_options, b);
	rc |= buf_add_str(b, "\tesac\n\tif [[ $cur == -* ]]; then\n"
	    "\t\tmapfile -t COMPREPLY < <(compgen -W '");
	rc |= bash_words(d->options, b);
	rc |= bash_words(common_options, b);
	rc |= buf_add_str(b, "' -- \"$cur\")\n");
	if (d->words != NULL)
		rc |= buf_addf(b, "\telse\n\t\tmapfile -t COMPREPLY < <(compgen "
		    "-W \"$(%s 2>/dev/null)\" -- \"$cur\")\n\t\tcompopt -o "
		    "default\n", d->words);
	else
		rc |= buf_add_str(b, "\telse\n\t\tcompopt -o default\n");
	return rc | buf_addf(b, "\tfi\n}\ncomplete -F _%s %s\n", d->name,
	    d->name);
}

/* Text inside zsh's and fish's single quotes. */
static int
add_quoted(struct buf *b, const char *s)
{
	int rc = 0;

	for (; *s != '\0'; s++)
		if (*s == '\'' )
			rc |= buf_add_str(b, "'\\''");
		else if (*s == '[' || *s == ']' || *s == ':')
			rc |= buf_addf(b, "\\%c", *s);
		else
			rc |= buf_add_char(b, *s);
	return rc;
}

static int
zsh_options(const struct option_row *r, struct buf *b)
{
	int rc = 0;

	for (; r != NULL && r->name != NULL; r++) {
		if (r->help == NULL)
			continue;
		rc |= buf_addf(b, "\t'--%s%s[", r->name,
		    r->arg != NULL ? "=" : "");
		rc |= add_quoted(b, r->help);
		rc |= buf_add_char(b, ']');
		if (r->arg != NULL && r->choices != NULL) {
			rc |= buf_addf(b, ":%s:(", r->name);
			for (const char *p = r->choices; *p != '\0'; p++)
				rc |= buf_add_char(b, *p == '|' ? ' ' : *p);
			rc |= buf_add_char(b, ')');
		} else if (r->arg != NULL)
			rc |= buf_addf(b, ":%s:%s", r->name,
			    r->type == OPT_FILE ? "_files" : "");
		rc |= buf_add_str(b, "' \\\n");
	}
	return rc;
}

static int
generate_zsh(const struct stage_desc *d, struct buf *b)
{
	int rc = buf_addf(b, "_%s() {\n\t_arguments -s \\\n", d->name);

	rc |= zsh_options(d->options, b);
	rc |= zsh_options(common_options, b);
	if (d->words != NULL)
		rc |= buf_addf(b, "\t'*:word:_alternative "
		    "\"words:word:(($(%s 2>/dev/null)))\" "
		    "\"files:file:_files\"'\n", d->words);
	else
		rc |= buf_add_str(b, "\t'*:file:_files'\n");
	return rc | buf_addf(b, "}\ncompdef _%s %s\n", d->name, d->name);
}

static int
fish_options(const char *tool, const struct option_row *r, struct buf *b)
{
	int rc = 0;

	for (; r != NULL && r->name != NULL; r++) {
		if (r->help == NULL)
			continue;
		rc |= buf_addf(b, "complete -c %s -l %s", tool, r->name);
		if (r->letter != 0)
			rc |= buf_addf(b, " -s %c", r->letter);
		if (r->arg != NULL)
			rc |= buf_add_str(b, r->type == OPT_FILE ? " -r" : " -x");
		if (r->arg != NULL && r->choices != NULL) {
			rc |= buf_add_str(b, " -a '");
			for (const char *p = r->choices; *p != '\0'; p++)
				rc |= buf_add_char(b, *p == '|' ? ' ' : *p);
			rc |= buf_add_char(b, '\'');
		}
		rc |= buf_add_str(b, " -d '");
		rc |= add_quoted(b, r->help);
		rc |= buf_add_str(b, "'\n");
	}
	return rc;
}

static int
generate_fish(const struct stage_desc *d, struct buf *b)
{
	int rc = fish_options(d->name, d->options, b);

	rc |= fish_options(d->name, common_options, b);
	if (d->words != NULL)
		rc |= buf_addf(b, "complete -c %s -a '(%s 2>/dev/null)'\n",
		    d->name, d->words);
	return rc;
}

int
help_generate(const struct stage_desc *d, const char *what, struct buf *b)
{
	if (strcmp(what, "man") == 0)
		return help_man_options(d->options, b) |
		    help_man_options(common_options, b);
	if (strcmp(what, "bash") == 0)
		return generate_bash(d, b);
	if (strcmp(what, "zsh") == 0)
		return generate_zsh(d, b);
	if (strcmp(what, "fish") == 0)
		return generate_fish(d, b);
	return -1;
}
