/* SPDX-License-Identifier: MIT */
/* Options of a program as a table: one row gives parsing, --help, the OPTIONS
 * of the man page and the completions. */
#ifndef TAPE_OPTION_H
#define TAPE_OPTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/dec.h"

enum option_type {
	OPT_FLAG, /* int: 1 when given */
	OPT_STRING, /* const char *, borrowed from argv */
	OPT_FILE, /* the same; completes file names */
	OPT_INT, /* int64_t within [min, max] */
	OPT_DEC, /* struct dec */
	OPT_FRACTION, /* struct dec: 10% or 0.1 -> 0.1, 5bp -> 0.0005 */
	OPT_SPAN, /* int64_t ns: 5m, 1d, 250ms */
	OPT_TIME, /* int64_t ns: RFC 3339, or a date (midnight UTC) */
	OPT_CHOICE, /* int: index in choices "a|b|c" */
	OPT_LIST, /* struct option_list: may be repeated */
	OPT_ACTION, /* prints something and leaves: desc->extra(stage, min) */
};

struct option_list {
	const char **items; /* owned; the strings are argv's */
	size_t count;
};

struct option_row {
	char letter; /* 0: none */
	const char *name; /* without dashes; NULL ends the table */
	const char *arg; /* as the help shows it: FILE, N, 1d; NULL: takes none */
	enum option_type type;
	size_t offset; /* in the stage's state */
	const char *help; /* a sentence without full stop, lower case */
	const char *def; /* the default as text, parsed like an argument; or NULL */
	const char *choices; /* OPT_CHOICE: "a|b"; also completed for strings */
	int64_t min, max; /* OPT_INT, inclusive; OPT_ACTION: which */
};

struct option_error {
	char text[256]; /* "unknown option '--foo' (did you mean '--food'?)" */
};

/* Sets defaults, then reads argv[1..]: options anywhere before "--", the last
 * one wins. Operands are moved to the front of argv[1..] in their order;
 * returns their count, or -1 with *e. `rows` are the stage's, `common` those
 * that every stage has; each with its own base address for offsets. No
 * abbreviations. *action gets the row of an OPT_ACTION, or NULL. */
int option_parse(const struct option_row *rows, void *base,
    const struct option_row *common, void *common_base, int argc, char **argv,
    const struct option_row **action, struct option_error *e);
void option_release(const struct option_row *rows, void *base);

/* One value, as option_parse reads it; -1 with *e. */
int option_set(const struct option_row *row, void *base, const char *value,
    struct option_error *e);
/* 10%, 0.1 or 5bp. */
int option_fraction(const char *s, size_t n, struct dec *out);

#endif
