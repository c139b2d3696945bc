/* SPDX-License-Identifier: MIT */
/* The report against numbers of other programs: LEAN's trade builder, empyrical
 * (tests and a real series), and runs of several backtesters. They lie beside
 * the checkout (../shared, or TAPE_SHARED).
 *
 * Not compared, because ours is defined otherwise: annual_return, cagr and
 * calmar_ratio (by number of returns; ours by time passed), stability (not
 * ours), alpha_beta and beta (need a benchmark), omega with a risk-free rate or
 * downside_risk with a required return (ours have none), LEAN's fees (all of an
 * exit's fee on the first lot; ours pro rata), LIFO, FillToFill where a fill
 * closes several lots, and FlatToFlat. */
#include "check.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/time.h"
#include "report/statistic.h"

static const char *
shared(const char *path, char out[512])
{
	const char *dir = getenv("TAPE_SHARED");

	snprintf(out, 512, "%s/golden/public/%s",
	    dir != NULL ? dir : "../shared", path);
	return out;
}

static json_t *
load(const char *path)
{
	char name[512];

	return json_load_file(shared(path, name), 0, NULL);
}

static double
number(const json_t *o, const char *key)
{
	return json_number_value(json_object_get(o, key));
}

static const char *
string(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static int
near(double got, double want, double tolerance)
{
	double scale = fabs(want) > 1 ? fabs(want) : 1;

	if (fabs(got - want) <= tolerance * scale)
		return 1;
	printf("# got %.17g, want %.17g\n", got, want);
	return 0;
}

/* A defined statistic as a number; NAN when it is undefined. */
static double
stat_of(const struct report *r, const struct statistic *s)
{
	struct statistic_value v = s->value(r);

	if (v.kind == VALUE_INT)
		return (double)v.i;
	if (v.kind == VALUE_MONEY)
		return money_to_double(v.money);
	return v.kind == VALUE_REAL ? v.real : (double)NAN;
}

static struct dec
dec_of(const char *text)
{
	struct dec d = {0};

	/* The oracles print doubles: 15 digits are what they stand for. */
	CHECK(dec_parse_digits(text, strlen(text), 15, &d, NULL) == DEC_OK);
	return d;
}

static struct dec
dec_near(double x)
{
	struct dec d = {0};

	CHECK(dec_from_double(x, 15, &d) == 0);
	return d;
}

static struct money
money_of(struct dec d)
{
	struct money m = {0};

	CHECK(money_from_dec(d, &m) == 0);
	return m;
}

/* ---- LEAN's trade builder ---- */

static struct fill
lean_fill(const json_t *o)
{
	return (struct fill){
	    .symbol = "EURUSD",
	    .symbol_len = 6,
	    .side = strcmp(string(o, "side"), "buy") == 0 ? 1 : -1,
	    .qty = dec_near(number(o, "qty")),
	    .price = dec_near(number(o, "price")),
	    .multiplier = dec_int(1),
	    .fee = money_of(dec_near(number(o, "fee"))),
	    .time = (int64_t)number(o, "minute") * TIME_MINUTE,
	    .bar = -1,
	};
}

static void
check_lean_trip(const struct roundtrip *t, const json_t *want)
{
	CHECK_INT(t->entry_time, number(want, "EntryTime") * 60e9);
	CHECK_INT(t->exit_time, number(want, "ExitTime") * 60e9);
	CHECK_INT(t->side, strcmp(string(want, "Direction"), "long") ? -1 : 1);
	CHECK(near(dec_to_double(t->qty), number(want, "Quantity"), 1e-12));
	CHECK(near(
	    dec_to_double(t->entry_price), number(want, "EntryPrice"), 1e-9));
	CHECK(near(
	    dec_to_double(t->exit_price), number(want, "ExitPrice"), 1e-12));
	CHECK(
	    near(money_to_double(t->gross), number(want, "ProfitLoss"), 1e-9));
}

/* FlatToReduced where the case has it; else FillToFill, which is the same
 * unless one fill closes several lots. */
static int
check_lean_case(const json_t *c)
{
	const json_t *all = json_object_get(c, "expected"), *want, *fill;
	struct roundtrips rt = {0};
	struct roundtrip t;
	struct fill f;
	size_t i, n = 0;
	int closed;

	want = json_object_get(all, "FlatToReduced/FIFO");
	if (want == NULL && strcmp(string(c, "id"), "ScaleInAllOutLong") == 0)
		return 0;
	if (want == NULL)
		want = json_object_get(all, "FillToFill/FIFO");
	json_array_foreach(json_object_get(c, "fills"), i, fill)
	{
		f = lean_fill(fill);
		closed = roundtrips_fill(&rt, &f, &t);
		CHECK(closed >= 0);
		if (closed > 0)
			check_lean_trip(&t, json_array_get(want, n++));
	}
	CHECK_INT(n, json_array_size(want));
	roundtrips_release(&rt);
	return 1;
}

static void
test_lean(void)
{
	json_t *all = load("stats/lots_fifo_lifo.json"), *c;
	size_t i;
	int checked = 0;

	json_array_foreach(json_object_get(all, "cases"), i, c) checked +=
	    check_lean_case(c);
	CHECK_INT(checked, 4);
	json_decref(all);
}

/* ---- empyrical ---- */

/* A report whose daily returns are those of the case, null left out. */
static void
report_of_returns(struct report *r, const json_t *values, int periods)
{
	double *x = calloc(json_array_size(values) + 1, sizeof(*x));
	double level = 100, dd;
	size_t i, n = 0;
	const json_t *v;

	json_array_foreach(values, i, v) if (json_is_number(v)) x[n++] =
	    json_number_value(v);
	CHECK(returns_set(&r->returns, x, n) == 0);
	r->periods = periods;
	r->accounts = (int64_t)n + 1;
	drawdown_add(&r->drawdown, level, 0);
	for (i = 0; i < n; i++) {
		level *= 1 + x[i];
		dd = drawdown_add(
		    &r->drawdown, level, (int64_t)(i + 1) * TIME_DAY);
		CHECK(dd <= 0);
	}
	free(x);
}

static int
periods_of(const json_t *args)
{
	const char *p = string(args, "period");

	if (p == NULL || strcmp(p, "daily") == 0)
		return 252;
	return strcmp(p, "weekly") == 0 ? 52 : 12;
}

/* Our statistic for a metric of a case, or NULL when it does not apply. */
static const struct statistic *
ours(const char *metric, const json_t *c)
{
	const json_t *args = json_object_get(c, "args");
	int is_plain = fabs(number(args, "required_return")) <= 0 &&
		       fabs(number(args, "risk_free")) <= 0 &&
		       json_object_size(json_object_get(c, "series")) == 1;

	if (strcmp(metric, "max_drawdown") == 0)
		return &statistic_max_drawdown;
	if (strcmp(metric, "annual_volatility") == 0)
		return &statistic_volatility;
	if (strcmp(metric, "sharpe_ratio") == 0 && is_plain)
		return &statistic_sharpe;
	if (strcmp(metric, "sortino_ratio") == 0 && is_plain)
		return &statistic_sortino;
	if (strcmp(metric, "omega_ratio") == 0 && is_plain)
		return &statistic_omega;
	if (strcmp(metric, "tail_ratio") == 0)
		return &statistic_tail_ratio;
	return NULL;
}

static int
check_empyrical_case(const json_t *c)
{
	const char *metric = string(c, "metric");
	const json_t *args = json_object_get(c, "args"), *want, *values;
	const struct statistic *s = ours(metric, c);
	struct report r = {0};
	double got;

	if (s == NULL && strcmp(metric, "downside_risk") != 0)
		return 0;
	if (s == NULL && fabs(number(args, "required_return")) > 0)
		return 0;
	values = json_object_get(
	    json_object_get(json_object_get(c, "series"), "returns"), "values");
	want = json_object_get(c, "full_precision");
	report_of_returns(&r, values, periods_of(args));
	got = s != NULL ? stat_of(&r, s)
			: returns_downside(&r.returns) * sqrt(r.periods);
	if (json_is_null(want))
		CHECK(isnan(got));
	else
		CHECK(near(got, json_number_value(want), 1e-12));
	if (check_failed)
		printf("# in %s\n", metric);
	report_release(&r);
	return 1;
}

static void
test_empyrical(void)
{
	json_t *all = load("stats/return_metrics_empyrical.json"), *c;
	size_t i;
	int checked = 0;

	json_array_foreach(json_object_get(all, "cases"), i, c) checked +=
	    check_empyrical_case(c);
	CHECK(checked >= 12);
	json_decref(all);
}

/* ---- CSV ---- */

/* The next line's fields, at most max; their number, -1 at the end. */
static int
csv_read(FILE *f, char line[1024], char *field[], int max)
{
	int n = 0;
	char *at = line;

	if (fgets(line, 1024, f) == NULL)
		return -1;
	line[strcspn(line, "\r\n")] = '\0';
	while (n < max && at != NULL)
		field[n++] = strsep(&at, ",");
	return n;
}

static FILE *
csv_open(const char *path)
{
	char name[512], line[1024];
	FILE *f = fopen(shared(path, name), "r");

	CHECK(f != NULL && fgets(line, sizeof(line), f) != NULL);
	return f;
}

static int64_t
time_of(const char *day)
{
	char text[64];
	int64_t ns = 0;

	snprintf(text, sizeof(text), "%.10sT00:00:00Z", day);
	CHECK(time_parse(text, strlen(text), &ns, NULL) == 0);
	return ns;
}

/* ---- a real series ---- */

static const struct {
	const char *key;
	const struct statistic *s;
} real_series[] = {
    {"cum_return", &statistic_return},
    {"annual_volatility", &statistic_volatility},
    {"sharpe_ratio", &statistic_sharpe},
    {"sortino_ratio", &statistic_sortino},
    {"max_drawdown", &statistic_max_drawdown},
    {"omega_ratio", &statistic_omega},
    {"tail_ratio", &statistic_tail_ratio},
    {"value_at_risk_5pct", &statistic_var_95},
    {"cvar_5pct", &statistic_cvar_95},
    {"skew", &statistic_skew},
    {"kurtosis_excess", &statistic_kurtosis},
};

/* The closes of the file as the equity of an account. */
static void
report_of_closes(struct report *r, const char *path)
{
	char line[1024], *field[8];
	FILE *f = csv_open(path);
	struct report_account a = {0};
	double dd;

	while (f != NULL && csv_read(f, line, field, 8) >= 5) {
		a.time = time_of(field[0]);
		a.equity = money_of(dec_of(field[4]));
		CHECK(report_account(r, &a, &dd) == 0);
	}
	if (f != NULL)
		fclose(f);
	CHECK(report_finish(r) == 0);
}

static void
test_real_series(void)
{
	json_t *all = load("stats/return_metrics_real_series.json"), *one, *m;
	struct report r;
	const char *path;

	json_object_foreach(json_object_get(all, "series"), path, one)
	{
		r = (struct report){0};
		m = json_object_get(one, "metrics");
		report_of_closes(&r, strchr(path, '/') + 1);
		CHECK_INT(r.periods, number(one, "annualization"));
		CHECK_INT(r.returns.n, number(m, "n_returns"));
		for (size_t i = 0;
		     i < sizeof(real_series) / sizeof(*real_series); i++)
			CHECK(near(stat_of(&r, real_series[i].s),
			    number(m, real_series[i].key), 1e-9));
		report_release(&r);
	}
	json_decref(all);
}

/* ---- backtests ---- */

static void
check_trip(const struct roundtrip *t, FILE *f)
{
	char line[1024], *field[10];

	if (csv_read(f, line, field, 10) != 10) {
		CHECK(feof(f) == 0); /* a row for every round trip */
		return;
	}
	CHECK_INT(t->entry_time, time_of(field[0]));
	CHECK_INT(t->exit_time, time_of(field[1]));
	CHECK_STR(t->symbol, field[2]);
	CHECK_STR(t->side > 0 ? "long" : "short", field[3]);
	CHECK(dec_cmp(t->qty, dec_of(field[4])) == 0);
	CHECK(near(dec_to_double(t->entry_price), atof(field[5]), 1e-9));
	CHECK(near(dec_to_double(t->exit_price), atof(field[6]), 1e-12));
	CHECK(near(money_to_double(t->gross), atof(field[7]), 1e-6));
	CHECK(near(money_to_double(t->fees), atof(field[8]), 1e-6));
	CHECK(near(money_to_double(t->net), atof(field[9]), 1e-6));
}

/* trades.csv is in the order of exits, and so are ours. */
static void
read_fills(struct report *r, const char *dir)
{
	char path[512], line[1024], *field[8];
	FILE *fills, *trades;
	struct roundtrip t;
	struct fill f;
	int closed;

	snprintf(path, sizeof(path), "%s/fills.csv", dir);
	fills = csv_open(path);
	snprintf(path, sizeof(path), "%s/trades.csv", dir);
	trades = csv_open(path);
	while (csv_read(fills, line, field, 8) >= 6) {
		f = (struct fill){
		    .symbol = field[1],
		    .symbol_len = strlen(field[1]),
		    .side = strcmp(field[2], "buy") == 0 ? 1 : -1,
		    .qty = dec_of(field[3]),
		    .price = dec_of(field[4]),
		    .multiplier = dec_int(1),
		    .fee = money_of(dec_of(field[5])),
		    .time = time_of(field[0]),
		    .bar = -1,
		};
		closed = report_fill(r, &f, &t);
		CHECK(closed >= 0);
		if (closed > 0)
			check_trip(&t, trades);
	}
	CHECK(fgets(line, sizeof(line), trades) == NULL);
	fclose(fills);
	fclose(trades);
}

static void
read_equity(struct report *r, const char *dir)
{
	char path[512], line[1024], *field[3];
	struct report_account a = {0};
	double dd;
	FILE *f;

	snprintf(path, sizeof(path), "%s/equity.csv", dir);
	f = csv_open(path);
	while (csv_read(f, line, field, 3) == 3) {
		a.time = time_of(field[0]);
		a.equity = money_of(dec_of(field[2]));
		CHECK(report_account(r, &a, &dd) == 0);
	}
	fclose(f);
	CHECK(report_finish(r) == 0);
}

/* A number of ours, or undefined where theirs is null. */
static int
same(double got, const json_t *stats, const char *key, double unit)
{
	const json_t *want = json_object_get(stats, key);

	if (json_is_null(want))
		return isnan(got);
	return near(got, json_number_value(want) * unit, 1e-9);
}

static void
check_backtest(const char *dir)
{
	char path[512];
	struct report r = {0};
	json_t *j;

	snprintf(path, sizeof(path), "%s/stats.json", dir);
	j = load(path);
	CHECK(j != NULL);
	read_fills(&r, dir);
	read_equity(&r, dir);
	CHECK_INT(r.tally.n, number(j, "n_closed_trades"));
	CHECK_INT(r.tally.wins, number(j, "n_win"));
	CHECK(same(money_to_double(r.tally.profit), j, "sum_wins", 1));
	CHECK(same(money_to_double(r.tally.loss), j, "sum_losses", 1));
	CHECK(same(stat_of(&r, &statistic_equity_start), j, "initial_cash", 1));
	CHECK(same(stat_of(&r, &statistic_equity_final), j, "final_equity", 1));
	CHECK(same(stat_of(&r, &statistic_return), j, "return_pct", .01));
	CHECK(same(stat_of(&r, &statistic_win_rate), j, "win_rate_pct", .01));
	CHECK(
	    same(stat_of(&r, &statistic_profit_factor), j, "profit_factor", 1));
	CHECK(same(
	    stat_of(&r, &statistic_max_drawdown), j, "max_drawdown_pct", .01));
	CHECK(same(r.returns.sd, j, "bar_return_std_sample", 1));
	CHECK_INT(r.periods, 252);
	CHECK(same(
	    stat_of(&r, &statistic_sharpe), j, "sharpe_sqrt252_sample", 1));
	json_decref(j);
	report_release(&r);
}

static const char *const backtests[] = {
    "backtests/p01_sma_cross_long_spy",
    "backtests/p02_rsi_long_spy_commission",
    "backtests/p03_bollinger_reversion_spy",
    "backtests/p05_pyalgotrade_official_sma_market",
    "backtests/p06_pyalgotrade_official_sma_limit",
    "backtests/p07_donchian_stop_orders_spy",
    "backtests/p08_limit_pullback_spy",
    "backtests/p09_bracket_spy",
    "backtests/p10_slippage_longshort_spy",
    "backtests/p11_multi_asset_shared_cash",
    "backtests/p12_lean_official_buy_and_hold",
};

int
main(void)
{
	char name[512];
	FILE *f = fopen(shared("stats/lots_fifo_lifo.json", name), "r");

	if (f == NULL) {
		printf("1..0 # SKIP no oracles at %s\n", name);
		return 0;
	}
	fclose(f);
	TEST(
	    "round trips are LEAN's flat-to-reduced trades, first in first out")
	{
		test_lean();
	}
	TEST("statistics of returns are empyrical's where defined alike")
	{
		test_empyrical();
	}
	TEST("fifteen years of SPY give the numbers of other programs")
	{
		test_real_series();
	}
	for (size_t i = 0; i < sizeof(backtests) / sizeof(*backtests); i++)
		TEST(backtests[i])
		{
			check_backtest(backtests[i]);
		}
	return check_done();
}
