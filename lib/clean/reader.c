/* SPDX-License-Identifier: MIT */
/* Reading a market record whole: every field there and of its kind. */
#include "clean/reader.h"

#include <string.h>

#include "base/text.h"
#include "base/time.h"

static const char *const names[CLEAN_FIELDS] = {
	[CLEAN_TIME] = "time",
	[CLEAN_SYMBOL] = "symbol",
	[CLEAN_SPAN] = "span",
	[CLEAN_SEQ] = "seq",
	[CLEAN_MORE] = "more",
	[CLEAN_FLAGS] = "flags",
	[CLEAN_OPEN] = "open",
	[CLEAN_HIGH] = "high",
	[CLEAN_LOW] = "low",
	[CLEAN_CLOSE] = "close",
	[CLEAN_VOLUME] = "volume",
	[CLEAN_TRADES] = "trades",
	[CLEAN_VWAP] = "vwap",
	[CLEAN_PRICE] = "price",
	[CLEAN_SIZE] = "size",
	[CLEAN_BID] = "bid",
	[CLEAN_ASK] = "ask",
	[CLEAN_BID_SIZE] = "bid_size",
	[CLEAN_ASK_SIZE] = "ask_size",
};

/* The values of each type: [first, optional) must be there, [optional, end)
 * may be missing or null. */
static const struct values {
	enum clean_field first, optional, end;
} values[3] = {
	[REC_BAR - REC_BAR] = { CLEAN_OPEN, CLEAN_VOLUME, CLEAN_PRICE },
	[REC_TRADE - REC_BAR] = { CLEAN_PRICE, CLEAN_BID, CLEAN_BID },
	[REC_QUOTE - REC_BAR] = { CLEAN_BID, CLEAN_BID_SIZE, CLEAN_FIELDS },
};

_Static_assert(REC_TRADE == REC_BAR + 1 && REC_QUOTE == REC_BAR + 2,
    "the market types follow each other");

const char *
clean_field_name(enum clean_field f)
{
	return names[f];
}

void
clean_reader_init(struct clean_reader *m)
{
	for (int t = 0; t < 3; t++)
		for (int f = 0; f < CLEAN_FIELDS; f++)
			m->keys[t][f] = (struct key){ .name = names[f],
				.len = (uint16_t)strlen(names[f]) };
}

struct reading {
	struct clean_reader *m;
	struct key *keys;
	struct clean_item *in;
	struct clean_finding *out;
};

/* What is wrong with a field, or that it is missing or null. */
static int
refuse(struct reading *x, enum clean_field f, const char *what)
{
	const struct field *at = x->in->field[f];

	if (at == NULL)
		what = "is missing";
	else if (at->kind == F_NULL)
		what = "is null";
	clean_refuse(x->out, f, "%s %s", names[f], what);
	return -1;
}

/* Whether a field is there and not null. Most records have none but those that
 * must be there, and then there is nothing to look through for others. */
static inline int
find(struct reading *x, enum clean_field f)
{
	const struct field *at;

	if (x->in->unknown == 0)
		return 0;
	at = record_find(x->in->record, &x->keys[f]);
	if (at == NULL)
		return 0;
	x->in->field[f] = at;
	x->in->unknown--;
	if (at->kind == F_NULL)
		return 0;
	x->in->known |= UINT32_C(1) << f;
	return 1;
}

/* seq, more and flags may be missing, but not null or of another kind. */
static inline int
is_absent(struct reading *x, enum clean_field f)
{
	return !find(x, f) && x->in->field[f] == NULL;
}

static int
read_time(struct reading *x)
{
	const struct field *f;

	if (!find(x, CLEAN_TIME) ||
	    field_time(x->in->field[CLEAN_TIME], &x->in->time,
	        &x->in->digits) != 0)
		return refuse(x, CLEAN_TIME, "is not a time");
	f = x->in->field[CLEAN_TIME];
	if (f->kind == F_STRING && f->text[f->text_len - 1] != 'Z')
		return refuse(x, CLEAN_TIME, "is not UTC (with Z)");
	return 0;
}

