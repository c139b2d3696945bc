/* SPDX-License-Identifier: MIT */
/* Runs a feature over a random walk twice, once from its start and once from a
 * later bar, and looks for the last bar on which the two differ. */
#include "feature/suffix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/time.h"

/* The late one begins with the second bar of a day. */
enum { WALKS = 24, LATE = 391, ARG_MAX_TRIED = 400, DAY_BARS = 13 };
#define DIGITS 1e-10

struct walk {
	struct random rng;
	double price, other;
	int i;
};

/* -1 to 1. */
static double
step(struct walk *w)
{
	return ((double)random_below(&w->rng, 2001) - 1000) / 1000;
}

/* Bars of half an hour, 13 a day. */
static void
next_bar(struct walk *w, struct feature_input *in)
{
	in->open = w->price;
	w->price *= exp(0.01 * step(w));
	w->other *= exp(0.01 * step(w));
	in->close = in->src = w->price;
	in->high = fmax(in->open, in->close) * (1 + 0.003 * fabs(step(w)));
	in->low = fmin(in->open, in->close) * (1 - 0.003 * fabs(step(w)));
	in->volume = 1000 + round(900 * step(w));
	in->with = w->other;
	in->span = 30 * TIME_MINUTE;
	in->session = w->i / DAY_BARS;
	in->time = in->session * TIME_DAY + w->i % DAY_BARS * in->span;
	w->i++;
}

static int
differ(double a, double b, double usual)
{
	if (isnan(a) || isnan(b))
		return isnan(a) != isnan(b);
	return fabs(a - b) > DIGITS * fmax(usual, fmax(fabs(a), fabs(b)));
}

/* The last of n bars on which the outputs differ, from 0; -1: none. */
static int
last_difference(const struct feature_use *u, void *early, void *late, int n,
    uint64_t seed)
{
	struct walk w = {.rng = {seed}, .price = 100, .other = 50};
	double a[FEATURE_OUTPUTS_MAX], b[FEATURE_OUTPUTS_MAX];
	double size[FEATURE_OUTPUTS_MAX] = {0};
	int i, k, last = -1;
	for (i = 0; i < n + LATE; i++) {
		struct feature_input in = {0};
		next_bar(&w, &in);
		u->feature->update(early, &in, a);
		if (i >= LATE)
			u->feature->update(late, &in, b);
		for (k = 0; k < u->noutputs; k++) {
			if (i >= LATE && differ(a[k], b[k], size[k]))
				last = i - LATE;
			if (isfinite(a[k]))
				size[k] += (fabs(a[k]) - size[k]) / (i + 1);
		}
	}
	return last;
}

static int
bars_to_try(const struct feature_use *u)
{
	double most = 0;
	int i;
	for (i = 0; i < u->spec.nargs; i++)
		if (u->feature->args[i].is_integer)
			most = fmax(most, u->spec.arg[i]);
	/* realised volatility has the bars of a year, a range its minutes */
	if (u->feature->warmup(&u->spec) < most)
		most = fmax(20, u->feature->warmup(&u->spec));
	return most > ARG_MAX_TRIED ? 0 : 4000 + 60 * (int)most;
}

int
feature_suffix(const struct feature_use *u)
{
	int n = bars_to_try(u), most = -1, last, i;
	size_t size;
	char *states;
	if (u->feature->across != NULL)
		return 1;
	size = (u->feature->size(&u->spec) + 15) & ~(size_t)15;
	states = n > 0 ? malloc(2 * size + 1) : NULL;
	if (states == NULL)
		return SUFFIX_UNKNOWN;
	for (i = 0; i < WALKS; i++) {
		memset(states, 0, 2 * size);
		u->feature->init(states, &u->spec);
		u->feature->init(states + size, &u->spec);
		last = last_difference(u, states, states + size, n,
		    (uint64_t)i + 1);
		most = last > most ? last : most;
	}
	free(states);
	/* what is still different near the end will be so again */
	return most > n - n / 8 ? SUFFIX_NEVER : most + 2;
}
