/* SPDX-License-Identifier: MIT */
/* Headers to meanings: by a format's own words, or by the names. */
#include "feed/columns.h"

#include <string.h>

int
columns_plain_name(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (c != '\0' && strchr("<>[]()$\" ", c) != NULL)
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (buf_add_char(b, c) < 0)
			return -1;
	}
	return 0;
}

static void
clear(struct columns *c, int n)
{
	c->n = n;
	c->time = c->clock = c->symbol = -1;
	c->has = 0;
	buf_clear(&c->names);
}

/* Which format has this header, plain names joined by commas. */
static const struct feed_format *
find_format(const char *header)
{
	for (int i = 0; feed_formats[i] != NULL; i++) {
		const struct feed_format *f = feed_formats[i];

		if (f->is_only_forced)
			continue;
		if (f->has_any_header)
			return f;
		for (int k = 0; k < FORMAT_HEADERS_MAX; k++)
			if (f->headers[k] != NULL
			    && strcmp(f->headers[k], header) == 0)
				return f;
	}
	return NULL;
}

static int
refuse(struct buf *why, const char *what, const char *name, const char *rest)
{
	buf_clear(why);
	buf_addf(why, "%s '%s'%s", what, name, rest);
	return -1;
}

static int
fail_memory(struct buf *why)
{
	buf_clear(why);
	buf_add_str(why, "out of memory");
	return -1;
}

/* A date and a time beside each other are the two halves of one. */
static int
take_second_time(struct columns *c, int at, const char *name, size_t n)
{
	const char *first = columns_name(c, c->time);

	if (n == 4 && memcmp(name, "time", 4) == 0) {
		c->clock = at;
		return 0;
	}
	if (strlen(first) >= 4 && strncasecmp(first + (*first == '<'), "time",
	    4) == 0 && n == 4 && memcmp(name, "date", 4) == 0) {
		c->clock = c->time;
		c->time = at;
		return 0;
	}
	return -1;
}

static int
take(int *at_of, int at, enum meaning m)
{
	if (m == IS_NOTHING)
		return 0;
	if (at_of[m] >= 0)
		return -1;
	at_of[m] = at;
	return 0;
}

/* The type is that of which every required value is there. */
static int
find_type(struct columns *c, const int *at_of, struct buf *why)
{
	static const enum record_type types[] = { REC_BAR, REC_TRADE,
		REC_QUOTE };
	enum meaning missing = IS_NOTHING;

	for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
		enum meaning m;
		int n = item_count(types[t]), i;

		for (i = 0; i < n; i++) {
			m = item_value(types[t], i);
			if (item_is_required(m) && at_of[m] < 0)
				break;
		}
		if (i == n) {
			c->type = types[t];
			return 0;
		}
		if (missing == IS_NOTHING)
			missing = item_value(types[t], i);
	}
	return refuse(why, "no column", meaning_name(missing),
	    " in the header (see tfeed --formats)");
}

static int
settle(struct columns *c, const int *at_of, struct buf *why)
{
	if (c->time < 0)
		return refuse(why, "no column", "time", " or 'date' in the "
		    "header (see tfeed --formats)");
	if (find_type(c, at_of, why) < 0)
		return -1;
	c->symbol = at_of[IS_SYMBOL];
	for (int i = 0; i < ITEM_VALUES; i++) {
		c->value[i] = i < item_count(c->type)
		    ? at_of[item_value(c->type, i)] : -1;
		if (c->value[i] >= 0)
			c->has |= (uint16_t)(1u << i);
	}
	return 0;
}

static void
no_columns(int at_of[MEANINGS])
{
	for (int m = 0; m < MEANINGS; m++)
		at_of[m] = -1;
}

/* By the format's own list of meanings; columns after its last are left out. */
static int
by_words(struct columns *c, const char *words, struct buf *why)
{
	int at_of[MEANINGS], at = 0;

	no_columns(at_of);
	for (const char *w = words; *w != '\0' && at < c->n; at++) {
		size_t n = strcspn(w, ",");

		take(at_of, at, meaning_of(w, n));
		w += n + (w[n] == ',');
	}
	c->time = at_of[IS_TIME];
	c->clock = at_of[IS_CLOCK];
	return settle(c, at_of, why);
}

