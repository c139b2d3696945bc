/* SPDX-License-Identifier: MIT */
/* treport's numbers: drawdowns, days, round trips, statistics, text. */
#include "check.h"

#include <errno.h>

#include "base/random.h"
#include "base/time.h"
#include "report/output.h"

static int
near(double got, double want)
{
	double scale = fabs(want) > 1 ? fabs(want) : 1;

	if (fabs(got - want) <= 1e-13 * scale)
		return 1;
	printf("# got %.17g, want %.17g\n", got, want);
	return 0;
}

static struct dec
dec_of(const char *text)
{
	struct dec d = {0};

	CHECK(dec_parse(text, strlen(text), &d) == DEC_OK);
	return d;
}

static struct money
money_of(const char *text)
{
	struct money m = {0};

	CHECK(money_parse(text, strlen(text), &m) == DEC_OK);
	return m;
}

static int64_t
time_of(const char *text)
{
	int64_t ns = 0;

	CHECK(time_parse(text, strlen(text), &ns, NULL) == 0);
	return ns;
}

static struct fill
fill_of(const char *symbol, int side, const char *qty, const char *price)
{
	return (struct fill){.symbol = symbol,
	    .symbol_len = strlen(symbol),
	    .side = side,
	    .qty = dec_of(qty),
	    .price = dec_of(price),
	    .multiplier = dec_int(1),
	    .bar = -1};
}

static int
is_money(struct money got, const char *want)
{
	char text[MONEY_TEXT_MAX];

	if (money_cmp(got, money_of(want)) == 0)
		return 1;
	printf(
	    "# got %.*s, want %s\n", (int)money_print(got, text), text, want);
	return 0;
}

/* ---- drawdowns ---- */

static void
test_drawdown(void)
{
	static const double equity[] = {100, 120, 90, 108, 120, 114, 130, 117};
	struct drawdown d = {0};

	for (int i = 0; i < 8; i++)
		drawdown_add(&d, equity[i], i * TIME_DAY);
	CHECK(near(d.worst, -0.25));
	CHECK(near(drawdown_mean(&d), (-0.25 - 0.05 - 0.1) / 3));
	CHECK_INT(drawdown_longest(&d), 3 * TIME_DAY);
	CHECK(drawdown_add(&d, 65, 30 * TIME_DAY) + 0.5 == 0);
	CHECK_INT(drawdown_longest(&d), 24 * TIME_DAY);
}

/* ---- days ---- */

static void
add_days(struct equity *e, const char *from, const int *step, int n)
{
	int64_t at = time_of(from);

	for (int i = 0; i < n; i++) {
		CHECK(equity_add(e, 100 + i, at) == 0);
		at += step[i % 7] * TIME_DAY;
	}
}

static int
periods_of(const char *from, const int step[7], int n)
{
	struct equity e = {0};
	int periods;

	add_days(&e, from, step, n);
	periods = equity_periods(&e);
	equity_release(&e);
	return periods;
}

static void
test_periods(void)
{
	static const int every[7] = {1, 1, 1, 1, 1, 1, 1};
	static const int week[7] = {7, 7, 7, 7, 7, 7, 7};
	static const int month[7] = {31, 30, 31, 30, 31, 31, 30};
	struct equity e = {0};

	CHECK_INT(periods_of("2024-01-01T00:00:00Z", every, 5), 252);
	CHECK_INT(periods_of("2024-01-01T00:00:00Z", every, 7), 365);
	CHECK_INT(periods_of("2024-01-01T00:00:00Z", every, 12), 365);
	CHECK_INT(periods_of("1969-12-29T00:00:00Z", every, 12), 365);
	/* Monday to Saturday: Friday's evening of another zone */
	CHECK_INT(periods_of("2024-01-01T00:00:00Z", every, 6), 252);
	CHECK_INT(periods_of("2024-01-07T00:00:00Z", week, 9), 52);
	CHECK_INT(periods_of("2024-01-31T00:00:00Z", month, 9), 12);
	/* ten years of weekdays and one special weekend */
	for (int i = 0; i < 3650; i++)
		if (i % 7 < 5 || i == 1405 || i == 1406)
			equity_add(&e, 1,
			    time_of("2024-01-01T00:00:00Z") + i * TIME_DAY);
	CHECK_INT(equity_periods(&e), 252);
	equity_release(&e);
}

