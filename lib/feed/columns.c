/* SPDX-License-Identifier: MIT */
/* Headers to meanings: by a format's own words, or by the names. */
#include "feed/columns.h"

#include <string.h>
#include <strings.h>

#include "feed/shape.h"

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
	c->time = c->clock = c->ms = c->per = c->symbol = -1;
	c->has = 0;
	buf_clear(&c->names);
}

/* Equal, or equal up to a last '*'. */
static int
is_header(const char *pattern, const char *header)
{
	size_t n = strlen(pattern);

	if (n == 0 || pattern[n - 1] != '*')
		return strcmp(pattern, header) == 0;
	return strncmp(pattern, header, n - 1) == 0;
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
			    && is_header(f->headers[k], header))
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
settle(struct columns *c, int *at_of, struct buf *why)
{
	/* Beside an open, a high and a low, a price is the close. */
	if (at_of[IS_CLOSE] < 0 && at_of[IS_OPEN] >= 0 && at_of[IS_HIGH] >= 0
	    && at_of[IS_LOW] >= 0)
		at_of[IS_CLOSE] = at_of[IS_PRICE];
	c->ms = at_of[IS_MS];
	c->per = at_of[IS_PER];
	if (c->time < 0 && c->ms < 0)
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
columns_is_data(const struct rows *row, int column)
{
	const struct cell *cell = &row->cells[column < 0 ? 0 : column];

	return row->n > column && cell->n > 0 && cell->s[0] >= '0'
	    && cell->s[0] <= '9';
}

static int
has_shape(const struct feed_format *f, const struct rows *row)
{
	for (int i = 0; i < FORMAT_SHAPES_MAX; i++)
		if (f->shapes[i] != NULL && shape_fits_row(f->shapes[i], row))
			return 1;
	return 0;
}

/* The one format of which a row without header can be; two are none. */
static const struct feed_format *
find_shape(const struct rows *row, struct buf *why)
{
	const struct feed_format *found = NULL;

	for (int i = 0; feed_formats[i] != NULL; i++) {
		const struct feed_format *f = feed_formats[i];

		if (f->is_only_forced || !has_shape(f, row))
			continue;
		if (found != NULL) {
			buf_clear(why);
			buf_addf(why, "no header, and the rows may be of %s or "
			    "of %s (fix: --format %s or --format %s)",
			    found->name, f->name, found->name, f->name);
			return NULL;
		}
		found = f;
	}
	if (found == NULL) {
		buf_clear(why);
		buf_addf(why, "no header, and %d columns are of no format "
		    "known (fix: --format F, --map time=1,open=2,..., or add "
		    "a header)", row->n);
	}
	return found;
}

/* Columns of no name are called by what they mean. */
static int
name_by_words(struct columns *c, const char *words)
{
	for (const char *w = words; *w != '\0';) {
		size_t len = strcspn(w, ",");

		if (buf_add(&c->names, w, len) < 0
		    || buf_add_char(&c->names, '\0') < 0)
			return -1;
		w += len + (w[len] == ',');
	}
	return 0;
}

const struct feed_format *
columns_by_row(struct columns *c, const struct rows *row,
    const struct feed_format *forced, struct buf *why)
{
	const struct feed_format *f = forced != NULL ? forced
	    : find_shape(row, why);

	clear(c, row->n);
	if (f == NULL)
		return NULL;
	if (name_by_words(c, f->columns) < 0) {
		fail_memory(why);
		return NULL;
	}
	return by_words(c, f->columns, why) < 0 ? NULL : f;
}

int
columns_map_is_of_numbers(const char *map)
{
	const char *eq;

	for (; (eq = strchr(map, '=')) != NULL; map = eq) {
		eq++;
		if (*eq < '0' || *eq > '9' || eq[strspn(eq, "0123456789")]
		    != eq[strcspn(eq, ",")])
			return 0;
	}
	return 1;
}

/* The column of a name, or by its number; -1: there is none. Where all are
 * numbers, no name is looked for: the first row may be data. */
static int
find_column(const struct columns *c, const char *name, size_t n, int by_number)
{
	int at = 0;

	for (int i = 0; i < c->n && !by_number; i++) {
		const char *has = columns_name(c, i);

		if (strlen(has) == n && strncasecmp(has, name, n) == 0)
			return i;
	}
	for (size_t i = 0; i < n; i++) {
		if (name[i] < '0' || name[i] > '9' || at > ROWS_CELLS_MAX)
			return -1;
		at = at * 10 + (name[i] - '0');
	}
	return at >= 1 && at <= c->n ? at - 1 : -1;
}

static int
refuse_word(struct buf *why, const char *what, const char *s, size_t n)
{
	buf_clear(why);
	buf_addf(why, "--map: %s '%.*s'", what, (int)n, s);
	return -1;
}

/* One word=name of the map. */
static int
map_one(struct columns *c, int *at_of, const char *map, const char *s,
    struct buf *why)
{
	size_t n = strcspn(s, ","), word = strcspn(s, "=");
	enum meaning m;
	int at;

	if (word >= n)
		return refuse_word(why, "no '=' in", s, n);
	m = meaning_of(s, word);
	if (m == IS_NOTHING)
		return refuse_word(why, "nothing is called", s, word);
	at = find_column(c, s + word + 1, n - word - 1,
	    columns_map_is_of_numbers(map));
	if (at < 0)
		return refuse_word(why, "there is no column", s + word + 1,
		    n - word - 1);
	at_of[m] = at;
	return 0;
}

int
columns_by_map(struct columns *c, const struct rows *header, const char *map,
    struct buf *why)
{
	struct buf joined = { 0 };
	int at_of[MEANINGS];

	clear(c, header->n);
	no_columns(at_of);
	if (header->n > ROWS_CELLS_MAX)
		return refuse(why, "more columns than", "1024", "");
	if (keep_names(c, header, &joined) < 0) {
		buf_release(&joined);
		return fail_memory(why);
	}
	buf_release(&joined);
	for (const char *s = map; *s != '\0';) {
		if (map_one(c, at_of, map, s, why) < 0)
			return -1;
		s += strcspn(s, ",");
		s += *s == ',';
	}
	c->time = at_of[IS_TIME];
	c->clock = at_of[IS_CLOCK];
	return settle(c, at_of, why);
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