static int
by_names(struct columns *c, const struct rows *header, struct buf *why)
{
	struct buf name = { 0 };
	int at_of[MEANINGS], rc = 0;

	no_columns(at_of);
	for (int i = 0; i < c->n && rc == 0; i++) {
		enum meaning m;

		buf_clear(&name);
		if (columns_plain_name(&name, header->cells[i].s,
		    header->cells[i].n) < 0 || name.len == 0)
			continue;
		m = meaning_of(name.data, name.len);
		if (m == IS_TIME && c->time < 0)
			c->time = i;
		else if (m == IS_TIME)
			rc = take_second_time(c, i, name.data, name.len);
		else if (m != IS_CLOCK)
			rc = take(at_of, i, m);
		if (rc < 0)
			refuse(why, "two columns for", meaning_name(m),
			    " in the header");
	}
	buf_release(&name);
	return rc < 0 ? -1 : settle(c, at_of, why);
}

/* Keeps the names as they are; the plain ones joined go to *joined. */
static int
keep_names(struct columns *c, const struct rows *header, struct buf *joined)
{
	int rc = 0;

	for (int i = 0; i < c->n; i++) {
		const struct cell *cell = &header->cells[i];

		if (i > 0)
			rc |= buf_add_char(joined, ',');
		rc |= columns_plain_name(joined, cell->s, cell->n);
		rc |= buf_add(&c->names, cell->s, strnlen(cell->s, cell->n));
		rc |= buf_add_char(&c->names, '\0');
	}
	return rc;
}

const struct feed_format *
columns_by_header(struct columns *c, const struct rows *header,
    const struct feed_format *forced, struct buf *why)
{
	const struct feed_format *f = forced;
	struct buf joined = { 0 };
	const char *text = NULL;

	clear(c, header->n);
	if (header->n > ROWS_CELLS_MAX)
		refuse(why, "more columns in the header than", "1024", "");
	else if (keep_names(c, header, &joined) < 0
	    || (text = buf_str(&joined)) == NULL)
		fail_memory(why);
	if (f == NULL && text != NULL)
		f = find_format(text);
	buf_release(&joined);
	if (text == NULL || f == NULL)
		return NULL;
	if (f->columns != NULL)
		return by_words(c, f->columns, why) < 0 ? NULL : f;
	return by_names(c, header, why) < 0 ? NULL : f;
}

int
columns_is_data(const struct rows *row)
{
	const struct cell *first = &row->cells[0];

	return row->n > 0 && first->n > 0 && first->s[0] >= '0'
	    && first->s[0] <= '9';
}

static int
count_words(const char *words)
{
	int n = 1;

	for (; *words != '\0'; words++)
		n += *words == ',';
	return n;
}

const struct feed_format *
columns_by_row(struct columns *c, const struct rows *row,
    const struct feed_format *forced, struct buf *why)
{
	const struct feed_format *f = forced;

	for (int i = 0; f == NULL && feed_formats[i] != NULL; i++)
		if (feed_formats[i]->has_no_header
		    && !feed_formats[i]->is_only_forced
		    && count_words(feed_formats[i]->columns) == row->n)
			f = feed_formats[i];
	clear(c, row->n);
	if (f == NULL) {
		buf_clear(why);
		buf_addf(why, "no header, and %d columns are of no format "
		    "known (fix: --format F, or add a header)", row->n);
		return NULL;
	}
	for (const char *w = f->columns; *w != '\0';) {
		size_t len = strcspn(w, ",");

		if (buf_add(&c->names, w, len) < 0
		    || buf_add_char(&c->names, '\0') < 0) {
			fail_memory(why);
			return NULL;
		}
		w += len + (w[len] == ',');
	}
	return by_words(c, f->columns, why) < 0 ? NULL : f;
}

const char *
columns_name(const struct columns *c, int column)
{
	const char *s = c->names.data, *end = s + c->names.len;

	for (; column > 0 && s < end; column--)
		s += strlen(s) + 1;
	return s < end ? s : "";
}

void
columns_release(struct columns *c)
{
	buf_release(&c->names);
}
