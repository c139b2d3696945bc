/* SPDX-License-Identifier: MIT */
/* Features: against slow oracles, and the laws that all of them keep. */
#include "base/random.h"
#include "base/time.h"
#include "check.h"
#include "feature/feature_infer.h"
#include "feature/suffix.h"
#include "feature_oracle.h"

/* One or more uses of every feature. */
static const char *const uses[] = {"sma:20", "sma:1", "sma:7,src=volume",
    "ema:20", "ema:2", "wma:9", "wma:1", "rma:14", "dema:6", "tema:5",
    "hma:16", "hma:13", "hma:2", "kama", "kama:3,4,9", "zlema:9", "zlema:2",
    "vwma:12", "vwap", "vwap:15", "rsi", "rsi:2", "stochrsi",
    "stochrsi:5,4,1,2", "stoch", "stoch:5,1,4", "macd", "macd:3,7,4",
    "macd:7,3,4", "ppo", "roc", "roc:1", "mom:5", "cci", "willr", "mfi",
    "cmo", "trix:4,3", "ultosc", "ultosc:2,3,5", "adx", "adx:3", "aroon",
    "aroon:4", "vortex", "atr", "natr:7", "tr", "bbands", "bbands:5,2.5",
    "keltner", "keltner:3,8,1.5", "donchian", "supertrend",
    "supertrend:5,0.5", "psar", "psar:0.1,0.3", "stddev:10", "variance:30",
    "zscore", "rvol", "rvol:5,12", "obv", "ad", "adosc", "adosc:9,2", "cmf",
    "linreg", "linreg:2", "correl:10,with=volume",
    "beta:12,src=close,with=open", "min:40,src=low", "min:1", "max:40",
    "sum:6", "lag", "lag:5", "diff", "logret:3", "rank:30", "rank:2",
    "percentile:21,50", "percentile:10,33.3", "bars_since",
    "session_high", "session_low", "prev_day", "or", "or:45", "or:200",
    "ratio,with=volume", "spread,with=open", "spread:0.5,with=volume",
    "rs:5,with=open", "rs,src=high,with=volume"};

enum { USES = sizeof(uses) / sizeof(uses[0]) };

static struct series s, t;
static struct oracle o;
static struct random rng = {20240229};

static double
uniform(void)
{
	return (double)(random_next(&rng) >> 11) / 9007199254740992.0;
}

/* Prices of two decimals, now and then equal to the one before. */
static void
walk(struct series *w, int n)
{
	double price = 100;
	int i;
	w->n = n;
	for (i = 0; i < n; i++) {
		struct feature_input *in = &w->bar[i];
		in->open = price;
		if (uniform() > 0.1)
			price = fmax(1, round(100 * price +
			            round(400 * uniform() - 200)) / 100);
		in->close = price;
		in->high = fmax(in->open, price) + round(99 * uniform()) / 100;
		in->low = fmin(in->open, price) - round(99 * uniform()) / 200;
		in->volume = 1 + floor(1e6 * uniform());
		in->session = i / 13;
		in->span = 30 * TIME_MINUTE;
		in->time = i / 13 * TIME_DAY + i % 13 * in->span;
	}
}

static int
is_near(double got, double expected, double tolerance)
{
	if (isnan(got) || isnan(expected))
		return isnan(got) && isnan(expected);
	return fabs(got - expected) <= tolerance * fmax(1, fabs(expected));
}

static int
is_same(const double *a, const double *b, int n)
{
	int i;
	for (i = 0; i < n; i++)
		if (!(isnan(a[i]) && isnan(b[i])) &&
		    memcmp(&a[i], &b[i], sizeof(*a)) != 0)
			return 0;
	return 1;
}

