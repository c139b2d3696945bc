/* SPDX-License-Identifier: MIT */
/* Where bars fill orders: a table of every type in every phase, and the
 * recorded fills of another program. */
#include <jansson.h>
#include <stdlib.h>

#include "broker/fill.h"
#include "check.h"

static struct dec
d(const char *text)
{
	struct dec v = {0};

	if (dec_parse(text, strlen(text), &v) != DEC_OK)
		check_failed = 1;
	return v;
}

/* ---- the table ---- */

static const char phases[] = "oic"; /* open, inside, close */

static struct market_prices
bar(const char *text)
{
	char p[4][16];
	struct market_prices b = {0};

	if (sscanf(text, "%15s %15s %15s %15s", p[0], p[1], p[2], p[3]) != 4)
		check_failed = 1;
	b.open = d(p[0]);
	b.high = d(p[1]);
	b.low = d(p[2]);
	b.close = d(p[3]);
	return b;
}

/* What a whole bar does to an order: the phases are tried until one fills.
 * "i105t" is a fill inside at 105 that slips as a market order (s) and passed
 * the stop (t); "-" is nothing. */
static void
whole_bar(struct fill_order o, const struct market_prices *b, char *out)
{
	struct fill_result at;
	int triggered = 0;

	strcpy(out, "-");
	for (int phase = FILL_OPEN; phase <= FILL_CLOSE; phase++) {
		char price[DEC_TEXT_MAX + 1];

		fill_try(&o, b, (enum fill_phase)phase, &at);
		triggered |= at.triggers;
		o.is_triggered |= at.triggers && phase == FILL_OPEN;
		if (!at.fills)
			continue;
		price[dec_print(at.price, price)] = '\0';
		sprintf(out, "%c%s%s", phases[phase], price,
		    at.slips ? "s" : "");
		break;
	}
	if (triggered)
		strcat(out, "t");
}

static const struct row {
	const char *what; /* B or S, the type; ! triggered, c at the close */
	const char *limit, *stop, *bar, *want;
} rows[] = {
    {"B market", "0", "0", "100 110 90 105", "o100s"},
    {"S market", "0", "0", "100 110 90 105", "o100s"},
    {"B market c", "0", "0", "100 110 90 105", "c105s"},
    {"S market c", "0", "0", "100 110 90 105", "c105s"},
    /* limits: the open when it is as good, else the limit when reached */
    {"B limit", "101", "0", "100 110 90 105", "o100"},
    {"B limit", "100", "0", "100 110 90 105", "o100"},
    {"B limit", "99", "0", "100 110 90 105", "i99"},
    {"B limit", "90", "0", "100 110 90 105", "i90"},
    {"B limit", "89.99", "0", "100 110 90 105", "-"},
    {"B limit", "120", "0", "100 110 90 105", "o100"},
    {"S limit", "99", "0", "100 110 90 105", "o100"},
    {"S limit", "100", "0", "100 110 90 105", "o100"},
    {"S limit", "101", "0", "100 110 90 105", "i101"},
    {"S limit", "110", "0", "100 110 90 105", "i110"},
    {"S limit", "110.01", "0", "100 110 90 105", "-"},
    {"S limit", "80", "0", "100 110 90 105", "o100"},
    {"B limit c", "105", "0", "100 110 90 105", "c105"},
    {"B limit c", "104", "0", "100 110 90 105", "-"},
    {"S limit c", "105", "0", "100 110 90 105", "c105"},
    {"S limit c", "106", "0", "100 110 90 105", "-"},
    /* stops: the open when it is past, else the stop when reached */
    {"B stop", "0", "99", "100 110 90 105", "o100st"},
    {"B stop", "0", "100", "100 110 90 105", "o100st"},
    {"B stop", "0", "101", "100 110 90 105", "i101st"},
    {"B stop", "0", "110", "100 110 90 105", "i110st"},
    {"B stop", "0", "110.01", "100 110 90 105", "-"},
    {"S stop", "0", "101", "100 110 90 105", "o100st"},
    {"S stop", "0", "100", "100 110 90 105", "o100st"},
    {"S stop", "0", "99", "100 110 90 105", "i99st"},
    {"S stop", "0", "90", "100 110 90 105", "i90st"},
    {"S stop", "0", "89.99", "100 110 90 105", "-"},
    {"B stop !", "0", "200", "100 110 90 105", "o100st"},
    {"S stop !", "0", "1", "100 110 90 105", "o100st"},
    {"B stop c", "0", "105", "100 110 90 105", "c105s"},
    {"B stop c", "0", "106", "100 110 90 105", "-"},
    {"S stop c", "0", "105", "100 110 90 105", "c105s"},
    {"S stop c", "0", "104", "100 110 90 105", "-"},
    {"S stop ! c", "0", "1", "100 110 90 105", "c105s"},
    /* a stop-limit passed at the open is a limit for the whole bar */
    {"B stop_limit", "101", "99", "100 110 90 105", "o100t"},
    {"B stop_limit", "95", "99", "100 110 90 105", "i95t"},
    {"B stop_limit", "89", "99", "100 110 90 105", "-t"},
    {"S stop_limit", "99", "101", "100 110 90 105", "o100t"},
    {"S stop_limit", "105", "101", "100 110 90 105", "i105t"},
    {"S stop_limit", "111", "101", "100 110 90 105", "-t"},
    /* reached inside: at the stop if the limit allows */
    {"B stop_limit", "108", "105", "100 110 90 105", "i105t"},
    {"B stop_limit", "105", "105", "100 110 90 105", "i105t"},
    {"B stop_limit", "104", "105", "100 110 90 105", "-t"},
    {"S stop_limit", "92", "95", "100 110 90 105", "i95t"},
    {"S stop_limit", "95", "95", "100 110 90 105", "i95t"},
    {"S stop_limit", "96", "95", "100 110 90 105", "-t"},
    {"B stop_limit", "120", "111", "100 110 90 105", "-"},
    {"S stop_limit", "80", "89", "100 110 90 105", "-"},
    /* passed before: a plain limit */
    {"B stop_limit !", "95", "99", "100 110 90 105", "i95"},
    {"B stop_limit !", "100", "200", "100 110 90 105", "o100"},
    {"S stop_limit !", "105", "1", "100 110 90 105", "i105"},
    {"S stop_limit !", "111", "1", "100 110 90 105", "-"},
};

