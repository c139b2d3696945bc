/* SPDX-License-Identifier: MIT */
/* Calendars that a user writes: a line a fact, see calendar.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/time.h"

enum { LINE_MAX_BYTES = 512, WORDS_MAX = 9, USAGE = 2 };

struct line {
	const char *file;
	int number, count;
	char *words[WORDS_MAX];
};

static int
fail(const struct line *l, struct problem *p, const char *what)
{
	struct buf seen = { 0 };
	const char *word = l->count > 1 ? l->words[1] : l->words[0];

	text_add_visible(&seen, word, strlen(word), 40);
	problem_set(p, USAGE, "%s:%d: %s '%s'", l->file, l->number, what,
	    seen.len > 0 ? buf_str(&seen) : "");
	buf_release(&seen);
	return -1;
}

/* 09:30 as seconds of the day; 24:00 is its end. */
static int
parse_clock(const char *s, int32_t *out)
{
	int h, m;

	if (strlen(s) != 5 || s[2] != ':' || strspn(s, "0123456789") != 2 ||
	    strspn(s + 3, "0123456789") != 2)
		return -1;
	h = (s[0] - '0') * 10 + s[1] - '0';
	m = (s[3] - '0') * 10 + s[4] - '0';
	if (h * 60 + m > 24 * 60 || m > 59)
		return -1;
	*out = (h * 60 + m) * 60;
	return 0;
}

static int
parse_hours(const struct line *l, int at, int32_t *open, int32_t *close)
{
	return l->count == at + 2 && parse_clock(l->words[at], open) == 0 &&
	    parse_clock(l->words[at + 1], close) == 0 && *open < *close
	    ? 0 : -1;
}

static int
parse_date(const char *s, int64_t *day)
{
	char text[] = "2000-01-01T00:00:00Z";
	int64_t ns;

	if (strlen(s) != 10)
		return -1;
	memcpy(text, s, 10);
	if (time_parse(text, sizeof text - 1, &ns, NULL) != 0)
		return -1;
	*day = ns / TIME_DAY - (ns % TIME_DAY < 0);
	return 0;
}

static int
take_days(struct calendar_file *f, const struct line *l)
{
	static const char names[] = "mon tue wed thu fri sat sun ";

	f->days = 0;
	for (int i = 1; i < l->count; i++) {
		const char *at = strstr(names, l->words[i]);

		if (strlen(l->words[i]) != 3 || at == NULL)
			return -1;
		f->days |= 1u << (at - names) / 4;
	}
	return l->count > 1 ? 0 : -1;
}

/* The lines come in any order, so a day's own hours of 0 are the usual ones,
 * which are not known yet. */
static int
take_day(struct calendar_file *f, const struct line *l, int is_open)
{
	struct calendar_days d = { 0, { is_open, 0, 0 } };

	if (l->count < 2 || parse_date(l->words[1], &d.day) != 0 ||
	    (l->count > 2 && (!is_open || parse_hours(l, 2, &d.session.open,
	        &d.session.close) != 0)))
		return -1;
	if (f->count == f->cap) {
		size_t cap = f->cap == 0 ? 64 : f->cap * 2;
		void *to = realloc(f->at, cap * sizeof *f->at);

		if (to == NULL)
			return -1;
		f->at = to;
		f->cap = cap;
	}
	f->at[f->count++] = d;
	return 0;
}

static int
take_line(struct calendar_file *f, struct line *l, struct problem *p)
{
	const char *what = l->words[0];

	if (strcmp(what, "zone") == 0) {
		size_t n = l->count == 2 ? strlen(l->words[1]) : 0;

		if (n == 0 || n >= sizeof f->zone)
			return fail(l, p, "bad zone");
		memcpy(f->zone, l->words[1], n + 1);
		return 0;
	}
	if (strcmp(what, "days") == 0)
		return take_days(f, l) == 0 ? 0
		    : fail(l, p, "wants days such as mon, not");
	if (strcmp(what, "hours") == 0) {
		f->has_hours = 1;
		return parse_hours(l, 1, &f->open, &f->close) == 0 ? 0
		    : fail(l, p, "wants hours such as 09:30 16:00, not");
	}
	if (strcmp(what, "closed") == 0 || strcmp(what, "open") == 0)
		return take_day(f, l, what[0] == 'o') == 0 ? 0
		    : fail(l, p, "wants a date (and hours), not");
	l->count = 1;
	return fail(l, p, "wants zone, days, hours, closed or open, not");
}

static int
by_day(const void *a, const void *b)
{
	const struct calendar_days *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static int
finish(struct calendar_file *f, const char *name, struct problem *p)
{
	int32_t open = f->has_hours ? f->open : 0;
	int32_t close = f->has_hours ? f->close : 86400;

	if (f->count > 0)
		qsort(f->at, f->count, sizeof *f->at, by_day);
	for (size_t i = 0; i < f->count; i++) {
		struct session *s = &f->at[i].session;

		if (i > 0 && f->at[i].day == f->at[i - 1].day)
			return problem_set(p, USAGE,
			    "%s: a day is named twice", name);
		if (s->is_open && s->close == 0)
			*s = (struct session){ 1, open, close };
	}
	f->open = open;
	f->close = close;
	return 0;
}

static int
read_lines(struct calendar_file *f, FILE *in, const char *name,
    struct problem *p)
{
	char text[LINE_MAX_BYTES];
	struct line l = { .file = name };

	while (fgets(text, sizeof text, in) != NULL) {
		char *save = NULL, *word;

		l.number++;
		l.count = 0;
		text[strcspn(text, "#")] = '\0';
		word = strtok_r(text, " \t\r\n", &save);
		for (; word != NULL && l.count < WORDS_MAX;
		     word = strtok_r(NULL, " \t\r\n", &save))
			l.words[l.count++] = word;
		if (l.count > 0 && take_line(f, &l, p) != 0)
			return -1;
	}
	if (ferror(in))
		return problem_errno(p, "cannot read", name);
	return finish(f, name, p);
}

int
calendar_file_read(struct calendar_file *f, const char *name,
    struct problem *p)
{
	FILE *in = fopen(name, "re");
	int rc;

	if (in == NULL)
		return problem_set(p, USAGE, "cannot read '%.200s': %s", name,
		    strerror(errno));
	f->days = 0x1f;
	rc = read_lines(f, in, name, p);
	fclose(in);
	return rc;
}

void
calendar_file_release(struct calendar_file *f)
{
	free(f->at);
}

int
calendar_file_day(const struct calendar_file *f, int64_t day,
    struct session *out)
{
	struct calendar_days key = { .day = day };
	const struct calendar_days *d = f->count == 0 ? NULL
	    : bsearch(&key, f->at, f->count, sizeof *f->at, by_day);
	int64_t weekday = ((day + 3) % 7 + 7) % 7;

	if (d != NULL)
		*out = d->session;
	else
		*out = (struct session){ (int)(f->days >> weekday & 1),
			f->open, f->close };
	return 0;
}
