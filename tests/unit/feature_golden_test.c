/* SPDX-License-Identifier: MIT */
/* Features against the numbers of other programs: TA-Lib, Tulip, TTR,
 * backtrader, LEAN, StockCharts and others. */
#include "base/real.h"
#include "check.h"
#include "feature_series.h"

#define SPY "multi_peer_spy_2005_2007/"
#define EUR "multi_peer_eurusd_2007_2009/"
#define SC "ta_stockcharts/"

/* One column of one table. from: the first row that counts. */
struct golden {
	const char *file, *column, *use, *output;
	double tolerance;
	int from;
};

/* Both sets of real bars, at the 12 digits that the tables have. */
static const struct golden both[] = {
	{"sma20", "talib", "sma:20", "", 1e-11, 0},
	{"ema20", "talib", "ema:20", "", 1e-11, 0},
	{"wma20", "ttr", "wma:20", "", 1e-11, 0},
	{"dema20", "talib", "dema:20", "", 1e-11, 0},
	{"tema20", "talib", "tema:20", "", 1e-11, 0},
	{"hma16", "ttr", "hma:16", "", 1e-11, 0},
	{"hma16", "tulip", "hma:16", "", 1e-11, 0},
	{"kama10", "talib", "kama:10,2,30", "", 1e-11, 0},
	{"rsi14", "talib", "rsi:14", "", 1e-11, 0},
	{"macd", "ttr", "macd:12,26,9", "", 1e-11, 0},
	{"macd_signal", "ttr", "macd:12,26,9", "_signal", 1e-11, 0},
	{"macd_hist", "backtrader", "macd:12,26,9", "_hist", 1e-11, 0},
	{"macd", "talib", "macd:12,26,9,seed=talib", "", 1e-11, 0},
	{"macd_signal", "talib", "macd:12,26,9,seed=talib", "_signal", 1e-11,
	    0},
	{"macd_hist", "talib", "macd:12,26,9,seed=talib", "_hist", 1e-11, 0},
	{"ppo", "talib", "ppo:12,26,9", "", 1e-10, 0},
	{"ppo", "tulip", "ppo:12,26,9", "", 1e-6, 250},
	{"bb_upper", "talib", "bbands:20,2", "_upper", 1e-11, 0},
	{"bb_middle", "talib", "bbands:20,2", "_middle", 1e-11, 0},
	{"bb_lower", "talib", "bbands:20,2", "_lower", 1e-11, 0},
	{"sd20_pop", "ttr", "stddev:20", "", 1e-11, 0},
	{"tr", "talib", "tr", "", 1e-11, 0},
	{"atr14", "talib", "atr:14", "", 1e-11, 0},
	{"natr14", "talib", "natr:14", "", 1e-11, 0},
	{"plus_di14", "backtrader", "adx:14", "_plus_di", 1e-11, 0},
	{"minus_di14", "backtrader", "adx:14", "_minus_di", 1e-11, 0},
	{"adx14", "backtrader", "adx:14", "", 1e-11, 0},
	{"plus_di14", "talib", "adx:14,seed=talib", "_plus_di", 1e-11, 0},
	{"minus_di14", "talib", "adx:14,seed=talib", "_minus_di", 1e-11, 0},
	{"adx14", "talib", "adx:14,seed=talib", "", 1e-11, 0},
	{"aroon_up25", "talib", "aroon:25", "_up", 1e-11, 0},
	{"aroon_down25", "talib", "aroon:25", "_down", 1e-11, 0},
	{"cci20", "talib", "cci:20", "", 1e-10, 0},
	{"cmo14", "ttr", "cmo:14", "", 1e-11, 0},
	{"cmo14", "talib", "cmo:14,seed=talib", "", 1e-11, 0},
	{"donchian_upper20", "talib", "donchian:20", "_upper", 1e-11, 0},
	{"donchian_lower20", "talib", "donchian:20", "_lower", 1e-11, 0},
	{"donchian_upper20", "talib", "max:20,src=high", "", 1e-11, 0},
	{"donchian_lower20", "talib", "min:20,src=low", "", 1e-11, 0},
	{"keltner_upper_ema20_atr10", "ta_py", "keltner:20,10,2", "_upper",
	    1e-6, 250},
	{"keltner_lower_ema20_atr10", "ta_py", "keltner:20,10,2", "_lower",
	    1e-6, 250},
	{"linreg14", "talib", "linreg:14", "", 1e-11, 0},
	{"mom10", "talib", "mom:10", "", 1e-11, 0},
	{"roc10", "talib", "roc:10", "", 1e-10, 0},
	{"psar", "talib", "psar:0.02,0.2", "", 1e-11, 0},
	{"stoch_fastk14", "ttr", "stoch:14,1,3", "_k", 1e-10, 0},
	{"stoch_fastd3", "ttr", "stoch:14,1,3", "_d", 1e-10, 0},
	{"stoch_slowk3", "talib", "stoch:14,3,3", "_k", 1e-10, 0},
	{"stoch_slowd3", "talib", "stoch:14,3,3", "_d", 1e-10, 0},
	{"trix15", "talib", "trix:15,9", "", 1e-11, 0},
	{"ultosc", "talib", "ultosc:7,14,28", "", 1e-11, 0},
	{"willr14", "talib", "willr:14", "", 1e-11, 0},
};