static void
test_table(void)
{
	static const enum order_type types[] = {TYPE_MARKET, TYPE_LIMIT,
	    TYPE_STOP, TYPE_STOP_LIMIT};

	TEST("each type fills in its phase, at its price") {
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			const struct row *r = &rows[i];
			struct market_prices b = bar(r->bar);
			struct fill_order o = {.limit = d(r->limit),
			    .stop = d(r->stop)};
			char type[16], got[64];

			o.side = r->what[0] == 'B' ? SIDE_BUY : SIDE_SELL;
			sscanf(r->what + 2, "%15s", type);
			o.type = types[0];
			for (int k = 0; k < 4; k++)
				if (strcmp(order_type_name(types[k]),
				    type) == 0)
					o.type = types[k];
			o.is_triggered = strchr(r->what, '!') != NULL;
			o.at_close = strstr(r->what, " c") != NULL;
			whole_bar(o, &b, got);
			CHECK_STR(got, r->want);
			if (strcmp(got, r->want) != 0)
				printf("# %s limit %s stop %s\n", r->what,
				    r->limit, r->stop);
		}
	}
}

static struct dec
mirror(struct dec price)
{
	struct dec out = {0};

	dec_sub(dec_int(200), price, &out);
	return out;
}

static void
test_mirror(void)
{
	TEST("a sell is a buy on the mirrored bar") {
		unsigned seed = 7;

		for (int i = 0; i < 20000; i++) {
			int64_t p[6];
			struct market_prices b = {0}, m;
			struct fill_order o = {0}, s;
			struct fill_result got, want;
			int phase = i % 3;

			for (int k = 0; k < 6; k++)
				p[k] = 90 + rand_r(&seed) % 21;
			b.high = dec_int(p[0] > p[1] ? p[0] : p[1]);
			b.low = dec_int(p[0] > p[1] ? p[1] : p[0]);
			b.open = dec_cmp(dec_int(p[2]), b.high) > 0 ? b.high :
			    dec_cmp(dec_int(p[2]), b.low) < 0 ? b.low :
			    dec_int(p[2]);
			b.close = b.low;
			m = (struct market_prices){.open = mirror(b.open),
			    .high = mirror(b.low), .low = mirror(b.high),
			    .close = mirror(b.close)};
			o.side = SIDE_BUY;
			o.type = (enum order_type)(rand_r(&seed) % 4);
			o.limit = dec_int(p[3]);
			o.stop = dec_int(p[4]);
			o.is_triggered = p[5] % 4 == 0;
			o.at_close = p[5] % 4 == 1;
			s = o;
			s.side = SIDE_SELL;
			s.limit = mirror(o.limit);
			s.stop = mirror(o.stop);
			fill_try(&o, &b, (enum fill_phase)phase, &want);
			fill_try(&s, &m, (enum fill_phase)phase, &got);
			CHECK_INT(got.fills, want.fills);
			CHECK_INT(got.triggers, want.triggers);
			CHECK_INT(got.slips, want.slips);
			CHECK(!want.fills ||
			    dec_cmp(mirror(got.price), want.price) == 0);
			/* No fill is outside of the bar, none is worse than
			 * its limit. */
			CHECK(!want.fills ||
			    (dec_cmp(want.price, b.low) >= 0 &&
			    dec_cmp(want.price, b.high) <= 0));
			CHECK(!want.fills || (o.type != TYPE_LIMIT &&
			    o.type != TYPE_STOP_LIMIT) ||
			    dec_cmp(want.price, o.limit) <= 0);
		}
	}
}

