/* SPDX-License-Identifier: MIT */
/* Reading, printing and sealing the terms of an order. */
#include "order/terms.h"

#include <stdio.h>
#include <string.h>

#include "record/named.h"

static const char *const type_names[] = {"market", "limit", "stop",
    "stop_limit", "trail"};
static const char *const tif_names[] = {"day", "gtc", "ioc", "fok", "opg",
    "cls", "bar"};
static const char *const allow_names[] = {"short", "flip", "margin"};

static int
name_index(const char *const *names, int count, const char *s, size_t n)
{
	for (int i = 0; i < count; i++)
		if (strlen(names[i]) == n && memcmp(names[i], s, n) == 0)
			return i;
	return -1;
}

int
order_type_parse(const char *s, size_t n)
{
	return name_index(type_names, 5, s, n);
}

const char *
order_type_name(enum order_type t)
{
	return type_names[t];
}

int
tif_parse(const char *s, size_t n)
{
	return name_index(tif_names, 7, s, n);
}

const char *
tif_name(enum tif t)
{
	return tif_names[t];
}

int
allow_parse(const char *s, size_t n, unsigned *allow)
{
	*allow = 0;
	while (n > 0) {
		const char *comma = memchr(s, ',', n);
		size_t len = comma != NULL ? (size_t)(comma - s) : n;
		int i = name_index(allow_names, 3, s, len);

		if (i < 0)
			return -1;
		*allow |= 1u << i;
		s += len + (comma != NULL);
		n -= len + (comma != NULL);
	}
	return 0;
}

/* A number and %, as a fraction. */
static int
percent_parse(const char *s, size_t n, struct dec *out)
{
	const struct dec hundredth = {1, 2};

	if (n < 2 || s[n - 1] != '%' || dec_parse(s, n - 1, out) != DEC_OK)
		return -1;
	return dec_mul(*out, hundredth, DEC_SCALE_MAX, DEC_HALF_EVEN, out);
}

int
relative_parse(const char *s, size_t n, struct dec *out)
{
	if (n < 3 || (s[0] != '+' && s[0] != '-') || s[1] == '-')
		return -1;
	return s[0] == '+' ? percent_parse(s + 1, n - 1, out) :
	    percent_parse(s, n, out);
}

/* A field that may be missing: 1 there, 0 not, -1 no number. */
static int
maybe_dec(const struct record *r, const char *name, struct dec *out)
{
	const struct field *f = named_find(r, name);

	if (f == NULL)
		return 0;
	return field_dec(f, out) == 0 ? 1 : -1;
}

static int
maybe_word(const struct record *r, const char *name,
    int (*parse)(const char *, size_t), int *out)
{
	const struct field *f = named_find(r, name);
	const char *s;
	size_t n;

	if (f == NULL)
		return 0;
	if (field_plain(f, &s, &n) != 0 || (*out = parse(s, n)) < 0)
		return -1;
	return 1;
}

static int
side_parse(const char *s, size_t n)
{
	if (n == 3 && memcmp(s, "buy", 3) == 0)
		return 0;
	return n == 4 && memcmp(s, "sell", 4) == 0 ? 1 : -1;
}

static int
read_exit(const struct record *r, const char *name, struct exit_price *e)
{
	const struct field *f = named_find(r, name);
	const char *s;
	size_t n;

	e->kind = EXIT_PRICE_NONE;
	if (f == NULL)
		return 0;
	if (field_plain(f, &s, &n) == 0) {
		e->kind = EXIT_PRICE_RELATIVE;
		return relative_parse(s, n, &e->value);
	}
	e->kind = EXIT_PRICE_AT;
	return field_dec(f, &e->value) == 0 && dec_sign(e->value) > 0 ? 0 : -1;
}