static const struct golden with_volume[] = {
	{"ad", "talib", "ad", "", 1e-11, 0},
	{"adosc", "talib", "adosc:3,10", "", 1e-10, 0},
	{"cmf20", "ttr", "cmf:20", "", 1e-11, 0},
	{"mfi14", "talib", "mfi:14", "", 1e-11, 0},
	{"obv", "tulip", "obv", "", 1e-11, 0},
	{"obv", "talib", "obv,seed=talib", "", 1e-11, 0},
	{"vwap20_typical", "ta_py", "vwap:20", "", 1e-11, 19},
	{"vwap20_close", "ttr", "vwma:20", "", 1e-11, 0},
	{"vwma20", "tulip", "vwma:20", "", 1e-11, 0},
};

/* Tables that carry their own bars, at the digits they were printed with. */
static const struct golden own[] = {
	{"lean_spy_multi.csv", "exp_sma14", "sma:14", "", 1e-6, 0},
	{"lean_spy_multi.csv", "exp_ema14", "ema:14", "", 1e-6, 0},
	{"lean_spy_multi.csv", "exp_macd", "macd", "", 1e-3, 0},
	{"lean_spy_multi.csv", "exp_rsi14_wilder", "rsi", "", 1e-6, 0},
	{"lean_bollinger.csv", "exp_middle", "bbands", "_middle", 1e-9, 0},
	{"lean_bollinger.csv", "exp_upper", "bbands", "_upper", 1e-5, 0},
	{"lean_bollinger.csv", "exp_lower", "bbands", "_lower", 1e-5, 0},
	{"lean_bollinger.csv", "exp_bandwidth", "bbands", "_width", 2e-4, 0},
	{"lean_bollinger.csv", "exp_percent_b", "bbands", "_pctb", 2e-4, 0},
	{"lean_cci.csv", "exp_cci14", "cci:14", "", 5e-3, 0},
	{"lean_williams_r.csv", "exp_wr14", "willr:14", "", 1e-3, 0},
	{"lean_aroon_osc.csv", "exp_osc14", "aroon:14", "_osc", 1e-4, 0},
	{"lean_ema.csv", "exp_ema", "ema:14", "", 1e-5, 0},
	{"lean_wilder_rma.csv", "exp_sma5", "sma:5", "", 1e-6, 4},
	{"lean_wilder_rma.csv", "exp_sma10", "sma:10", "", 1e-6, 9},
	{"lean_wilder_rma.csv", "exp_sma15", "sma:15", "", 1e-6, 14},
	{"lean_true_range.csv", "exp_tr", "tr", "", 1e-9, 1},
	{"lean_max.csv", "exp_max5", "max:5", "", 0, 0},
	{"lean_ad.csv", "exp_ad", "ad", "", 1e-9, 0},
	{SC "bollinger.csv", "exp_middle", "bbands", "_middle", 1e-6, 0},
	{SC "bollinger.csv", "exp_upper", "bbands", "_upper", 1e-6, 0},
	{SC "bollinger.csv", "exp_stdev", "stddev:20", "", 1e-6, 0},
	{SC "cci.csv", "exp_cci20", "cci:20", "", 1e-5, 0},
	{SC "mfi.csv", "exp_mfi14", "mfi", "", 1e-6, 0},
	{SC "willr.csv", "exp_wr14", "willr", "", 1e-6, 0},
	{SC "stoch.csv", "exp_k", "stoch:14,1,3", "_k", 1e-6, 0},
	{SC "stoch.csv", "exp_d", "stoch:14,1,3", "_d", 1e-6, 0},
	{SC "roc.csv", "exp_roc12", "roc:12", "", 1e-6, 0},
	{SC "ultosc.csv", "exp_uo", "ultosc", "", 1e-6, 0},
	{SC "wma.csv", "exp_wma", "wma:9", "", 1e-6, 8},
	{SC "accdist.csv", "exp_ad", "ad", "", 1e-6, 0},
	{SC "vwap.csv", "exp_vwap14", "vwap:14", "", 1e-9, 13},
	{SC "vortex.csv", "exp_plus", "vortex", "_plus", 1e-6, 0},
	{SC "vortex.csv", "exp_minus", "vortex", "_minus", 1e-6, 0},
	{SC "adx.csv", "exp_pdi", "adx", "_plus_di", 1e-6, 0},
	{SC "adx.csv", "exp_mdi", "adx", "_minus_di", 1e-6, 0},
	{SC "adx.csv", "exp_adx", "adx", "", 1e-6, 0},
	{SC "donchian.csv", "exp_upper", "donchian", "_upper", 1e-9, 0},
	{SC "donchian.csv", "exp_lower", "donchian", "_lower", 1e-9, 0},
	{SC "obv.csv", "exp_obv", "obv,seed=talib", "", 1e-9, 0},
	{SC "psar.csv", "exp_up", "psar", "", 1e-6, 8},
	{SC "kama.csv", "exp_kama", "kama", "", 1e-6, 10},
	{"pyalgotrade/stockcharts_sma10.csv", "exp_sma", "sma:10", "", 5e-3,
	    0},
	{"pyalgotrade/stockcharts_ema10.csv", "exp_ema", "ema:10", "", 5e-6,
	    0},
	{"pyalgotrade/rsi14.csv", "exp_rsi", "rsi:14", "", 1e-8, 0},
	{"pyalgotrade/ninjatrader_sma15.csv", "exp_sma", "sma:15", "", 1e-9,
	    14},
};