static void
test_days(void)
{
	struct equity e = {0};
	double r[8];

	equity_add(&e, 100, time_of("2024-01-02T10:00:00Z"));
	equity_add(&e, 110, time_of("2024-01-02T23:59:59Z"));
	equity_add(&e, 50, time_of("2024-01-03T00:00:00Z"));
	equity_add(&e, 99, time_of("2024-01-03T12:00:00Z"));
	/* a weekly bar, known on the third, began earlier */
	equity_add(&e, 121, time_of("2023-12-28T00:00:00Z"));
	CHECK_INT(e.n, 2);
	CHECK_INT(equity_returns(&e, r), 2);
	CHECK(near(r[0], 0.1) && near(r[1], 0.1));
	equity_add(&e, 0, time_of("2024-01-04T00:00:00Z"));
	CHECK_INT(equity_returns(&e, r), 3);
	CHECK(near(r[2], -1));
	equity_add(&e, 10, time_of("2024-01-05T00:00:00Z"));
	CHECK_INT(equity_returns(&e, r), -1);
	equity_release(&e);
}

/* ---- round trips ---- */

static void
test_fees_pro_rata(void)
{
	struct roundtrips rt = {0};
	struct roundtrip t;
	struct fill f = fill_of("A", 1, "30", "10");

	f.fee = money_of("1");
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 0);
	f = fill_of("A", -1, "10", "11");
	f.fee = money_of("0.5");
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 1);
	CHECK(is_money(t.gross, "10"));
	CHECK(is_money(t.fees, "0.833333333333333333"));
	CHECK(is_money(t.net, "9.166666666666666667"));
	f = fill_of("A", -1, "20", "12");
	f.fee = money_of("0");
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 1);
	/* what was left of the fee, so that the two make 1 exactly */
	CHECK(is_money(t.fees, "0.666666666666666667"));
	roundtrips_release(&rt);
}

static void
test_flip(void)
{
	struct roundtrips rt = {0};
	struct roundtrip t;
	struct fill f = fill_of("A", 1, "10", "100");

	CHECK_INT(roundtrips_fill(&rt, &f, &t), 0);
	f = fill_of("A", -1, "25", "90");
	f.fee = money_of("5");
	f.time = 7;
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 1);
	CHECK_INT(t.side, 1);
	CHECK(dec_cmp(t.qty, dec_of("10")) == 0);
	CHECK(is_money(t.net, "-102"));
	f = fill_of("A", 1, "15", "80");
	f.time = 9;
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 1);
	CHECK_INT(t.side, -1);
	CHECK_INT(t.entry_time, 7);
	CHECK(is_money(t.gross, "150"));
	CHECK(is_money(t.fees, "3"));
	CHECK(near(roundtrip_return(&t), 147.0 / 1350));
	f = fill_of("A", -1, "1", "80");
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 0);
	roundtrips_release(&rt);
}

static void
test_scaled(void)
{
	struct roundtrips rt = {0};
	struct roundtrip t;
	struct fill f = fill_of("A", 1, "1", "10");

	roundtrips_fill(&rt, &f, &t);
	f = fill_of("B", -1, "1", "500");
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 0);
	f = fill_of("A", 1, "2", "11");
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 0);
	f = fill_of("A", -1, "3", "12");
	f.multiplier = dec_of("50");
	CHECK_INT(roundtrips_fill(&rt, &f, &t), 1);
	CHECK_STR(t.symbol, "A");
	CHECK(dec_cmp(t.entry_price, dec_of("10.666666667")) == 0);
	CHECK(is_money(t.gross, "200"));
	CHECK(is_money(t.basis, "1600"));
	roundtrips_release(&rt);
}

/* All that was paid and got, in cash: exact, whatever the lots were. */
static void
add_cash(struct money *cash, const struct fill *f)
{
	struct money value;

	CHECK(money_product(f->price, f->qty, &value) == 0);
	if (f->side > 0)
		value = money_neg(value);
	CHECK(money_add(*cash, value, cash) == 0);
	CHECK(money_sub(*cash, f->fee, cash) == 0);
}

static void
test_conservation(void)
{
	struct random random = {42};
	struct roundtrips rt = {0};
	struct roundtrip t;
	struct money cash = {0}, net = {0};
	struct fill f;
	int64_t held = 0;
	int rc;

	for (int i = 0; i < 20000; i++) {
		f = fill_of("A", random_below(&random, 2) ? 1 : -1, "1", "1");
		f.qty = dec_int((int64_t)random_below(&random, 900) + 1);
		if (i == 19999) {
			f.side = held > 0 ? -1 : 1;
			f.qty = dec_int(held > 0 ? held : -held);
		}
		if (dec_sign(f.qty) == 0)
			break;
		f.price.m = (int64_t)random_below(&random, 100000) * 10 + 1;
		f.price.scale = 4;
		f.fee.v = (int128)random_below(&random, 1000000007) * 1000003;
		held += f.side * f.qty.m;
		add_cash(&cash, &f);
		rc = roundtrips_fill(&rt, &f, &t);
		CHECK(rc >= 0);
		if (rc > 0)
			CHECK(money_add(net, t.net, &net) == 0);
	}
	CHECK_INT(held, 0);
	CHECK(money_cmp(cash, net) == 0);
	roundtrips_release(&rt);
}