static void
against_oracle(const char *text, const struct feature_use *u)
{
	int i, k, wrong = 0;
	/* the line that it comes from grows without end, and its last digits
	 * are all that the difference of averages has */
	double near = strcmp(u->feature->name, "adosc") == 0 ? 1e-6 : 1e-9;
	series_run(&s, u);
	CHECK(oracle_make(&o, &s, u) == 0);
	for (k = 0; k < u->noutputs; k++)
		for (i = 0; i < s.n; i++)
			if (!is_near(s.out[i][k], o.out[k][i], near) &&
			    wrong++ < 3)
				printf("# %s output %d bar %d: %.12g, "
				       "want %.12g\n", text, k, i, s.out[i][k],
				    o.out[k][i]);
	CHECK_INT(wrong, 0);
}

static int
is_defined(const double *out, int n)
{
	int k;
	for (k = 0; k < n; k++)
		if (!isfinite(out[k]))
			return 0;
	return 1;
}

static int
first_defined(const struct series *w, const struct feature_use *u)
{
	int i;
	for (i = 0; i < w->n; i++)
		if (is_defined(w->out[i], u->noutputs))
			return i + 1;
	return -1;
}

static void
warms_up(const char *text, const struct feature_use *u)
{
	int warmup = u->feature->warmup(&u->spec), first = first_defined(&s, u);
	(void)text;
	CHECK(warmup > 0 ? first == warmup : first > 0);
}

/* A copy of the state, elsewhere, goes on with the same bits. */
static void
copied_state(const char *text, const struct feature_use *u)
{
	size_t size = u->feature->size(&u->spec);
	void *state = series_state(u), *copy = malloc(size + 1);
	int i, at = (int)random_below(&rng, (uint64_t)s.n);
	series_copy(&t, &s);
	if (copy == NULL)
		exit(1);
	for (i = 0; i < t.n; i++) {
		if (i == at) {
			memcpy(copy, state, size);
			memset(state, 0xa5, size);
			free(state);
			state = copy;
		}
		series_step(&t, u, state, i);
		if (!is_same(t.out[i], s.out[i], u->noutputs)) {
			printf("# %s copied at %d, bar %d\n", text, at, i);
			CHECK(0);
			break;
		}
	}
	free(state);
	if (state != copy)
		free(copy);
}

static void
blank(struct feature_input *in, unsigned field)
{
	double *const fields[] = {&in->open, &in->high, &in->low, &in->close,
	    &in->volume};
	*fields[field] = field % 2 ? NAN : HUGE_VAL;
}

/* Bars without one of the fields are as if they were not there. */
static void
missing_field(const char *text, const struct feature_use *u, unsigned field)
{
	int i, k = 0;
	t.n = 0;
	for (i = 0; i < s.n && t.n + 1 < SERIES_MAX; i++) {
		if (i % 7 == 3) {
			t.bar[t.n] = s.bar[(i + 5) % s.n];
			t.bar[t.n].session = s.bar[i].session;
			t.bar[t.n].time = s.bar[i].time;
			blank(&t.bar[t.n++], field);
		}
		t.bar[t.n++] = s.bar[i];
	}
	series_run(&t, u);
	for (i = 0; i < s.n; i++, k++) {
		if (i % 7 == 3) {
			int is_nan = 1, j;
			for (j = 0; j < u->noutputs; j++)
				is_nan &= !isfinite(t.out[k][j]);
			CHECK(is_nan);
			k++;
		}
		CHECK(is_same(t.out[k], s.out[i], u->noutputs));
		if (check_failed) {
			printf("# %s without field %u, bar %d\n", text, field,
			    i);
			return;
		}
	}
}

static void
missing_fields(const char *text, const struct feature_use *u)
{
	static const char *const names[] = {"open", "high", "low", "close",
	    "volume"};
	unsigned field, reads = u->feature->inputs;
	const char *src = u->src[0] ? u->src : "close";
	for (field = 0; field < 5; field++)
		if (reads & (1u << field) ||
		    (reads & FEATURE_SRC && strcmp(src, names[field]) == 0) ||
		    (reads & FEATURE_WITH &&
		        strcmp(u->with, names[field]) == 0))
			missing_field(text, u, field);
}

