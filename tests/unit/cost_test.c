/* SPDX-License-Identifier: MIT */
/* Commission and slippage: what the texts mean, and exact amounts. */
#include <jansson.h>
#include <stdlib.h>

#include "broker/cost.h"
#include "check.h"

static struct dec
d(const char *text)
{
	struct dec v = {0};

	if (dec_parse(text, strlen(text), &v) != DEC_OK)
		check_failed = 1;
	return v;
}

static void
check_fee(const char *model, const char *qty, const char *price,
    const char *want)
{
	struct commission c;
	struct money value, fee;
	char text[MONEY_TEXT_MAX + 1] = "bad";

	CHECK_INT(commission_parse(model, &c), 0);
	CHECK_INT(money_product(d(qty), d(price), &value), 0);
	CHECK_INT(commission_fee(&c, d(qty), value, &fee), 0);
	text[money_print(fee, text)] = '\0';
	CHECK_STR(text, want);
}

static void
check_slip(const char *model, int side, const char *price, const char *want)
{
	struct slippage s = {0};
	struct dec at = d(price);
	char text[DEC_TEXT_MAX + 1] = "bad";

	CHECK_INT(slippage_parse(model, &s), 0);
	CHECK_INT(slippage_apply(&s, side, d("100"), d("1000"), &at), 0);
	text[dec_print(at, text)] = '\0';
	CHECK_STR(text, want);
}

static void
test_commission(void)
{
	TEST("a fee is flat, a share of the value, or by the unit") {
		check_fee("0", "100", "50", "0");
		check_fee("1.00", "100", "50", "1");
		check_fee("0.1%", "100", "50", "5");
		check_fee("10bp", "100", "50", "5");
		check_fee("0.005/share", "100", "50", "0.5");
		check_fee("0.005/share", "0.5", "50", "0.0025");
		check_fee("0.1%", "0.001", "12345.67", "0.01234567");
	}
	TEST("parts add up, also those of one kind") {
		check_fee("1.00+0.1%", "100", "50", "6");
		check_fee("1+0.1%+0.005/share", "100", "50", "6.5");
		check_fee("0.1%+5bp", "100", "50", "7.5");
		check_fee("1+2", "100", "50", "3");
	}
	TEST("what is no commission is refused") {
		static const char *const bad[] = {"", "+", "1+", "+1", "-1",
		    "1+-1", "-0.1%", "-0.005/share", "%", "/share", "x", "1 ",
		    "0.1 %", "1,0", "0.005/shares", "1++2"};
		struct commission c;

		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
			CHECK(commission_parse(bad[i], &c) != 0);
			if (commission_parse(bad[i], &c) == 0)
				printf("# taken: '%s'\n", bad[i]);
		}
	}
	TEST("a fee beyond what money holds is an error") {
		struct commission c;
		struct money value = {(int128)INT64_MAX << 62}, fee;

		CHECK_INT(commission_parse("10000%", &c), 0);
		CHECK(commission_fee(&c, d("1"), value, &fee) != 0);
	}
}

static void
test_slippage(void)
{
	TEST("slippage goes against the side") {
		check_slip("0", 1, "100", "100");
		check_slip("5bp", 1, "100", "100.05");
		check_slip("5bp", -1, "100", "99.95");
		check_slip("0.1%", 1, "33.33", "33.36333");
		check_slip("0.05", 1, "100", "100.05");
		check_slip("0.05", -1, "100", "99.95");
		/* 100 of 1000: 0.1 * 0.1^2 = a thousandth of the price */
		check_slip("share:0.1", 1, "100", "100.1");
		check_slip("share:0.1", -1, "100", "99.9");
	}
	TEST("a slipped price is rounded once, half-even, at 9 decimals") {
		check_slip("5bp", 1, "0.000001", "0.000001");
		check_slip("5bp", 1, "0.000003", "0.000003002");
		check_slip("5bp", -1, "0.000001", "0.000001");
		check_slip("5bp", -1, "0.000003", "0.000002998");
		check_slip("0.0000000005", 1, "1", "1");
		check_slip("0.0000000015", 1, "1", "1.000000002");
	}
	TEST("prices of many digits do not overflow") {
		check_slip("0.123456789%", 1, "98765.4321098765",
		    "98887.364741001");
		check_slip("0.123456789%", -1, "1234567.12345678",
		    "1233042.966528111");
		check_slip("share:0.123456789", 1, "54321.987654321",
		    "54389.051836");
	}
	TEST("a share of no volume is no price") {
		struct slippage s = {0};
		struct dec at = d("100");

		CHECK_INT(slippage_parse("share:0.1", &s), 0);
		CHECK(slippage_apply(&s, 1, d("1"), d("0"), &at) != 0);
		CHECK(dec_cmp(at, d("100")) == 0);
	}
	TEST("what is no slippage is refused") {
		static const char *const bad[] = {"", "-5bp", "-0.05", "bp",
		    "%", "share:", "share:-1", "share:x", "5 bp", "x"};
		struct slippage s;

		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
			CHECK(slippage_parse(bad[i], &s) != 0);
			if (slippage_parse(bad[i], &s) == 0)
				printf("# taken: '%s'\n", bad[i]);
		}
	}
}

/* ---- pyalgotrade's models, as far as ours are of one execution each: those
 * with a minimum for the order have no counterpart ---- */

static void
check_model(const json_t *c)
{
	const json_t *fills = json_object_get(c, "fills");
	const json_t *want = json_object_get(c,
	    "expected_total_after_each_fill");
	char model[64];
	struct commission m;
	struct money total = {0}, fee;

	snprintf(model, sizeof model, "%.4f/share",
	    json_number_value(json_object_get(c, "cost")));
	CHECK_INT(commission_parse(model, &m), 0);
	for (size_t i = 0; i < json_array_size(fills); i++) {
		struct dec qty = dec_abs(dec_int(json_integer_value(
		    json_array_get(fills, i))));
		struct money value;

		CHECK_INT(money_product(qty, dec_int(100), &value), 0);
		CHECK_INT(commission_fee(&m, qty, value, &fee), 0);
		CHECK_INT(money_add(total, fee, &total), 0);
		CHECK(fabs(money_to_double(total) - json_number_value(
		    json_array_get(want, i))) < 1e-9);
	}
}

static void
test_recorded(void)
{
	const char *shared = getenv("TAPE_SHARED");
	char path[4096];
	json_t *all, *cases;
	int count = 0;

	snprintf(path, sizeof path,
	    "%s/golden/public/stats/commission_models.json",
	    shared != NULL ? shared : "../shared");
	all = json_load_file(path, 0, NULL);
	cases = json_object_get(all, "cases");
	TEST(all != NULL ? "fees by the share are those of pyalgotrade" :
	    "fees by the share are those of pyalgotrade # SKIP no ../shared") {
		for (size_t i = 0; i < json_array_size(cases); i++) {
			const json_t *c = json_array_get(cases, i);

			if (strcmp(json_string_value(json_object_get(c,
			    "model")), "per_share") == 0 &&
			    !json_is_number(json_object_get(c,
			    "min_per_order"))) {
				check_model(c);
				count++;
			}
		}
		CHECK(all == NULL || count == 2);
	}
	json_decref(all);
}

int
main(void)
{
	test_commission();
	test_slippage();
	test_recorded();
	return check_done();
}