/* TA-Lib's own regression table: the line's beginning, and what it means. */
static const struct {
	const char *line, *use, *output;
} regtest[] = {
#define ONE(name, n) name ",\"{\"\"period\"\": " #n "}\",0,"
	{ONE("ADX", 14), "adx:14,seed=talib", ""},
	{ONE("PLUS_DI", 14), "adx:14,seed=talib", "_plus_di"},
	{ONE("MINUS_DI", 14), "adx:14,seed=talib", "_minus_di"},
	{"BBANDS,\"{\"\"period\"\": 20, \"\"up\"\": 2.0, \"\"down\"\": 2.0, "
	 "\"\"ma\"\": \"\"SMA\"\"}\",upper,", "bbands:20,2", "_upper"},
	{ONE("KAMA", 10), "kama:10,2,30", ""},
	{ONE("SMA", 2), "sma:2", ""},
	{ONE("SMA", 30), "sma:30", ""},
	{ONE("WMA", 2), "wma:2", ""},
	{ONE("WMA", 30), "wma:30", ""},
	{ONE("EMA", 2), "ema:2", ""},
	{ONE("EMA", 10), "ema:10", ""},
	{"MACD,\"{\"\"fast\"\": 12, \"\"slow\"\": 26, \"\"signal\"\": 9}\","
	 "macd,", "macd,seed=talib", ""},
	{"MACD,\"{\"\"fast\"\": 12, \"\"slow\"\": 26, \"\"signal\"\": 9}\","
	 "signal,", "macd,seed=talib", "_signal"},
	{ONE("MIN(open)", 14), "min:14,src=open", ""},
	{ONE("MIN(open)", 2), "min:2,src=open", ""},
	{ONE("MAX(open)", 14), "max:14,src=open", ""},
	{ONE("MAX(open)", 2), "max:2,src=open", ""},
	{ONE("MOM", 14), "mom:14", ""},
	{ONE("ROC", 14), "roc:14", ""},
	{ONE("TRIX", 5), "trix:5,9", ""},
	{ONE("BETA", 5), "beta:5,src=low,with=high", ""},
	{ONE("CORREL", 20), "correl:20,src=high,with=low", ""},
	{ONE("AROON_UP", 14), "aroon:14", "_up"},
	{ONE("AROON_DOWN", 14), "aroon:14", "_down"},
	{ONE("AROONOSC", 14), "aroon:14", "_osc"},
	{ONE("NATR", 14), "natr:14", ""},
	{"ULTOSC,\"{\"\"p1\"\": 7, \"\"p2\"\": 14, \"\"p3\"\": 28}\",0,",
	    "ultosc", ""},
	{ONE("WILLR", 14), "willr:14", ""},
	{ONE("CCI", 2), "cci:2", ""},
	{ONE("CCI", 5), "cci:5", ""},
	{ONE("CCI", 11), "cci:11", ""},
	{"AD,\"{}\",0,", "ad", ""},
	{"ADOSC,\"{\"\"fast\"\": 3, \"\"slow\"\": 10}\",0,", "adosc", ""},
	{"ADOSC,\"{\"\"fast\"\": 5, \"\"slow\"\": 2}\",0,", "adosc:5,2", ""},
	{ONE("MFI", 14), "mfi:14", ""},
	{ONE("MFI", 100), "mfi:100", ""},
	{ONE("RSI", 14), "rsi:14", ""},
	{ONE("CMO", 14), "cmo:14,seed=talib", ""},
	{"STDDEV,\"{\"\"period\"\": 5, \"\"nbdev\"\": 1.0}\",0,", "stddev:5",
	    ""},
	{"STOCH,\"{\"\"fastk\"\": 5, \"\"slowk\"\": 3, \"\"slowk_ma\"\": "
	 "\"\"SMA\"\", \"\"slowd\"\": 3, \"\"slowd_ma\"\": \"\"SMA\"\"}\",d,",
	    "stoch:5,3,3", "_d"},
	{"STOCHRSI,\"{\"\"rsi\"\": 14, \"\"fastk\"\": 45, \"\"fastd\"\": 1}\","
	 "k,", "stochrsi:14,45,1,1", "_k"},
	{"STOCHRSI,\"{\"\"rsi\"\": 11, \"\"fastk\"\": 13, \"\"fastd\"\": 16}\""
	 ",d,", "stochrsi:11,13,1,16", "_d"},
};