/* What remembers for ever: averages, running totals, trends, seen extremes. */
static int
has_long_memory(const struct feature_use *u)
{
	return is_one_of(u->feature->name,
	           " ema rma dema tema zlema kama rsi stochrsi macd ppo trix "
	           "adx atr natr keltner supertrend psar obv ad adosc "
	           "bars_since ") ||
	    (strcmp(u->feature->name, "vwap") == 0 && u->spec.arg[0] == 0);
}

/* Bars until one of them is forgotten: the window, or two days of 13 bars. */
static int
memory_of(const struct feature_use *u)
{
	return u->feature->inputs & FEATURE_SESSION &&
	        strcmp(u->feature->name, "vwap") != 0
	    ? 26
	    : u->feature->warmup(&u->spec);
}

static void
spike(const char *text, const struct feature_use *u, double size)
{
	int at = 217, i, k, gone = at + memory_of(u);
	series_copy(&t, &s);
	t.bar[at].open = t.bar[at].high = size;
	t.bar[at].close = t.bar[at].volume = size;
	t.bar[at].low = 1;
	series_run(&t, u);
	for (i = gone; i < s.n; i++)
		for (k = 0; k < u->noutputs; k++)
			if (!is_near(t.out[i][k], s.out[i][k], 1e-12)) {
				printf("# %s output %d bar %d after %g: %.17g, "
				       "want %.17g\n", text, k, i, size,
				    t.out[i][k], s.out[i][k]);
				CHECK(0);
				return;
			}
}

static void
forgets(const char *text, const struct feature_use *u)
{
	spike(text, u, 1e15);
	spike(text, u, 1e150);
}

/* Two streams, one of which begins later. */
static void
suffixes(const char *text, const struct feature_use *u)
{
	enum { BARS = 3000, LATE = 137 };
	static struct series late;
	int bars = feature_suffix(u), i, k, at, wrong = 0;
	int is_path = is_one_of(u->feature->name, " psar supertrend ");
	double size = 0;
	walk(&t, BARS);
	late.n = BARS - LATE;
	memcpy(late.bar, &t.bar[LATE], sizeof(t.bar[0]) * (size_t)late.n);
	series_run(&t, u);
	series_run(&late, u);
	CHECK(bars != SUFFIX_UNKNOWN);
	at = bars == SUFFIX_NEVER ? BARS / 2 : bars * (is_path ? 3 : 1);
	for (k = 0; k < u->noutputs; k++) {
		for (i = BARS / 2; i < BARS; i++)
			size += fabs(t.out[i][k]) / (BARS / 2);
		for (i = at - 1; i < late.n; i++) {
			double a = t.out[LATE + i][k], b = late.out[i][k];
			wrong += !(isnan(a) && isnan(b)) &&
			    !(fabs(a - b) <= 1e-9 * fmax(size, fabs(a)));
		}
		size = 0;
	}
	if ((wrong > 0) != (bars == SUFFIX_NEVER))
		printf("# %s: %d differ from bar %d on\n", text, wrong, bars);
	CHECK((wrong > 0) == (bars == SUFFIX_NEVER));
	/* and no more than it takes */
	if (!has_long_memory(u) && !(u->feature->inputs & FEATURE_SESSION) &&
	    u->feature->warmup(&u->spec) > 0)
		CHECK(bars <= u->feature->warmup(&u->spec));
}

static void
flat(struct series *w, int n, double price, double volume)
{
	int i;
	memset(w, 0, sizeof(*w));
	w->n = n;
	for (i = 0; i < n; i++)
		w->bar[i] = (struct feature_input){.open = price,
		    .high = price, .low = price, .close = price,
		    .volume = volume};
}

/* The last value of the first output on flat bars. */
static double
on_flat(const char *text, double price, double volume)
{
	struct feature_use u = series_use(text);
	flat(&t, 200, price, volume);
	series_run(&t, &u);
	return t.out[t.n - 1][0];
}

static const char *
parse_error(const char *text)
{
	static struct feature_error e;
	struct feature_use u;
	e.text[0] = '\0';
	return feature_use_parse(&u, text, &e) < 0 ? e.text : "accepted";
}

