/* SPDX-License-Identifier: MIT */
/* Kaufman's adaptive moving average: an EMA as fast as the trend is straight
 * (Trading Systems and Methods). */
#include "feature/feature.h"
#include "feature/window.h"

struct kama {
	double fast, slow; /* alphas */
	double last, value;
	/* a ring of n values and a window_sum of n changes follow */
};

static size_t
kama_size(const struct feature_spec *spec)
{
	uint32_t n = feature_period(spec, 0);
	return sizeof(struct kama) + window_ring_size(n) + window_sum_size(n);
}

static void
kama_init(void *state, const struct feature_spec *spec)
{
	struct kama *k = state;
	uint32_t n = feature_period(spec, 0);
	struct window_ring *ring = window_after(k, sizeof(*k));
	k->fast = 2 / (spec->arg[1] + 1);
	k->slow = 2 / (spec->arg[2] + 1);
	window_ring_init(ring, n);
	window_sum_init(window_after(ring, window_ring_size(n)), n);
}

static void
kama_update(void *state, const struct feature_input *in, double *out)
{
	struct kama *k = state;
	struct window_ring *ring = window_after(k, sizeof(*k));
	struct window_sum *w = window_after(ring, window_ring_size(ring->n));
	double before, way, moved, c, next;
	out[0] = NAN;
	if (!isfinite(in->src) || !isfinite(in->src - k->last))
		return;
	moved = ring->len > 0
	    ? window_sum_add(w, fabs(in->src - k->last)) : 0;
	k->last = in->src;
	before = window_ring_add(ring, in->src);
	if (!isfinite(before)) {
		k->value = in->src;
		return;
	}
	way = fabs(in->src - before);
	c = moved <= way ? 1 : way / moved;
	c = c * (k->fast - k->slow) + k->slow;
	next = k->value + c * c * (in->src - k->value);
	if (isfinite(next))
		out[0] = k->value = next;
}

static int
kama_warmup(const struct feature_spec *spec)
{
	return (int)feature_period(spec, 0) + 1;
}

const struct feature feature_kama = {
	.name = "kama",
	.summary = "Kaufman's adaptive moving average",
	.explain =
	    "kama = k + c (x - k), k the value before, c = (e (f - s) +\n"
	    "s)^2, f and s the alphas 2/(fast+1) and 2/(slow+1), e = |x -\n"
	    "x[n]| / sum of the last n |changes| (1 when nothing moved).\n"
	    "Begun with the value of bar n, so defined from bar n + 1 on.\n"
	    "Kaufman, Trading Systems and Methods.\n",
	.args = {{"period", 10, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"fast", 2, 1, FEATURE_PERIOD_MAX, 1, 0},
	    {"slow", 30, 1, FEATURE_PERIOD_MAX, 1, 0}},
	.outputs = {""},
	.inputs = FEATURE_SRC,
	.size = kama_size,
	.init = kama_init,
	.update = kama_update,
	.warmup = kama_warmup,
};