static const char *shared;
static struct series s;
static double want[SERIES_MAX];

static FILE *
open_table(const char *file)
{
	char path[1024];
	FILE *f;
	snprintf(path, sizeof(path), "%s/golden/public/%s", shared, file);
	f = fopen(path, "r");
	if (f == NULL)
		printf("# cannot read %s\n", path);
	return f;
}

static double
number(const char *cell)
{
	double x;
	return real_parse(cell, strlen(cell), &x) == 0 ? x : NAN;
}

/* Splits at commas, in place; returns how many cells. */
static int
split(char *line, char *cells[32])
{
	int n = 1;
	line[strcspn(line, "\r\n")] = '\0';
	cells[0] = line;
	for (; *line != '\0' && n < 32; line++)
		if (*line == ',') {
			*line = '\0';
			cells[n++] = line + 1;
		}
	return n;
}

/* Reads the columns of bars into s, and the one named into want. */
static int
read_table(const char *file, const char *column, int takes_bars)
{
	static const char *const names[] = {"open", "high", "low", "close",
	    "volume"};
	char line[4096], head[4096], *cells[32], *heads[32];
	FILE *f = open_table(file);
	int n = 0, i, k, count;
	if (f == NULL || fgets(head, sizeof(head), f) == NULL)
		return -1;
	count = split(head, heads);
	for (; n < SERIES_MAX && fgets(line, sizeof(line), f) != NULL; n++) {
		double v[5] = {NAN, NAN, NAN, NAN, NAN};
		int have = split(line, cells);
		want[n] = NAN;
		for (i = 0; i < count && i < have; i++) {
			for (k = 0; k < 5; k++)
				if (strcmp(heads[i], names[k]) == 0)
					v[k] = number(cells[i]);
			if (column && strcmp(heads[i], column) == 0)
				want[n] = number(cells[i]);
		}
		/* Some tables leave out closes that they do not use. */
		if (isnan(v[3]))
			v[3] = (v[1] + v[2]) / 2;
		if (takes_bars)
			s.bar[n] = (struct feature_input){.open = v[0],
			    .high = v[1], .low = v[2], .close = v[3],
			    .volume = v[4], .src = NAN, .with = NAN,
			    .session = n};
	}
	fclose(f);
	if (takes_bars)
		s.n = n;
	return n;
}