static void
test_overflow(void)
{
	struct report r = {0};
	struct roundtrip t;
	struct fill f = fill_of("A", 1, "900000000000000", "900000000000000");

	errno = 0;
	CHECK_INT(report_fill(&r, &f, &t), -1);
	CHECK_INT(errno, EOVERFLOW);
	report_release(&r);
}

/* ---- statistics ---- */

static double
stat_of(const struct report *r, const struct statistic *s)
{
	struct statistic_value v = s->value(r);

	return v.kind == VALUE_REAL ? v.real : (double)NAN;
}

static void
test_returns(void)
{
	static const double x[] = {.01, .02, -.03, .04, -.01, .005};
	struct report r = {.periods = 365};

	CHECK(returns_set(&r.returns, x, 6) == 0);
	CHECK(near(stat_of(&r, &statistic_volatility),
	    0.024169540059063323 * sqrt(365)));
	CHECK(near(stat_of(&r, &statistic_sharpe),
	    0.035 / 6 / 0.024169540059063323 * sqrt(365)));
	CHECK(near(stat_of(&r, &statistic_sortino), 8.632545009053432));
	CHECK(near(stat_of(&r, &statistic_omega), 0.075 / 0.04));
	CHECK(near(stat_of(&r, &statistic_skew), -0.15257175557887404));
	CHECK(near(stat_of(&r, &statistic_kurtosis), 0.1394991056184251));
	CHECK(near(stat_of(&r, &statistic_psr), 0.6992407446247882));
	CHECK(near(stat_of(&r, &statistic_ulcer), 0.014321330245476521));
	CHECK(near(stat_of(&r, &statistic_var_95), -0.025));
	CHECK(near(stat_of(&r, &statistic_cvar_95), -0.03));
	CHECK(near(stat_of(&r, &statistic_tail_ratio), 0.035 / 0.025));
	report_release(&r);
}

static void
test_value_at_risk(void)
{
	double x[21];
	struct report r = {.periods = 252};

	/* the quantile is the second lowest of 21, and counts as beyond */
	for (int i = 0; i < 21; i++)
		x[i] = (i - 8) / 64.0;
	CHECK(returns_set(&r.returns, x, 21) == 0);
	CHECK(near(stat_of(&r, &statistic_var_95), -7 / 64.0));
	CHECK(near(stat_of(&r, &statistic_cvar_95), -7.5 / 64));
	report_release(&r);
}

static void
test_undefined(void)
{
	/* equal but for rounding, as 1 % a day on an equity is */
	static const double same[] = {0.010000000000000009, 0.01,
	    0.009999999999999787, 0.010000000000000009, 0.01};
	struct report r = {.periods = 252};
	struct statistic_value v;

	CHECK(returns_set(&r.returns, same, 5) == 0);
	CHECK_STR(
	    statistic_sharpe.value(&r).why, "all daily returns are equal");
	CHECK_STR(statistic_psr.value(&r).why, "all daily returns are equal");
	CHECK_STR(
	    statistic_sortino.value(&r).why, "no daily return is below zero");
	report_release(&r);
	for (int i = 0; statistics[i] != NULL; i++) {
		v = statistics[i]->value(&r);
		CHECK(v.kind != VALUE_NULL || v.why != NULL);
		CHECK(v.kind != VALUE_REAL || isfinite(v.real));
	}
}

static void
test_trades(void)
{
	static const char *const exits[] = {"110", "95", "130", "100", "90"};
	struct report r = {0};
	struct roundtrip t;
	struct fill f;

	for (int i = 0; i < 5; i++) {
		f = fill_of("A", 1, "2", "100");
		CHECK_INT(report_fill(&r, &f, &t), 0);
		f = fill_of("A", -1, "2", exits[i]);
		CHECK_INT(report_fill(&r, &f, &t), 1);
	}
	/* profits 20, -10, 60, 0, -20 */
	CHECK(near(stat_of(&r, &statistic_win_rate), 0.4));
	CHECK(near(stat_of(&r, &statistic_profit_factor), 80.0 / 30));
	CHECK(near(stat_of(&r, &statistic_expectancy), 10));
	CHECK(near(stat_of(&r, &statistic_avg_trade), 0.05));
	CHECK(near(stat_of(&r, &statistic_best_trade), 0.3));
	CHECK(near(stat_of(&r, &statistic_worst_trade), -0.1));
	CHECK(near(stat_of(&r, &statistic_kelly), 0.4 - 0.6 / (40.0 / 15)));
	CHECK(near(stat_of(&r, &statistic_sqn), sqrt(5) * 10 / sqrt(1000)));
	CHECK(is_money(r.traded, "2050"));
	report_release(&r);
}