/* ---- fills recorded from pyalgotrade ---- */

static struct dec
number(const json_t *v)
{
	struct dec out = {0};

	if (json_is_integer(v))
		return dec_int(json_integer_value(v));
	if (json_is_real(v) &&
	    dec_from_double(json_real_value(v), 15, &out) != 0)
		check_failed = 1;
	return out;
}

static enum order_type
type_of(const char *name)
{
	static const char *const names[] = {"market", "limit", "stop",
	    "stoplimit"};

	for (int i = 0; i < 4; i++)
		if (strcmp(names[i], name) == 0)
			return (enum order_type)i;
	check_failed = 1;
	return TYPE_MARKET;
}

/* As tbroker has it: what the volume allows, rounded down to the quantity's
 * decimals, and nothing when that is nothing. */
static void
check_case(const json_t *c)
{
	const json_t *b = json_object_get(c, "bar");
	const json_t *fill = json_object_get(c, "fill");
	struct market_prices at = {.open = number(json_object_get(b, "open")),
	    .high = number(json_object_get(b, "high")),
	    .low = number(json_object_get(b, "low")),
	    .close = number(json_object_get(b, "close"))};
	struct fill_order o = {
	    .type = type_of(json_string_value(json_object_get(c, "order"))),
	    .limit = number(json_object_get(c, "limit")),
	    .stop = number(json_object_get(c, "stop")),
	    .is_triggered = json_is_true(json_object_get(c,
	    "stop_already_hit")),
	    .at_close = json_is_true(json_object_get(c, "on_close"))};
	struct dec qty = number(json_object_get(c, "qty_remaining"));
	struct dec left = dec_round(number(json_object_get(c, "volume_left")),
	    (int)json_integer_value(json_object_get(c, "qty_decimals")),
	    DEC_DOWN);
	struct fill_result got = {0};
	int was_hit = o.is_triggered;

	o.side = strcmp(json_string_value(json_object_get(c, "side")),
	    "buy") == 0 ? SIDE_BUY : SIDE_SELL;
	for (int phase = FILL_OPEN; phase <= FILL_CLOSE && !got.fills;
	    phase++) {
		fill_try(&o, &at, (enum fill_phase)phase, &got);
		o.is_triggered |= got.triggers;
		if (got.triggers && phase == FILL_INSIDE)
			break;
	}
	if (dec_cmp(left, qty) < 0)
		qty = left;
	if (json_is_null(fill)) {
		CHECK(!got.fills || dec_sign(qty) == 0);
	} else {
		CHECK(got.fills);
		CHECK(dec_cmp(got.price,
		    number(json_object_get(fill, "price"))) == 0);
		CHECK(dec_cmp(qty, number(json_object_get(fill, "qty"))) == 0);
	}
	if (json_is_boolean(json_object_get(c, "stop_hit_after")))
		CHECK_INT(o.is_triggered || was_hit,
		    json_is_true(json_object_get(c, "stop_hit_after")));
}

static void
test_recorded(void)
{
	const char *shared = getenv("TAPE_SHARED");
	char path[4096];
	json_t *all;

	snprintf(path, sizeof path,
	    "%s/golden/public/stats/order_fill_microcases.json",
	    shared != NULL ? shared : "../shared");
	all = json_load_file(path, 0, NULL);
	TEST(all != NULL ? "the fills that pyalgotrade recorded are ours" :
	    "the fills that pyalgotrade recorded are ours "
	    "# SKIP no ../shared") {
		const json_t *cases = json_object_get(all, "cases");

		for (size_t i = 0; i < json_array_size(cases); i++) {
			int had = check_failed;

			check_failed = 0;
			check_case(json_array_get(cases, i));
			if (check_failed)
				printf("# case %zu\n", i);
			check_failed |= had;
		}
		CHECK(all == NULL || json_array_size(cases) == 41);
	}
	json_decref(all);
}

int
main(void)
{
	test_table();
	test_mirror();
	test_recorded();
	return check_done();
}