static int
read_trail(const struct record *r, struct terms *t)
{
	const struct field *f = named_find(r, "trail");
	const char *s;
	size_t n;

	if (f == NULL)
		return 0;
	if (field_plain(f, &s, &n) != 0 || percent_parse(s, n, &t->trail) != 0)
		return -1;
	return dec_sign(t->trail) > 0 && dec_cmp(t->trail, dec_int(1)) < 0 ?
	    0 : -1;
}

static int
read_allow(const struct record *r, struct terms *t)
{
	const struct field *f = named_find(r, "allow");
	const char *s;
	size_t n;

	if (f == NULL)
		return 0;
	return field_plain(f, &s, &n) == 0 ? allow_parse(s, n, &t->allow) : -1;
}

static int
read_max_bars(const struct record *r, struct terms *t)
{
	const struct field *f = named_find(r, "max_bars");

	if (f == NULL)
		return 0;
	return field_int(f, &t->max_bars) == 0 && t->max_bars > 0 &&
	    t->max_bars < 1000000 ? 0 : -1;
}

/* What the type needs must be there, and be a price. */
static const char *
check_prices(const struct terms *t)
{
	int wants_limit = t->type == TYPE_LIMIT || t->type == TYPE_STOP_LIMIT;
	int wants_stop = t->type == TYPE_STOP || t->type == TYPE_STOP_LIMIT;

	if (wants_limit != t->has_limit ||
	    (t->has_limit && dec_sign(t->limit) <= 0))
		return "limit";
	if (wants_stop != t->has_stop ||
	    (t->has_stop && dec_sign(t->stop) <= 0))
		return "stop";
	if (t->type == TYPE_TRAIL && dec_sign(t->trail) <= 0)
		return "trail";
	return NULL;
}

int
terms_read(const struct record *r, struct terms *t, const char **field,
    const char **what)
{
	int side = -1, type = TYPE_MARKET, tif = TIF_DAY;

	memset(t, 0, sizeof *t);
	*what = "missing, or not what it must be";
#define WANT(name, ok)                    \
	do {                              \
		*field = (name);          \
		if (!(ok))                \
			return -1;        \
	} while (0)
	WANT("side", maybe_word(r, "side", side_parse, &side) == 1);
	t->side = side == 0 ? SIDE_BUY : SIDE_SELL;
	WANT("qty", maybe_dec(r, "qty", &t->qty) == 1 && dec_sign(t->qty) > 0);
	WANT("order_type",
	    maybe_word(r, "order_type", order_type_parse, &type) == 1);
	WANT("tif", maybe_word(r, "tif", tif_parse, &tif) >= 0);
	WANT("limit", (t->has_limit = maybe_dec(r, "limit", &t->limit)) >= 0);
	WANT("stop", (t->has_stop = maybe_dec(r, "stop", &t->stop)) >= 0);
	WANT("worst", (t->has_worst = maybe_dec(r, "worst", &t->worst)) >= 0);
	WANT("target",
	    (t->has_target = maybe_dec(r, "target", &t->target)) >= 0);
	WANT("tick", maybe_dec(r, "tick", &t->tick) >= 0 &&
	    dec_sign(t->tick) >= 0);
	WANT("stop_loss", read_exit(r, "stop_loss", &t->stop_loss) == 0);
	WANT("take_profit", read_exit(r, "take_profit", &t->take_profit) == 0);
	WANT("trail", read_trail(r, t) == 0);
	WANT("max_bars", read_max_bars(r, t) == 0);
	WANT("allow", read_allow(r, t) == 0);
#undef WANT
	t->type = (enum order_type)type;
	t->tif = (enum tif)tif;
	*field = check_prices(t);
	return *field == NULL ? 0 : -1;
}

/* 0.05 as "5%"; with its sign when it is relative. */
static int
put_percent(struct record *r, const char *name, struct dec v, int with_sign)
{
	struct key k = {.name = name, .len = (uint16_t)strlen(name)};
	char text[DEC_TEXT_MAX + 2];
	size_t n = 0;

	if (dec_mul(v, dec_int(100), DEC_SCALE_MAX, DEC_HALF_EVEN, &v) != 0)
		return -1;
	if (with_sign && dec_sign(v) >= 0)
		text[n++] = '+';
	n += dec_print(v, text + n);
	text[n++] = '%';
	return record_put_string(r, &k, text, n);
}