static void
test_exposure(void)
{
	struct report r = {0};
	struct report_account a = {.equity = money_of("100")};
	double dd;

	report_account(&r, &a, &dd);
	market_position(&r.market, "A", 1, 1);
	market_position(&r.market, "B", 1, 1);
	market_position(&r.market, "A", 1, 1);
	report_account(&r, &a, &dd);
	market_position(&r.market, "A", 1, 0);
	report_account(&r, &a, &dd);
	market_position(&r.market, "B", 1, 0);
	report_account(&r, &a, &dd);
	a.is_exposed = 1;
	report_account(&r, &a, &dd);
	CHECK(near(stat_of(&r, &statistic_exposure), 0.6));
	report_release(&r);
}

static void
test_hold(void)
{
	struct market m = {0};

	CHECK(isnan(market_hold_return(&m)));
	market_close(&m, "A", 1, 10);
	market_position(&m, "C", 1, 1);
	market_close(&m, "B", 1, 200);
	market_close(&m, "A", 1, 11);
	market_close(&m, "B", 1, 260);
	CHECK(near(market_hold_return(&m), 0.2));
	market_release(&m);
}

/* ---- text ---- */

static int
fixed_is(double x, int decimals, const char *want)
{
	struct buf b = {0};
	int same;

	CHECK(output_fixed(&b, x, decimals) == 0);
	same = strcmp(buf_str(&b), want) == 0;
	if (!same)
		printf("# got %s, want %s\n", b.data, want);
	buf_release(&b);
	return same;
}

static void
test_fixed(void)
{
	CHECK(fixed_is(0, 2, "0.00"));
	CHECK(fixed_is(12.3, 2, "12.30"));
	CHECK(fixed_is(-0.001, 2, "0.00"));
	CHECK(fixed_is(2.675, 2, "2.68"));
	CHECK(fixed_is(1e-300, 3, "0.000"));
	CHECK(fixed_is(1e300, 3, "1e+300") || fixed_is(1e300, 3, "1e300"));
	CHECK(fixed_is(-1234567.891, 1, "-1234567.9"));
	CHECK(fixed_is(7, 0, "7"));
}

static const char fixed_keys[] =
    "start end duration_days bars exposure equity_start equity_final "
    "equity_peak return cagr volatility sharpe sortino calmar max_drawdown "
    "avg_drawdown max_drawdown_days trades win_rate best_trade worst_trade "
    "avg_trade profit_factor expectancy sqn kelly fees turnover "
    "buy_hold_return alpha beta information_ratio var_95 cvar_95 ulcer omega "
    "tail_ratio skew kurtosis psr periods_per_year ";

static void
test_keys(void)
{
	struct buf b = {0};

	for (int i = 0; statistics[i] != NULL; i++) {
		buf_addf(&b, "%s ", statistics[i]->key);
		CHECK(statistic_find(statistics[i]->key,
			  strlen(statistics[i]->key)) == statistics[i]);
	}
	CHECK_STR(buf_str(&b), fixed_keys);
	CHECK(statistic_find("sharp", 5) == NULL);
	buf_release(&b);
}

int
main(void)
{
	TEST("a drawdown lasts from its peak to its recovery, or goes on")
	test_drawdown();
	TEST("the calendar of the days gives the periods of a year")
	test_periods();
	TEST(
	    "a day's equity is its last, the first return is against the first")
	test_days();
	TEST("fees are shared by quantity and add up exactly")
	test_fees_pro_rata();
	TEST("a fill that flips closes one trip and opens the rest")
	test_flip();
	TEST("a fill that closes several lots is one trip at their mean price")
	test_scaled();
	TEST("20000 random fills: net profit is the cash that moved, exactly")
	test_conservation();
	TEST("an amount that is too large is an error")
	test_overflow();
	TEST("statistics of daily returns follow their formulas")
	test_returns();
	TEST("the shortfall includes the value at risk itself")
	test_value_at_risk();
	TEST("what is undefined says why, and no statistic is not finite")
	test_undefined();
	TEST("statistics of trades follow their formulas")
	test_trades();
	TEST("an instant is exposed while any symbol is held")
	test_exposure();
	TEST("buy and hold is the mean over symbols")
	test_hold();
	TEST("numbers for human eyes are rounded half-even and padded")
	test_fixed();
	TEST("the keys are the published ones, in order")
	test_keys();
	return check_done();
}
