/* SPDX-License-Identifier: MIT */
/* Reading a file of splits and dividends. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "clean/adjust.h"

enum { LINE_MAX_BYTES = 512, USAGE = 2 };

static int
parse_day(const char *s, int64_t *day)
{
	char text[] = "2000-01-01T00:00:00Z";
	int64_t ns;

	if (s == NULL || strlen(s) != 10)
		return -1;
	memcpy(text, s, 10);
	if (time_parse(text, sizeof text - 1, &ns, NULL) != 0)
		return -1;
	*day = ns / TIME_DAY - (ns % TIME_DAY < 0);
	return 0;
}

/* A number above zero, or a ratio 3:2. */
static int
parse_value(const char *s, struct dec *out)
{
	size_t n = s == NULL ? 0 : strcspn(s, ":");
	struct dec per = dec_int(1);

	if (n == 0 || dec_parse(s, n, out) != DEC_OK ||
	    (s[n] == ':' && dec_parse(s + n + 1, strlen(s + n + 1), &per) !=
	        DEC_OK) || dec_sign(per) <= 0 ||
	    dec_div(*out, per, 12, DEC_HALF_EVEN, out) != 0)
		return -1;
	return dec_sign(*out) > 0 ? 0 : -1;
}

static struct adjust_action *
add(struct adjust_set *set)
{
	size_t cap = set->cap == 0 ? 64 : set->cap * 2;
	void *to;

	if (set->count == set->cap) {
		to = realloc(set->actions, cap * sizeof *set->actions);
		if (to == NULL)
			return NULL;
		set->actions = to;
		set->cap = cap;
	}
	return &set->actions[set->count++];
}

static const char *
take_line(struct adjust_set *set, char *line)
{
	struct adjust_action a = { 0 }, *to;
	char *date = strsep(&line, ","), *symbol = strsep(&line, ",");
	char *kind = strsep(&line, ",");
	int64_t i;

	if (parse_day(date, &a.day) != 0)
		return "bad date (wants date,symbol,kind,value)";
	if (symbol == NULL || !text_is_symbol(symbol, strlen(symbol)))
		return "bad symbol (wants date,symbol,kind,value)";
	if (kind == NULL ||
	    (strcmp(kind, "split") != 0 && strcmp(kind, "dividend") != 0))
		return "bad kind (wants split or dividend)";
	a.is_dividend = kind[0] == 'd';
	if (parse_value(line, &a.value) != 0)
		return "bad value (wants a number above zero, or 3:2)";
	i = table_intern(&set->symbols, symbol, strlen(symbol), NULL);
	to = i < 0 ? NULL : add(set);
	if (to == NULL)
		return "out of memory";
	a.symbol = (uint32_t)i;
	*to = a;
	return NULL;
}

/* Splits before dividends of a day: those are paid on the new shares. */
static int
by_symbol(const void *a, const void *b)
{
	const struct adjust_action *x = a, *y = b;

	if (x->symbol != y->symbol)
		return x->symbol < y->symbol ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->is_dividend != y->is_dividend)
		return x->is_dividend - y->is_dividend;
	return dec_cmp(x->value, y->value);
}

static int
index_symbols(struct adjust_set *set, struct problem *p)
{
	if (set->count > 0)
		qsort(set->actions, set->count, sizeof *set->actions,
		    by_symbol);
	set->states = calloc(set->symbols.count + 1, sizeof *set->states);
	if (set->states == NULL)
		return problem_set(p, 1, "out of memory");
	for (size_t i = set->count; i-- > 0;) {
		struct adjust_state *s = &set->states[set->actions[i].symbol];

		s->next = i;
		s->split = s->total = dec_int(1);
	}
	return 0;
}

static int
read_lines(struct adjust_set *set, FILE *in, const char *name,
    struct problem *p)
{
	char line[LINE_MAX_BYTES];
	const char *wrong;

	for (int n = 1; fgets(line, sizeof line, in) != NULL; n++) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#' ||
		    (n == 1 && strcmp(line, "date,symbol,kind,value") == 0))
			continue;
		wrong = take_line(set, line);
		if (wrong != NULL)
			return problem_set(p, USAGE, "%.200s:%d: %s", name, n,
			    wrong);
	}
	return ferror(in) ? problem_errno(p, "cannot read", name)
	                  : index_symbols(set, p);
}

int
adjust_read(struct adjust_set *set, const char *name, struct problem *p)
{
	FILE *in = fopen(name, "re");
	int rc;

	if (in == NULL)
		return problem_set(p, USAGE, "cannot read '%.200s': %s", name,
		    strerror(errno));
	rc = read_lines(set, in, name, p);
	fclose(in);
	return rc;
}
