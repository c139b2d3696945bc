/* SPDX-License-Identifier: MIT */
/* Reading argv by a table of options. */
#include "stage/option.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"

struct parser {
	const struct option_row *rows[2]; /* the stage's, the common ones */
	void *base[2];
	int argc, at; /* argv[at] is read next */
	char **argv;
	const struct option_row **action;
	struct option_error *e;
};

static int
fail(struct option_error *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static int
fail(struct option_error *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->text, sizeof e->text, fmt, ap);
	va_end(ap);
	return -1;
}

static int
bad_value(struct option_error *e, const struct option_row *row, const char *v)
{
	struct buf seen = {0};

	text_add_visible(&seen, v, strlen(v), 60);
	fail(e, "bad value '%s' for --%s (wants %s)",
	    seen.len > 0 ? buf_str(&seen) : "", row->name,
	    row->choices != NULL ? row->choices : row->arg);
	buf_release(&seen);
	return -1;
}

int
option_fraction(const char *s, size_t n, struct dec *out)
{
	struct dec unit = {1, 0};

	if (n > 1 && s[n - 1] == '%') {
		unit.scale = 2;
		n -= 1;
	} else if (n > 2 && s[n - 2] == 'b' && s[n - 1] == 'p') {
		unit.scale = 4;
		n -= 2;
	}
	if (dec_parse(s, n, out) != DEC_OK)
		return -1;
	return dec_mul(*out, unit, DEC_SCALE_MAX, DEC_HALF_EVEN, out);
}

static int
choice_index(const char *choices, const char *value)
{
	size_t n = strlen(value);

	for (int i = 0; *choices != '\0'; i++) {
		size_t len = strcspn(choices, "|");
		if (len == n && memcmp(choices, value, n) == 0)
			return i;
		choices += len + (choices[len] == '|');
	}
	return -1;
}

static int
parse_int(const struct option_row *row, const char *s, int64_t *out)
{
	struct dec d;

	if (dec_parse(s, strlen(s), &d) != DEC_OK || d.scale != 0)
		return -1;
	if (d.m < row->min || (row->max != 0 && d.m > row->max))
		return -1;
	*out = d.m;
	return 0;
}

/* A date alone is its midnight UTC. */
static int
parse_time(const char *s, int64_t *out)
{
	char text[TIME_TEXT_MAX];
	size_t n = strlen(s);

	if (n == 10) {
		snprintf(text, sizeof text, "%sT00:00:00Z", s);
		return time_parse(text, strlen(text), out, NULL);
	}
	return time_parse(s, n, out, NULL);
}

static int
list_add(struct option_list *l, const char *value)
{
	const char **grown =
	    realloc(l->items, (l->count + 1) * sizeof *l->items);

	if (grown == NULL)
		return -1;
	l->items = grown;
	l->items[l->count++] = value;
	return 0;
}

int
option_set(const struct option_row *row, void *base, const char *value,
    struct option_error *e)
{
	void *at = (char *)base + row->offset;
	int rc = 0;

	switch (row->type) {
	case OPT_FLAG:
		*(int *)at = 1;
		break;
	case OPT_STRING:
	case OPT_FILE:
		*(const char **)at = value;
		break;
	case OPT_INT:
		rc = parse_int(row, value, at);
		break;
	case OPT_DEC:
		rc = dec_parse(value, strlen(value), at) == DEC_OK ? 0 : -1;
		break;
	case OPT_FRACTION:
		rc = option_fraction(value, strlen(value), at);
		break;
	case OPT_SPAN:
		rc = span_parse(value, strlen(value), at);
		break;
	case OPT_TIME:
		rc = parse_time(value, at);
		break;
	case OPT_CHOICE:
		*(int *)at = choice_index(row->choices, value);
		rc = *(int *)at < 0 ? -1 : 0;
		break;
	case OPT_LIST:
		if (list_add(at, value) != 0)
			return fail(e, "out of memory");
		break;
	case OPT_ACTION:
		break;
	}
	return rc == 0 ? 0 : bad_value(e, row, value);
}

static int
set_defaults(const struct option_row *row, void *base, struct option_error *e)
{
	for (; row != NULL && row->name != NULL; row++)
		if (row->def != NULL && row->type != OPT_LIST &&
		    option_set(row, base, row->def, e) != 0)
			return -1;
	return 0;
}