static const char *
name_of(const char *text, int i)
{
	static struct feature_use u;
	static struct feature_error e;
	if (feature_use_parse(&u, text, &e) < 0)
		return e.text;
	return i < u.noutputs ? u.outputs[i] : "(no such output)";
}

/* A test whose name is made here: it is printed before the name is lost. */
static void
law(const char *text, const char *what,
    void (*holds)(const char *, const struct feature_use *))
{
	struct feature_use u = series_use(text);
	char name[128];
	snprintf(name, sizeof(name), "%s %s", text, what);
	TEST(name)
		holds(text, &u);
	check_close();
	check_name = NULL;
}

static void
test_laws(void)
{
	int i;
	for (i = 0; i < USES; i++) {
		struct feature_use u = series_use(uses[i]);
		law(uses[i], "equals its oracle", against_oracle);
		law(uses[i], "warms up as it says", warms_up);
		law(uses[i], "goes on from a copy of its state", copied_state);
		law(uses[i], "passes over gaps", missing_fields);
		if (!has_long_memory(&u))
			law(uses[i], "forgets a spike", forgets);
		law(uses[i], "settles as it says", suffixes);
	}
}

static void
test_flat(void)
{
	static const char *const levels[] = {"sma:10", "ema:10", "wma:10",
	    "rma:10", "dema:10", "tema:10", "kama", "zlema:10", "hma:16",
	    "bbands", "keltner", "donchian", "min:5", "max:5", "lag",
	    "linreg", "percentile:7,30", "supertrend"};
	static const char *const zeros[] = {"macd", "ppo", "roc", "mom",
	    "diff", "logret", "stddev", "variance", "rvol", "atr", "natr",
	    "tr", "trix", "rsi", "obv", "ad", "adosc", "cmf"};
	static const char *const nulls[] = {"stoch", "stochrsi", "cci",
	    "willr", "mfi", "cmo", "ultosc", "adx", "vortex", "zscore",
	    "correl:5,with=volume", "beta:5,with=volume"};
	static const char *const dry[] = {"vwma:5", "vwap:5", "vwap", "cmf",
	    "mfi"};
	static const double prices[] = {0.1, 1.0 / 3, 123.45, 1e-9, 87654.321};
	size_t i, k;
	for (k = 0; k < sizeof(prices) / sizeof(prices[0]); k++) {
		TEST("equal prices give exactly that level")
			for (i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
				if (on_flat(levels[i], prices[k], 3) !=
				    prices[k]) {
					printf("# %s of %.17g\n", levels[i],
					    prices[k]);
					CHECK(0);
				}
		TEST("equal prices give exactly no change")
			for (i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++)
				if (on_flat(zeros[i], prices[k], 3) != 0) {
					printf("# %s of %.17g\n", zeros[i],
					    prices[k]);
					CHECK(0);
				}
	}
	TEST("what is 0/0 is undefined")
		for (i = 0; i < sizeof(nulls) / sizeof(nulls[0]); i++)
			CHECK(isnan(on_flat(nulls[i], 10, 3)));
	TEST("no volume, no volume-weighted value")
		for (i = 0; i < sizeof(dry) / sizeof(dry[0]); i++)
			CHECK(isnan(on_flat(dry[i], 10, 0)));
}

static void
test_names(void)
{
	TEST("outputs are named by what was asked for") {
		CHECK_STR(name_of("sma:10", 0), "sma_10");
		CHECK_STR(name_of("sma:1e1", 0), "sma_10");
		CHECK_STR(name_of("fast=ema:12", 0), "fast");
		CHECK_STR(name_of("sma:20,src=volume", 0), "sma_20_volume");
		CHECK_STR(name_of("max:40,src=high", 0), "max_40_high");
		CHECK_STR(name_of("bbands:20,2.5", 0), "bbands_20_2p5_upper");
		CHECK_STR(name_of("bbands:20,2.50", 4), "bbands_20_2p5_pctb");
		CHECK_STR(name_of("bbands", 1), "bbands_20_2_middle");
		CHECK_STR(name_of("macd", 0), "macd_12_26_9");
		CHECK_STR(name_of("macd:5", 2), "macd_5_26_9_hist");
		CHECK_STR(name_of("vwap", 0), "vwap");
		CHECK_STR(name_of("vwap:20", 0), "vwap_20");
		CHECK_STR(name_of("b=bbands", 2), "b_lower");
		CHECK_STR(name_of("psar", 0), "psar_0p02_0p2");
		CHECK_STR(name_of("rsi,src=sma_5", 0), "rsi_14_sma_5");
		CHECK_STR(name_of("macd,seed=talib", 1),
		    "macd_12_26_9_talib_signal");
		CHECK_STR(name_of("correl:20,src=high,with=low", 0),
		    "correl_20_high_low");
	}
	TEST("a symbol and a span join the name, odd characters as _") {
		CHECK_STR(name_of("rs:20,symbol=SPY", 0), "rs_20_SPY");
		CHECK_STR(name_of("ratio,symbol=BTC-USD", 0), "ratio_BTC_USD");
		CHECK_STR(name_of("ratio,symbol=EURUSD=X", 0),
		    "ratio_EURUSD_X");
		CHECK_STR(name_of("beta:60,src=high,symbol=B,with=low", 0),
		    "beta_60_high_B_low");
		CHECK_STR(name_of("sma:20,span=1h", 0), "sma_20_1h");
		CHECK_STR(name_of("xrank:src=roc_20", 0), "xrank_roc_20");
		CHECK_STR(name_of("spread:1.5,symbol=B", 0), "spread_1p5_B");
		CHECK_STR(name_of("or:15", 1), "or_15_low");
		CHECK_STR(name_of("prev_day", 3), "prev_day_close");
	}
	TEST("mistakes are refused and the nearest name is given") {
		CHECK_STR(parse_error("smma:10"),
		    "unknown feature 'smma' (did you mean 'sma'?)");
		CHECK_STR(parse_error("sma"), "sma needs its period (sma:20)");
		CHECK(strstr(parse_error("sma:0"), "from 1 to 100000"));
		CHECK(strstr(parse_error("sma:1.5"), "whole number"));
		CHECK(strstr(parse_error("sma:x"), "bad argument 'x'"));
		CHECK(strstr(parse_error("sma:"), "bad argument ''"));
		CHECK(strstr(parse_error("sma:10,20"), "too many"));
		CHECK(strstr(parse_error("sma:1,2,3,4,5,6,7"), "bad argument"));
		CHECK(strstr(parse_error("sma:10,of=volume"), "unknown key"));
		CHECK(strstr(parse_error("atr:14,src=high"), "unknown key"));
		CHECK(strstr(parse_error("sma:10,src="), "bad field name"));
		CHECK(strstr(parse_error("sma:10,src=a,src=b"), "twice"));
		CHECK(strstr(parse_error("sma:10,seed=talib"), "unknown key"));
		CHECK(strstr(parse_error("macd,seed=x"), "bad seed"));
		CHECK(strstr(parse_error("sma:10,src=a,20"), "key=value"));
		CHECK(strstr(parse_error("1a=sma:10"), "bad alias"));
		CHECK(strstr(parse_error("=sma:10"), "bad alias"));
		CHECK(strstr(parse_error(""), "unknown feature ''"));
		CHECK(strstr(parse_error("beta:20"), "with="));
		CHECK(strstr(parse_error("rs:20"), "symbol="));
		CHECK(strstr(parse_error("rs:20,symbol=a b"), "bad symbol"));
		CHECK(strstr(parse_error("rs,symbol=A,symbol=B"), "twice"));
		CHECK(strstr(parse_error("sma:20,symbol=A"), "unknown key"));
		CHECK(strstr(parse_error("sma:20,span=x"), "bad span"));
		CHECK(strstr(parse_error("sma:2,span=1h,span=1d"), "twice"));
		CHECK(strstr(parse_error("\x1b[2J"), "\\x1B") ||
		    strstr(parse_error("\x1b[2J"), "\\x1b"));
	}
}

/* Whether the name of each output leads back to the same use. */
static int
leads_back(const char *text)
{
	struct feature_use u = series_use(text), v;
	char back[FEATURE_NAME_MAX];
	int k;
	for (k = 0; k < u.noutputs; k++)
		if (feature_infer(u.outputs[k], &v, back) < 0 ||
		    v.feature != u.feature ||
		    memcmp(&v.spec, &u.spec, sizeof(v.spec)) != 0 ||
		    strcmp(v.outputs[k], u.outputs[k]) != 0) {
			printf("# %s: %s\n", text, u.outputs[k]);
			return 0;
		}
	return 1;
}

static void
test_infer(void)
{
	static const char *const more[] = {"rs:20,symbol=SPY",
	    "macd,seed=talib", "sma:5,span=1h", "xrank,src=roc_20",
	    "xzscore", "beta:60,symbol=QQQ", "ema:3,src=bbands_20_2p5_upper",
	    "zscore:60,src=spread_1p5_KO"};
	static const char *const none[] = {"", "close", "sma", "sma_0",
	    "sma_x_y_", "nothing", "bbands_20_2", "sma_20_", "_20", "rsi_",
	    "p", "or_30", "sma_99999999999999999999"};
	struct feature_use u;
	char text[FEATURE_NAME_MAX], name[FEATURE_NAME_MAX];
	size_t i, k;
	TEST("the name of a field leads back to its feature") {
		for (i = 0; i < USES; i++)
			if (strstr(uses[i], "src=") == NULL ||
			    strstr(uses[i], "with=") == NULL)
				CHECK(leads_back(uses[i]));
		for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
			CHECK(leads_back(more[i]));
	}
	TEST("other names lead nowhere")
		for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
			if (feature_infer(none[i], &u, text) == 0) {
				printf("# %s: %s\n", none[i], text);
				CHECK(0);
			}
	TEST("names at random lead to what gives them, or nowhere")
		for (i = 0; i < 20000; i++) {
			static const char *const parts[] = {"_", "sma", "rsi",
			    "20", "2p5", "upper", "p", "1h", "SPY", "talib",
			    "beta", "99999", "x", "_hist", "macd", "or"};
			size_t n = random_below(&rng, 9);
			name[0] = '\0';
			for (k = 0; k < n; k++)
				strcat(name, parts[random_below(&rng,
				    sizeof(parts) / sizeof(parts[0]))]);
			if (feature_infer(name, &u, text) < 0)
				continue;
			for (k = 0; k < (size_t)u.noutputs; k++)
				if (strcmp(u.outputs[k], name) == 0)
					break;
			CHECK(k < (size_t)u.noutputs);
		}
}

static void
test_lists(void)
{
	struct buf b = {0};
	int i, k;
	TEST("every feature has an oracle and is tested")
		for (i = 0; features[i] != NULL; i++) {
			int tested = 0;
			for (k = 0; k < USES; k++)
				tested |= series_use(uses[k]).feature ==
				    features[i];
			/* those are tested with their instants */
			tested |= features[i]->across != NULL;
			if (!tested)
				printf("# %s\n", features[i]->name);
			CHECK(tested);
		}
	TEST("every feature explains itself, line by line")
		for (i = 0; features[i] != NULL; i++) {
			const char *text = features[i]->explain;
			CHECK(strlen(text) > 40);
			CHECK(text[strlen(text) - 1] == '\n');
			CHECK(features[i]->summary[0] != '\0');
			CHECK(features[i]->outputs[0] != NULL);
			CHECK(feature_find(features[i]->name,
			          strlen(features[i]->name)) == features[i]);
		}
	TEST("the list has a line for each") {
		int lines = 0;
		CHECK(feature_list(&b) == 0);
		for (i = 0; i < (int)b.len; i++)
			lines += b.data[i] == '\n';
		for (i = 0; features[i] != NULL; i++)
			lines--;
		CHECK_INT(lines, 0);
		buf_release(&b);
	}
}

static void
test_particular(void)
{
	struct feature_use u = series_use("macd"), f = series_use("ema:12"),
	                   g = series_use("ema:26");
	int i;
	TEST("macd is exactly ema_12 - ema_26") {
		series_run(&s, &f);
		for (i = 0; i < s.n; i++)
			o.out[0][i] = s.out[i][0];
		series_run(&s, &g);
		for (i = 0; i < s.n; i++)
			o.out[0][i] -= s.out[i][0];
		series_run(&s, &u);
		for (i = 0; i < s.n; i++)
			CHECK(is_same(&o.out[0][i], s.out[i], 1));
	}
	TEST("the middle band has the bits of the sma") {
		u = series_use("bbands:20,2");
		f = series_use("sma:20");
		series_run(&s, &f);
		series_copy(&t, &s);
		series_run(&s, &u);
		for (i = 0; i < s.n; i++)
			CHECK(is_same(&s.out[i][1], t.out[i], 1));
	}
	TEST("only rises give an rsi of 100, only falls one of 0") {
		u = series_use("rsi");
		flat(&t, 100, 10, 1);
		for (i = 0; i < t.n; i++)
			t.bar[i].close = 10 + i;
		series_run(&t, &u);
		CHECK(t.out[99][0] == 100);
		for (i = 0; i < t.n; i++)
			t.bar[i].close = 1000 - i;
		series_run(&t, &u);
		CHECK(t.out[99][0] == 0);
	}
	TEST("a price that stays leaves the rsi, bit for bit") {
		u = series_use("rsi:5");
		walk(&t, 200);
		for (i = 100; i < t.n; i++)
			t.bar[i].close = t.bar[99].close;
		series_run(&t, &u);
		CHECK(t.out[99][0] > 0 && t.out[99][0] < 100);
		for (i = 100; i < t.n; i++)
			CHECK(is_same(t.out[i], t.out[99], 1));
	}
	TEST("the mean of prices is the nearest double, wherever it stands") {
		static const double cents[] = {0.1, 0.2, 0.7, 100.17, 0.33};
		u = series_use("sma:3");
		flat(&t, 60, 0, 1);
		for (i = 0; i < t.n; i++)
			t.bar[i].close = cents[i % 5] + (i % 5 == 3 ? 0 : 100);
		series_run(&t, &u);
		for (i = 2; i < t.n; i++) {
			long double sum = (long double)t.bar[i].close +
			    t.bar[i - 1].close + t.bar[i - 2].close;
			CHECK(is_near(t.out[i][0], (double)(sum / 3), 3e-16));
		}
	}
	TEST("a small deviation at a high price is exact") {
		u = series_use("stddev:4");
		flat(&t, 4, 0, 1);
		for (i = 0; i < 4; i++)
			t.bar[i].close = 1e9 + (i % 2 ? 0.5 : -0.5);
		series_run(&t, &u);
		CHECK(t.out[3][0] == 0.5);
	}
	TEST("one bar defines only what needs one bar") {
		walk(&t, 1);
		for (i = 0; i < USES; i++) {
			u = series_use(uses[i]);
			series_run(&t, &u);
			if (u.feature->warmup(&u.spec) > 0)
				CHECK_INT(is_defined(t.out[0], u.noutputs),
				    u.feature->warmup(&u.spec) == 1);
		}
	}
	TEST("the largest numbers do no lasting harm to an average") {
		u = series_use("ema:3");
		flat(&t, 50, 5, 1);
		t.bar[10].close = 1.7e308;
		t.bar[11].close = -1.7e308;
		series_run(&t, &u);
		CHECK(isfinite(t.out[49][0]));
	}
}

static void
test_long(void)
{
	const struct feature *before = NULL;
	int i;
	walk(&s, SERIES_MAX);
	for (i = 0; i < USES; i++) {
		struct feature_use u = series_use(uses[i]);
		if (u.feature != before)
			law(uses[i], "equals its oracle over 100000 bars",
			    against_oracle);
		before = u.feature;
	}
}

int
main(void)
{
	test_long();
	walk(&s, 700);
	test_laws();
	test_flat();
	test_names();
	test_infer();
	test_lists();
	test_particular();
	return check_done();
}
