/* SPDX-License-Identifier: MIT */
/* What six features cost a bar, in this process: sma:20 ema:20 rsi:14 macd
 * bbands:20 atr:14 over a million made-up bars; the median of seven runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "feature/feature.h"

enum { BARS = 1000000, USES = 6, RUNS = 7 };

static const struct use {
	const char *name;
	struct feature_spec spec;
} uses[USES] = {
    {"sma", {.arg = {20}, .nargs = 1}},
    {"ema", {.arg = {20}, .nargs = 1}},
    {"rsi", {.arg = {14}, .nargs = 1}},
    {"macd", {.arg = {12, 26, 9}, .nargs = 3}},
    {"bbands", {.arg = {20, 2}, .nargs = 2}},
    {"atr", {.arg = {14}, .nargs = 1}},
};

static struct feature_input *
make_bars(void)
{
	struct random r = {42};
	struct feature_input *bars = calloc(BARS, sizeof *bars);
	double price = 100;

	for (int i = 0; bars != NULL && i < BARS; i++) {
		price += (double)random_below(&r, 201) / 100 - 1;
		price = price < 10 ? 10 : price;
		bars[i].open = price;
		bars[i].high = price + 1;
		bars[i].low = price - 1;
		bars[i].close = bars[i].src = price + 0.25;
		bars[i].volume = 1000;
	}
	return bars;
}

static double
run(const struct feature_input *bars, double *out)
{
	const struct feature *f[USES];
	void *state[USES];
	struct timespec from, to;

	for (int k = 0; k < USES; k++) {
		f[k] = feature_find(uses[k].name, strlen(uses[k].name));
		state[k] = calloc(1, f[k]->size(&uses[k].spec));
		f[k]->init(state[k], &uses[k].spec);
	}
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < BARS; i++)
		for (int k = 0; k < USES; k++)
			f[k]->update(state[k], &bars[i],
			    out + k * FEATURE_OUTPUTS_MAX);
	clock_gettime(CLOCK_MONOTONIC, &to);
	for (int k = 0; k < USES; k++)
		free(state[k]);
	return ((double)(to.tv_sec - from.tv_sec) * 1e9 +
	    (double)(to.tv_nsec - from.tv_nsec)) / BARS;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

int
main(void)
{
	struct feature_input *bars = make_bars();
	double ns[RUNS], out[USES * FEATURE_OUTPUTS_MAX];

	if (bars == NULL)
		return 1;
	for (int i = 0; i < RUNS; i++)
		ns[i] = run(bars, out);
	qsort(ns, RUNS, sizeof *ns, compare);
	printf("%.1f ns a bar (from %.1f to %.1f)\n", ns[RUNS / 2], ns[0],
	    ns[RUNS - 1]);
	free(bars);
	return 0;
}