static const struct option_row *
find_long(struct parser *p, const char *name, size_t n, int *which)
{
	for (*which = 0; *which < 2; ++*which)
		for (const struct option_row *r = p->rows[*which];
		    r != NULL && r->name != NULL; r++)
			if (strlen(r->name) == n &&
			    memcmp(r->name, name, n) == 0)
				return r;
	return NULL;
}

static const struct option_row *
find_letter(struct parser *p, char letter, int *which)
{
	for (*which = 0; *which < 2; ++*which)
		for (const struct option_row *r = p->rows[*which];
		    r != NULL && r->name != NULL; r++)
			if (r->letter == letter)
				return r;
	return NULL;
}

static int
unknown_long(struct parser *p, const char *name, size_t n)
{
	const char *names[96], *near;
	struct buf seen = {0};
	size_t count = 0;

	for (int i = 0; i < 2; i++)
		for (const struct option_row *r = p->rows[i];
		    r != NULL && r->name != NULL && count < 96; r++)
			names[count++] = r->name;
	near = text_nearest(name, n, names, count);
	text_add_visible(&seen, name, n, 60);
	if (near != NULL)
		fail(p->e, "unknown option '--%s' (did you mean '--%s'?)",
		    buf_str(&seen), near);
	else
		fail(p->e, "unknown option '--%s' (see --help)",
		    seen.len > 0 ? buf_str(&seen) : "");
	buf_release(&seen);
	return -1;
}

/* Gives a row its value: what is attached, or the next word. */
static int
take(struct parser *p, const struct option_row *row, int which,
    const char *attached)
{
	const char *value = attached;

	if (row->arg == NULL && attached != NULL)
		return fail(p->e, "--%s takes no value", row->name);
	if (row->arg != NULL && value == NULL) {
		if (p->at >= p->argc)
			return fail(p->e, "--%s wants a value (%s)", row->name,
			    row->arg);
		value = p->argv[p->at++];
	}
	if (row->type == OPT_ACTION && *p->action == NULL)
		*p->action = row;
	if (row->type == OPT_ACTION && value != NULL)
		*(const char **)((char *)p->base[which] + row->offset) = value;
	return option_set(row, p->base[which], value, p->e);
}

static int
take_long(struct parser *p, const char *word)
{
	size_t n = strcspn(word, "=");
	int which;
	const struct option_row *row = find_long(p, word, n, &which);

	if (row == NULL)
		return unknown_long(p, word, n);
	return take(p, row, which, word[n] == '=' ? word + n + 1 : NULL);
}

static int
take_letters(struct parser *p, const char *letters)
{
	for (; *letters != '\0'; letters++) {
		int which;
		const struct option_row *row =
		    find_letter(p, *letters, &which);

		if (row == NULL && (*letters < 33 || *letters > 126))
			return fail(p->e, "unknown option (see --help)");
		if (row == NULL)
			return fail(p->e, "unknown option '-%c' (see --help)",
			    *letters);
		if (row->arg != NULL)
			return take(p, row, which,
			    letters[1] != '\0' ? letters + 1 : NULL);
		if (take(p, row, which, NULL) != 0)
			return -1;
	}
	return 0;
}

int
option_parse(const struct option_row *rows, void *base,
    const struct option_row *common, void *common_base, int argc, char **argv,
    const struct option_row **action, struct option_error *e)
{
	struct parser p = {.rows = {rows, common},
	    .base = {base, common_base}, .argc = argc, .at = 1, .argv = argv,
	    .action = action, .e = e};
	int operands = 0;

	*action = NULL;
	if (set_defaults(rows, base, e) != 0 ||
	    set_defaults(common, common_base, e) != 0)
		return -1;
	while (p.at < argc) {
		char *word = argv[p.at++];

		if (strcmp(word, "--") == 0) {
			while (p.at < argc)
				argv[1 + operands++] = argv[p.at++];
		} else if (strncmp(word, "--", 2) == 0) {
			if (take_long(&p, word + 2) != 0)
				return -1;
		} else if (word[0] == '-' && word[1] != '\0') {
			if (take_letters(&p, word + 1) != 0)
				return -1;
		} else {
			argv[1 + operands++] = word;
		}
	}
	return operands;
}

void
option_release(const struct option_row *rows, void *base)
{
	for (; rows != NULL && rows->name != NULL; rows++)
		if (rows->type == OPT_LIST) {
			struct option_list *l =
			    (void *)((char *)base + rows->offset);
			free(l->items);
			l->items = NULL;
			l->count = 0;
		}
}
