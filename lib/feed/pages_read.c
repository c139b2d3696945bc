/* SPDX-License-Identifier: MIT */
/* The pages that are known: Alpaca's bars, trades and quotes of one symbol or
 * of several, Coinbase's candles of both its services, Binance's klines. */
#include <stdlib.h>
#include <string.h>

#include "base/real.h"
#include "base/text.h"
#include "feed/number.h"
#include "feed/pages.h"
#include "feed/when.h"

enum { BINANCE_ROW = 12, COINBASE_ROW = 6, WORD_SHOWN = 80 };

static const struct page_key {
	const char *key;
	enum meaning is;
} keys[] = {
	{ "t", IS_TIME }, { "start", IS_TIME },
	{ "o", IS_OPEN }, { "open", IS_OPEN },
	{ "h", IS_HIGH }, { "high", IS_HIGH },
	{ "l", IS_LOW }, { "low", IS_LOW },
	{ "c", IS_CLOSE }, { "close", IS_CLOSE },
	{ "v", IS_VOLUME }, { "volume", IS_VOLUME },
	{ "n", IS_TRADES }, { "vw", IS_VWAP },
	{ "p", IS_PRICE }, { "s", IS_SIZE },
	{ "bp", IS_BID }, { "bs", IS_BID_SIZE },
	{ "ap", IS_ASK }, { "as", IS_ASK_SIZE },
};

static const enum meaning binance_row[BINANCE_ROW] = { IS_TIME, IS_OPEN,
	IS_HIGH, IS_LOW, IS_CLOSE, IS_VOLUME, IS_NOTHING, IS_NOTHING,
	IS_TRADES };
static const enum meaning coinbase_row[COINBASE_ROW] = { IS_TIME, IS_LOW,
	IS_HIGH, IS_OPEN, IS_CLOSE, IS_VOLUME };

static enum meaning
meaning_of_key(const char *key)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(keys[i].key, key) == 0)
			return keys[i].is;
	return IS_NOTHING;
}

/* The text of a number or a string. A real comes back as the shortest decimal
 * of its double, which is what stood there up to 15 digits. */
static size_t
text_of(const json_t *v, char *number, const char **out)
{
	*out = number;
	if (json_is_string(v)) {
		*out = json_string_value(v);
		return json_string_length(v);
	}
	if (json_is_integer(v))
		return (size_t)snprintf(number, REAL_TEXT_MAX, "%lld",
		    (long long)json_integer_value(v));
	return json_is_real(v) ? real_print(json_real_value(v), number) : 0;
}

static int
refuse(struct source *src, int i, const char *what, const json_t *v)
{
	char number[REAL_TEXT_MAX];
	struct buf shown = { 0 };
	const char *s;
	size_t n = text_of(v, number, &s);
	int rc = text_add_visible(&shown, s, n, WORD_SHOWN) < 0
	    || buf_str(&shown) == NULL ? stage_fail_memory(src->feed->stage)
	    : source_refuse(src, src->line, 0, "row %d: bad %s '%s'", i + 1, what,
	    shown.data);

	buf_release(&shown);
	return rc < 0 ? -1 : 1;
}

/* One value of a row: 0, 1 the row is refused, -1. */
static int
take_value(struct source *src, struct item *it, enum meaning m,
    const json_t *v)
{
	char number[REAL_TEXT_MAX];
	struct when when = { .zone = src->feed->zone };
	const char *s;
	size_t n = text_of(v, number, &s);
	enum when_kind kind;
	int rounded, i = (int)(m - item_value(it->type, 0));

	if (m == IS_TIME) {
		kind = when_parse(&when, s, n, &it->time);
		return kind == WHEN_INSTANT || kind == WHEN_DATE ? 0
		    : refuse(src, (int)it->line, "time", v);
	}
	if (m == IS_NOTHING || i < 0 || i >= item_count(it->type))
		return 0;
	it->has |= (uint16_t)(1u << i);
	if (json_is_null(v) && !item_is_required(m))
		return 0;
	if (n == 0 || number_read(s, n, DECIMAL_POINT, &it->v[i], &rounded)
	    != NUMBER_OK)
		return refuse(src, (int)it->line, meaning_name(m), v);
	src->feed->rounded += rounded;
	it->known |= (uint16_t)(1u << i);
	return 0;
}

