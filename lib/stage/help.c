/* SPDX-License-Identifier: MIT */
/* What the option table says to a reader: --help, -h, --version, and the
 * OPTIONS of the man page. */
#include <string.h>

#include "stage/chain.h"

const struct option_row common_options[] = {
    {0, "errors", "FILE", OPT_FILE, offsetof(struct stage_common, errors),
	"write refused input to FILE as reject records and go on", NULL, NULL,
	0, 0},
    {'q', "quiet", NULL, OPT_FLAG, offsetof(struct stage_common, quiet),
	"print no notes on stderr", NULL, NULL, 0, 0},
    {'v', "verbose", NULL, OPT_FLAG, offsetof(struct stage_common, verbose),
	"print more notes on stderr", NULL, NULL, 0, 0},
    {'h', "usage", NULL, OPT_ACTION, 0, "print a short help", NULL, NULL,
	HELP_SHORT, 0},
    {0, "help", NULL, OPT_ACTION, 0, "print this help", NULL, NULL, HELP_LONG,
	0},
    {0, "version", NULL, OPT_ACTION, 0, "print the version", NULL, NULL,
	HELP_VERSION, 0},
    {0, "generate", "man|bash|zsh|fish", OPT_ACTION,
	offsetof(struct stage_common, generate), NULL, NULL, NULL,
	HELP_GENERATE, 0},
    {0},
};

enum { HELP_COLUMN = 26 };

static int
add_option(const struct option_row *r, struct buf *b)
{
	size_t start = b->len, used;
	int rc = r->letter != 0 ? buf_addf(b, "  -%c, --%s", r->letter,
	    r->name) : buf_addf(b, "      --%s", r->name);

	if (r->arg != NULL)
		rc |= buf_addf(b, " %s", r->arg);
	used = b->len - start;
	if (used > HELP_COLUMN - 2)
		rc |= buf_addf(b, "\n%*s", HELP_COLUMN, "");
	else
		rc |= buf_addf(b, "%*s", (int)(HELP_COLUMN - used), "");
	rc |= buf_add_str(b, r->help);
	if (r->def != NULL)
		rc |= buf_addf(b, " (default %s)", r->def);
	return rc | buf_add_char(b, '\n');
}

static int
add_options(const struct option_row *r, struct buf *b)
{
	int rc = 0;

	for (; r != NULL && r->name != NULL; r++)
		if (r->help != NULL)
			rc |= add_option(r, b);
	return rc;
}

static int
add_usage(const struct stage_desc *d, struct buf *b)
{
	return buf_addf(b, "%s: %s\n\nusage: %s %s\n", d->name, d->summary,
	    d->name, d->synopsis);
}

int
help_long(const struct stage_desc *d, struct buf *b)
{
	int rc = add_usage(d, b);

	rc |= buf_add_str(b, "\nexamples:\n");
	for (int i = 0; d->examples != NULL && d->examples[i] != NULL; i++)
		rc |= buf_addf(b, "  %s\n", d->examples[i]);
	rc |= buf_add_str(b, "\noptions:\n");
	rc |= add_options(d->options, b);
	rc |= add_options(common_options, b);
	rc |= buf_addf(b, "\nrecords: %s\n", d->records);
	rc |= buf_addf(b, "status: 0 done, 1 system, 2 usage, 3 bad input, "
	    "4 busy or late (retry), 5 safety stop\nmanual: man %s, man tape\n",
	    d->name);
	return rc;
}

int
help_short(const struct stage_desc *d, struct buf *b)
{
	int rc = add_usage(d, b), shown = 0;

	rc |= buf_add_char(b, '\n');
	for (const struct option_row *r = d->options;
	    r != NULL && r->name != NULL && shown < 16; r++, shown++)
		rc |= r->help == NULL ? 0 : add_option(r, b);
	return rc | buf_addf(b, "\nmore: %s --help\n", d->name);
}

int
help_version(const struct stage_desc *d, struct buf *b)
{
	return buf_addf(b, "%s (tape) %s\n", d->name, TAPE_VERSION);
}

/* mdoc's .It lines for the OPTIONS section. */
int
help_man_options(const struct option_row *r, struct buf *b)
{
	int rc = 0;

	for (; r != NULL && r->name != NULL; r++) {
		if (r->help == NULL)
			continue;
		rc |= buf_add_str(b, ".It ");
		if (r->letter != 0)
			rc |= buf_addf(b, "Fl %c , ", r->letter);
		rc |= buf_addf(b, "Fl -%s", r->name);
		if (r->arg != NULL)
			rc |= buf_addf(b, " Ar %s", r->arg);
		rc |= buf_addf(b, "\n%c%s", r->help[0] >= 'a' &&
		    r->help[0] <= 'z' ? r->help[0] - 'a' + 'A' : r->help[0],
		    r->help + 1);
		if (r->def != NULL)
			rc |= buf_addf(b, "; default %s", r->def);
		rc |= buf_add_str(b, ".\n");
	}
	return rc;
}
