/* SPDX-License-Identifier: MIT */
/* Reading the fields of market records. */
#include "record/market.h"

#include <string.h>

#include "base/text.h"
#include "base/time.h"

void
market_keys_init(struct market_keys *k)
{
	static const struct market_keys keys = {
	    .seq = KEY("seq"), .time = KEY("time"), .symbol = KEY("symbol"),
	    .span = KEY("span"), .more = KEY("more"), .open = KEY("open"),
	    .high = KEY("high"), .low = KEY("low"), .close = KEY("close"),
	    .volume = KEY("volume"), .price = KEY("price"),
	    .size = KEY("size")};

	*k = keys;
}

static int
read_span(struct market_keys *k, const struct record *r, int64_t *out)
{
	const struct field *f = record_find(r, &k->span);
	const char *s;
	size_t n;

	if (f == NULL || field_plain(f, &s, &n) != 0 ||
	    n >= sizeof k->span_text)
		return -1;
	if (n != k->span_len || memcmp(s, k->span_text, n) != 0) {
		if (span_parse(s, n, &k->span_ns) != 0)
			return -1;
		memcpy(k->span_text, s, n);
		k->span_len = n;
	}
	*out = k->span_ns;
	return 0;
}

static int
read_more(struct market_keys *k, const struct record *r, int *out)
{
	const struct field *f = record_find(r, &k->more);

	*out = 0;
	return f == NULL ? 0 : field_bool(f, out);
}

int
market_read_head(struct market_keys *k, const struct record *r,
    struct market_head *out, const char **field)
{
	const struct field *f = record_find(r, &k->seq);

	out->seq = 0;
	*field = "seq";
	if (f != NULL && (field_int(f, &out->seq) != 0 || out->seq <= 0))
		return -1;
	*field = "time";
	f = record_find(r, &k->time);
	if (f == NULL || field_time(f, &out->time, &out->digits) != 0)
		return -1;
	*field = "symbol";
	f = record_find(r, &k->symbol);
	if (f == NULL || field_plain(f, &out->symbol, &out->symbol_len) != 0 ||
	    !text_is_symbol(out->symbol, out->symbol_len))
		return -1;
	*field = "span";
	out->span = 0;
	if (r->type == REC_BAR && read_span(k, r, &out->span) != 0)
		return -1;
	if (__builtin_add_overflow(out->time, out->span, &out->known))
		return -1;
	*field = "more";
	return read_more(k, r, &out->more);
}

static int
read_dec(struct key *k, const struct record *r, struct dec *out)
{
	const struct field *f = record_find(r, k);

	return f != NULL ? field_dec(f, out) : -1;
}

int
market_read_prices(struct market_keys *k, const struct record *r,
    struct market_prices *out, const char **field)
{
	if (r->type == REC_TRADE) {
		*field = "price";
		if (read_dec(&k->price, r, &out->open) != 0)
			return -1;
		out->high = out->low = out->close = out->open;
		out->has_volume = read_dec(&k->size, r, &out->volume) == 0;
		return 0;
	}
	*field = "open";
	if (read_dec(&k->open, r, &out->open) != 0)
		return -1;
	*field = "high";
	if (read_dec(&k->high, r, &out->high) != 0)
		return -1;
	*field = "low";
	if (read_dec(&k->low, r, &out->low) != 0)
		return -1;
	*field = "close";
	if (read_dec(&k->close, r, &out->close) != 0)
		return -1;
	out->has_volume = read_dec(&k->volume, r, &out->volume) == 0;
	return 0;
}