/* 0 all is there, 1 refused, -1. */
static int
check_whole(struct source *src, const struct item *it)
{
	for (int i = 0; i < item_count(it->type); i++)
		if (item_is_required(item_value(it->type, i))
		    && !(it->known >> i & 1))
			return source_refuse(src, src->line, 0, "row %d: no %s",
			    (int)it->line + 1, meaning_name(item_value(
			    it->type, i))) < 0 ? -1 : 1;
	return 0;
}

static struct item *
room(struct source *src, struct page_items *to)
{
	struct item *all;
	int cap;

	if (to->n < to->cap)
		return &to->all[to->n];
	cap = to->cap == 0 ? 1024 : 2 * to->cap;
	all = reallocarray(to->all, (size_t)cap, sizeof *all);
	if (all == NULL) {
		stage_fail_memory(src->feed->stage);
		return NULL;
	}
	to->all = all;
	to->cap = cap;
	return &to->all[to->n];
}

/* An object's keys, or an array's places, as `places` has them. */
static int
take_row(struct source *src, struct item *it, const json_t *row,
    const enum meaning *places)
{
	const char *key;
	json_t *v;
	size_t i;
	int rc = 0, has_time = places != NULL;

	if (places != NULL) {
		for (i = 0; i < json_array_size(row) && rc == 0; i++)
			rc = take_value(src, it, places[i],
			    json_array_get(row, i));
	} else {
		json_object_foreach((json_t *)(uintptr_t)row, key, v) {
			has_time |= meaning_of_key(key) == IS_TIME;
			if (rc == 0)
				rc = take_value(src, it, meaning_of_key(key),
				    v);
		}
	}
	if (rc == 0 && !has_time)
		return source_refuse(src, src->line, 0, "row %d: no time",
		    (int)it->line + 1) < 0 ? -1 : 1;
	return rc;
}

/* What a list of rows is, and of what symbol. */
struct list {
	enum record_type type;
	const enum meaning *places; /* of rows that are arrays, or NULL */
	size_t size; /* of these */
	int64_t symbol;
};

static int
take_list(struct source *src, const json_t *rows, const struct list *l,
    struct page_items *to)
{
	size_t i;
	json_t *row;

	json_array_foreach(rows, i, row) {
		struct item *it = room(src, to);
		int rc;

		if (it == NULL)
			return -1;
		memset(it, 0, sizeof *it);
		it->type = l->type;
		it->symbol = (uint32_t)l->symbol;
		it->line = (int64_t)i;
		src->feed->rows++;
		if (l->places != NULL ? json_array_size(row) != l->size
		    : !json_is_object(row))
			rc = refuse(src, (int)i, "row", row);
		else
			rc = take_row(src, it, row, l->places);
		if (rc == 0)
			rc = check_whole(src, it);
		if (rc < 0)
			return -1;
		it->line = 0;
		to->n += rc == 0;
	}
	return 0;
}

/* The symbol that a page names, unless one was given. */
static int64_t
symbol_of(struct source *src, const char *name)
{
	int64_t id;

	if (src->symbol != NULL || name == NULL)
		return source_symbol(src);
	if (!text_is_symbol(name, strlen(name)))
		return source_fail(src, EXIT_INPUT, 0, "a symbol that is none "
		    "(wants letters, digits and ._:/^=-)");
	id = table_intern(&src->feed->symbols, name, strlen(name), NULL);
	return id < 0 ? stage_fail_memory(src->feed->stage) : id;
}

/* {"AAPL": [...], "MSFT": [...]} */
static int
take_symbols(struct source *src, const json_t *lists, struct list *l,
    struct page_items *to)
{
	const char *name;
	json_t *rows;