static int
output_index(const struct feature_use *u, const char *ending)
{
	int i;
	for (i = 0; i < u->noutputs; i++)
		if (strcmp(u->feature->outputs[i], ending) == 0)
			return i;
	printf("Bail out! no output %s\n", ending);
	exit(1);
}

static int
is_near(double got, double expected, double tolerance)
{
	return fabs(got - expected) <=
	    tolerance * fmax(1, fabs(expected));
}

/* Every row that the table has from g->from on. */
static void
compare(const struct golden *g, int n)
{
	struct feature_use u = series_use(g->use);
	int out = output_index(&u, g->output), i, rows = 0, wrong = 0;
	series_run(&s, &u);
	for (i = g->from; i < n; i++) {
		if (isnan(want[i]))
			continue;
		rows++;
		if (is_near(s.out[i][out], want[i], g->tolerance))
			continue;
		if (wrong++ < 2)
			printf("# %s %s row %d: %.12g, %s has %.12g\n", g->use,
			    g->output, i, s.out[i][out], g->file, want[i]);
	}
	CHECK(rows > 1);
	CHECK_INT(wrong, 0);
}

static void
test_both(const char *data, const char *folder, const struct golden *g,
    size_t count)
{
	char file[256], name[512];
	for (; count > 0; count--, g++) {
		snprintf(name, sizeof(name), "%s%s as %s has it%s%s", g->use,
		    g->output, g->column, " on ", folder);
		TEST(name) {
			CHECK(read_table(data, NULL, 1) > 0);
			snprintf(file, sizeof(file), "indicators/%s%s.csv",
			    folder, g->file);
			compare(g, read_table(file, g->column, 0));
			check_close();
			check_name = NULL;
		}
	}
}

static void
test_regtest(void)
{
	char line[1024], *cells[32];
	size_t i, n;
	for (i = 0; i < sizeof(regtest) / sizeof(regtest[0]); i++) {
		struct feature_use u = series_use(regtest[i].use);
		int out = output_index(&u, regtest[i].output), found = 0;
		FILE *f = open_table("indicators/talib_regtest/expected.csv");
		series_run(&s, &u);
		while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
			n = strlen(regtest[i].line);
			if (strncmp(line, regtest[i].line, n) != 0 ||
			    split(line + n, cells) < 3)
				continue;
			found++;
			int row = atoi(cells[0]);
			double x = number(cells[2]);
			int ok = is_near(s.out[row][out], x, 1e-9);
			if (!ok)
				printf("# %s row %d: %.12g, want %.12g\n",
				    regtest[i].use, row, s.out[row][out], x);
			CHECK(ok);
		}
		CHECK(found > 0);
		if (f != NULL)
			fclose(f);
	}
}

int
main(void)
{
	size_t i;
	char name[512], file[256];
	FILE *f;
	shared = getenv("TAPE_SHARED");
	if (shared == NULL)
		shared = "../shared";
	snprintf(name, sizeof(name),
	    "%s/golden/public/indicators/manifest.json", shared);
	f = fopen(name, "r");
	if (f == NULL) {
		printf("1..0 # SKIP no golden tables at %s\n", shared);
		return 0;
	}
	fclose(f);
	test_both("data/spy_d_2005_2019.csv", SPY, both,
	    sizeof(both) / sizeof(both[0]));
	test_both("data/eurusd_d_mid_2007_2009.csv", EUR, both,
	    sizeof(both) / sizeof(both[0]));
	test_both("data/spy_d_2005_2019.csv", SPY, with_volume,
	    sizeof(with_volume) / sizeof(with_volume[0]));
	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		snprintf(name, sizeof(name), "%s%s against %s of %s",
		    own[i].use, own[i].output, own[i].column, own[i].file);
		TEST(name) {
			snprintf(file, sizeof(file), "indicators/%s",
			    own[i].file);
			compare(&own[i], read_table(file, own[i].column, 1));
			check_close();
			check_name = NULL;
		}
	}
	TEST("single values of TA-Lib's regression tests") {
		CHECK(read_table("indicators/talib_regtest/data_252.csv", NULL,
		          1) == 252);
		test_regtest();
	}
	return check_done();
}