static int
put_exit(struct record *r, const char *name, const struct exit_price *e)
{
	if (e->kind == EXIT_PRICE_AT)
		return named_put_dec(r, name, e->value);
	if (e->kind == EXIT_PRICE_RELATIVE)
		return put_percent(r, name, e->value, 1);
	return 0;
}

static int
put_allow(struct record *r, unsigned allow)
{
	char text[32];
	int n = 0;

	for (unsigned i = 0; i < 3; i++)
		if (allow & 1u << i)
			n += snprintf(text + n, sizeof text - (size_t)n,
			    "%s%s", n > 0 ? "," : "", allow_names[i]);
	return n == 0 ? 0 : named_put_str(r, "allow", text);
}

int
terms_put(const struct terms *t, struct record *r)
{
	struct key max_bars = KEY("max_bars");
	int rc = named_put_str(r, "side", t->side == SIDE_BUY ? "buy" : "sell");

	rc |= named_put_dec(r, "qty", t->qty);
	if (t->has_target)
		rc |= named_put_dec(r, "target", t->target);
	rc |= named_put_str(r, "order_type", order_type_name(t->type));
	if (t->has_limit)
		rc |= named_put_dec(r, "limit", t->limit);
	if (t->has_stop)
		rc |= named_put_dec(r, "stop", t->stop);
	rc |= named_put_str(r, "tif", tif_name(t->tif));
	rc |= put_exit(r, "stop_loss", &t->stop_loss);
	rc |= put_exit(r, "take_profit", &t->take_profit);
	if (dec_sign(t->trail) > 0)
		rc |= put_percent(r, "trail", t->trail, 0);
	if (t->max_bars > 0)
		rc |= record_put_int(r, &max_bars, t->max_bars);
	if (t->has_worst)
		rc |= named_put_dec(r, "worst", t->worst);
	if (dec_sign(t->tick) > 0)
		rc |= named_put_dec(r, "tick", t->tick);
	return rc | put_allow(r, t->allow);
}

static int
seal_dec(struct buf *b, const char *name, int has, struct dec v)
{
	char text[DEC_TEXT_MAX];
	int rc = buf_add_str(b, name) | buf_add_char(b, '=');

	if (has)
		rc |= buf_add(b, text, dec_print(v, text));
	return rc | buf_add_char(b, '\n');
}

static int
seal_int(struct buf *b, const char *name, int64_t v)
{
	return seal_dec(b, name, 1, dec_int(v));
}

static int
seal_exit(struct buf *b, const char *name, const struct exit_price *e)
{
	return seal_int(b, name, (int64_t)e->kind) |
	    seal_dec(b, "at", e->kind != EXIT_PRICE_NONE, e->value);
}

int
terms_add_seal(const struct terms *t, struct buf *b)
{
	int rc = seal_int(b, "side", t->side);

	rc |= seal_int(b, "order_type", (int64_t)t->type);
	rc |= seal_int(b, "tif", (int64_t)t->tif);
	rc |= seal_int(b, "max_bars", t->max_bars);
	rc |= seal_int(b, "allow", (int64_t)t->allow);
	rc |= seal_dec(b, "qty", 1, t->qty);
	rc |= seal_dec(b, "target", t->has_target, t->target);
	rc |= seal_dec(b, "limit", t->has_limit, t->limit);
	rc |= seal_dec(b, "stop", t->has_stop, t->stop);
	rc |= seal_dec(b, "worst", t->has_worst, t->worst);
	rc |= seal_dec(b, "trail", 1, t->trail);
	rc |= seal_dec(b, "tick", 1, t->tick);
	rc |= seal_exit(b, "stop_loss", &t->stop_loss);
	return rc | seal_exit(b, "take_profit", &t->take_profit);
}