	if (src->symbol != NULL && json_object_size(lists) > 1)
		return source_fail(src, EXIT_USAGE, 0, "there are several "
		    "symbols, which cannot all be '%s'", src->symbol);
	json_object_foreach((json_t *)(uintptr_t)lists, name, rows) {
		l->symbol = symbol_of(src, name);
		if (l->symbol < 0 || take_list(src, rows, l, to) < 0)
			return -1;
	}
	return 0;
}

/* What it says instead of data: services answer with an object of one text. */
static int
fail_page(struct source *src, const json_t *page)
{
	const char *key = "", *s;
	struct buf shown = { 0 };
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)page, key, v) {
		s = json_string_value(v);
		if (s == NULL)
			continue;
		text_add_visible(&shown, key, strlen(key), WORD_SHOWN);
		buf_add_str(&shown, ": ");
		text_add_visible(&shown, s, strlen(s), 3 * WORD_SHOWN);
		break;
	}
	if (shown.len > 0)
		source_fail(src, EXIT_INPUT, 0, "this is no market data but an "
		    "answer that says %s", buf_str(&shown));
	else
		source_fail(src, EXIT_INPUT, 0, "this is JSON of a kind that "
		    "is not known (wants pages of Alpaca, Binance or Coinbase, "
		    "or records)");
	buf_release(&shown);
	return -1;
}

static int
take_object(struct source *src, const json_t *page, struct page_items *to)
{
	static const struct {
		const char *key, *format;
		enum record_type type;
	} lists[] = {
		{ "bars", "alpaca", REC_BAR },
		{ "trades", "alpaca", REC_TRADE },
		{ "quotes", "alpaca", REC_QUOTE },
		{ "candles", "coinbase", REC_BAR },
	};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const json_t *rows = json_object_get(page, lists[i].key);
		struct list l = { .type = lists[i].type };

		if (rows == NULL)
			continue;
		to->format = lists[i].format;
		if (json_is_object(rows))
			return take_symbols(src, rows, &l, to);
		l.symbol = symbol_of(src, json_string_value(
		    json_object_get(page, "symbol")));
		return l.symbol < 0 ? -1 : take_list(src, rows, &l, to);
	}
	return fail_page(src, page);
}

/* Seconds: other services have rows of six with milliseconds. */
static int
is_coinbase(const json_t *row)
{
	json_int_t t = json_integer_value(json_array_get(row, 0));

	return json_array_size(row) == COINBASE_ROW && t > 0
	    && t < 100000000000;
}

/* Binance says when a bar ends, to the millisecond or microsecond. */
static int64_t
binance_span(const json_t *row)
{
	json_int_t from = json_integer_value(json_array_get(row, 0));
	json_int_t to = json_integer_value(json_array_get(row, 6));
	int64_t unit = from < 100000000000000 ? 1000000 : 1000, span;

	if (to <= from || __builtin_mul_overflow(to - from + 1, unit, &span))
		return 0;
	return span;
}

static int
take_array(struct source *src, const json_t *page, struct page_items *to)
{
	const json_t *first = json_array_get(page, 0);
	struct list l = { .type = REC_BAR };

	if (first == NULL)
		return 0; /* [] is an answer, too */
	if (json_array_size(first) == BINANCE_ROW) {
		to->format = "binance_json";
		to->span = binance_span(first);
		l.places = binance_row;
		l.size = BINANCE_ROW;
	} else if (is_coinbase(first)) {
		to->format = "coinbase";
		l.places = coinbase_row;
		l.size = COINBASE_ROW;
	} else {
		return fail_page(src, page);
	}
	l.symbol = symbol_of(src, NULL);
	return l.symbol < 0 ? -1 : take_list(src, page, &l, to);
}

int
pages_take(struct source *src, const json_t *page, struct page_items *to)
{
	return json_is_array(page) ? take_array(src, page, to)
	    : take_object(src, page, to);
}
