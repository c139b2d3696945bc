/* SPDX-License-Identifier: MIT */
/* A feature: a number (or several) that each bar gets, from this bar and those
 * before it. One file a feature, one line in list.def; nothing else to touch.
 *
 * A feature has one body, update(), and a state that is one flat block without
 * pointers: a copy of the block is a snapshot, a peek or a fork. */
#ifndef TAPE_FEATURE_H
#define TAPE_FEATURE_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
	FEATURE_ARGS_MAX = 4,
	FEATURE_OUTPUTS_MAX = 6,
	FEATURE_PERIOD_MAX = 100000, /* bars in a window */
};

/* What a feature reads of a bar; the rest is not looked up. */
enum {
	FEATURE_OPEN = 1,
	FEATURE_HIGH = 2,
	FEATURE_LOW = 4,
	FEATURE_CLOSE = 8,
	FEATURE_VOLUME = 16,
	FEATURE_SRC = 32, /* takes src= */
	FEATURE_WITH = 64, /* takes with= or symbol=, one must be given */
	FEATURE_SESSION = 128, /* session, time and span */
	FEATURE_PAIR = 256, /* mostly used with symbol= (for --list) */
};

/* What a bar gives a feature. A field that the bar lacks, or null, is NAN. */
struct feature_input {
	double open, high, low, close, volume;
	double src; /* what src= names; close unless said */
	double with; /* what with= names, of the bar of symbol= if given */
	int64_t session; /* number of the bar's day in meta's zone */
	int64_t time; /* ns, the bar's start */
	int64_t span; /* ns, 0: not known */
};

/* One argument of a feature, `name:arg,arg`. */
struct feature_arg {
	const char *name; /* "period" */
	double def; /* used when not given; NAN: must be given */
	double min, max;
	int is_integer;
	int is_optional; /* left out: 0, and not in the name */
};

/* What its arguments were, for this use of it. */
struct feature_spec {
	double arg[FEATURE_ARGS_MAX];
	int nargs; /* as the descriptor says, defaults filled in */
	int seed_talib; /* seed=talib */
};

struct feature {
	const char *name; /* "macd" */
	const char *summary; /* one line for --list */
	const char *explain; /* formula, seeding, warm-up, undefined cases,
	                        source: what --explain prints */
	struct feature_arg args[FEATURE_ARGS_MAX]; /* name NULL ends */
	const char *outputs[FEATURE_OUTPUTS_MAX]; /* endings: "" (the name
	                                             itself), "_signal" */
	unsigned inputs; /* FEATURE_CLOSE | ... */
	int has_talib; /* takes seed=talib, because TA-Lib differs */
	/* Bytes of state for these arguments. */
	size_t (*size)(const struct feature_spec *spec);
	/* Sets up zeroed state. */
	void (*init)(void *state, const struct feature_spec *spec);
	/* Takes one bar: writes every output to out, NAN while undefined.
	 * Inputs are checked before the state is changed: a bar with an input
	 * that is not finite gives NAN and leaves the state as it was (the
	 * bar is skipped) unless explain says otherwise. */
	void (*update)(void *state, const struct feature_input *in,
	    double *out);
	/* In place of the three above: one value for each of the n >= 1
	 * symbols of an instant from the src of all. sorted has the same
	 * values, rising; all are finite. */
	void (*across)(const double *x, const double *sorted, size_t n,
	    double *out);
	/* The first bar, counted from 1, on which every output is defined on
	 * clean data: 20 for sma:20. 0: that is no fixed number. */
	int (*warmup)(const struct feature_spec *spec);
};

/* All of them, in the order of list.def; NULL at the end. */
extern const struct feature *const features[];
const struct feature *feature_find(const char *name, size_t n);
/* The name nearest to one that is not there, or NULL. */
const char *feature_nearest(const char *name, size_t n);
/* Appends one line a feature: name with its defaults, and summary. */
int feature_list(struct buf *out);
/* The same as NDJSON, one object a feature. */
int feature_list_json(struct buf *out);
/* Appends what --explain prints. */
int feature_explain(const struct feature *f, struct buf *out);

static inline uint32_t
feature_period(const struct feature_spec *spec, int i)
{
	return (uint32_t)spec->arg[i];
}

#endif