static int
read_symbol(struct reading *x)
{
	struct clean_item *in = x->in;

	if (!find(x, CLEAN_SYMBOL) ||
	    field_plain(in->field[CLEAN_SYMBOL], &in->symbol,
	        &in->symbol_len) != 0 ||
	    !text_is_symbol(in->symbol, in->symbol_len))
		return refuse(x, CLEAN_SYMBOL, "is not a symbol");
	return 0;
}

static int
parse_span(struct clean_reader *m, const char *s, size_t n)
{
	if (m->span_len == n && n > 0 && memcmp(m->span_text, s, n) == 0)
		return 0;
	if (n > sizeof m->span_text)
		return -1;
	m->span_len = 0;
	if (span_parse(s, n, &m->span) != 0)
		return -1;
	memcpy(m->span_text, s, n);
	m->span_len = n;
	return 0;
}

/* A bar is known at its end, so that must be a time too. */
static int
read_span(struct reading *x)
{
	const char *s;
	int64_t end;
	size_t n;

	if (!find(x, CLEAN_SPAN) ||
	    field_plain(x->in->field[CLEAN_SPAN], &s, &n) != 0 ||
	    parse_span(x->m, s, n) != 0)
		return refuse(x, CLEAN_SPAN, "is not a length of time");
	x->in->span = x->m->span;
	if (__builtin_add_overflow(x->in->time, x->in->span, &end))
		return refuse(x, CLEAN_TIME, "is out of range");
	return 0;
}

static int
read_options(struct reading *x)
{
	struct clean_item *in = x->in;

	if (!is_absent(x, CLEAN_SEQ) &&
	    field_int(in->field[CLEAN_SEQ], &in->seq) != 0)
		return refuse(x, CLEAN_SEQ, "is not an integer");
	if (in->seq < 0)
		return refuse(x, CLEAN_SEQ, "is negative");
	if (!is_absent(x, CLEAN_MORE) &&
	    field_bool(in->field[CLEAN_MORE], &in->has_more) != 0)
		return refuse(x, CLEAN_MORE, "is not true or false");
	if (!is_absent(x, CLEAN_FLAGS) &&
	    in->field[CLEAN_FLAGS]->kind != F_STRING)
		return refuse(x, CLEAN_FLAGS, "is not a string");
	return 0;
}

static int
read_value(struct reading *x, enum clean_field f)
{
	const struct field *at = x->in->field[f];

	if (field_dec(at, &x->in->value[f]) == 0)
		return 0;
	return refuse(x, f, at->kind == F_NUMBER ? "has more digits than fit"
	                                         : "is not a number");
}

static int
read_values(struct reading *x)
{
	struct clean_item *in = x->in;
	const struct values *v = &values[in->record->type - REC_BAR];
	enum clean_field f;

	for (f = v->first; f < v->optional; f++)
		if (!find(x, f) ? refuse(x, f, "") : read_value(x, f))
			return -1;
	if (read_options(x) != 0)
		return -1;
	for (; f < v->end; f++)
		if (find(x, f) && read_value(x, f) != 0)
			return -1;
	if (clean_knows(in, CLEAN_TRADES) && in->value[CLEAN_TRADES].scale != 0)
		return refuse(x, CLEAN_TRADES, "is not an integer");
	return 0;
}

static int
read_head(struct reading *x)
{
	if (read_time(x) != 0 || read_symbol(x) != 0)
		return -1;
	return x->in->record->type == REC_BAR ? read_span(x) : 0;
}

int
clean_read(struct clean_reader *m, const struct record *r,
    struct clean_item *in, struct clean_finding *out)
{
	struct reading x = { .m = m, .keys = m->keys[r->type - REC_BAR],
		.in = in, .out = out };

	memset(in->field, 0, sizeof in->field);
	in->record = r;
	in->unknown = r->n - 1; /* all but the type */
	in->known = 0;
	in->has_more = 0;
	in->has_factor = 0;
	in->time = 0;
	in->span = 0;
	in->seq = 0;
	in->is_read = read_head(&x) == 0 && read_values(&x) == 0;
	return in->is_read ? 0 : -1;
}
