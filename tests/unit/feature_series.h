/* SPDX-License-Identifier: MIT */
/* Runs a feature over a series of bars, for tests. */
#ifndef TAPE_FEATURE_SERIES_H
#define TAPE_FEATURE_SERIES_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feature/feature_spec.h"

enum { SERIES_MAX = 100000 };

struct series {
	int n;
	struct feature_input bar[SERIES_MAX];
	double out[SERIES_MAX][FEATURE_OUTPUTS_MAX];
};

static inline void
series_copy(struct series *to, const struct series *from)
{
	to->n = from->n;
	memcpy(to->bar, from->bar, sizeof(from->bar[0]) * (size_t)from->n);
	memcpy(to->out, from->out, sizeof(from->out[0]) * (size_t)from->n);
}

static inline struct feature_use
series_use(const char *text)
{
	struct feature_use u;
	struct feature_error e;
	if (feature_use_parse(&u, text, &e) < 0) {
		printf("Bail out! %s: %s\n", text, e.text);
		exit(1);
	}
	return u;
}

static inline double
series_field(const struct feature_input *in, const char *name)
{
	return strcmp(name, "open") == 0 ? in->open
	    : strcmp(name, "high") == 0  ? in->high
	    : strcmp(name, "low") == 0   ? in->low
	    : strcmp(name, "volume") == 0 ? in->volume
	                                  : in->close;
}

static inline void *
series_state(const struct feature_use *u)
{
	void *state = calloc(1, u->feature->size(&u->spec) + 1);
	if (state == NULL)
		exit(1);
	u->feature->init(state, &u->spec);
	return state;
}

static inline void
series_step(struct series *s, const struct feature_use *u, void *state, int i)
{
	struct feature_input *in = &s->bar[i];
	in->src = series_field(in, u->src);
	in->with = series_field(in, u->with);
	u->feature->update(state, in, s->out[i]);
}

static inline void
series_run(struct series *s, const struct feature_use *u)
{
	void *state = series_state(u);
	int i;
	for (i = 0; i < s->n; i++)
		series_step(s, u, state, i);
	free(state);
}

#endif
