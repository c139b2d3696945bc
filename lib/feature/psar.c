/* SPDX-License-Identifier: MIT */
/* Parabolic stop and reverse (Wilder, New Concepts in Technical Trading
 * Systems, 1978), begun as TA-Lib does. */
#include "feature/feature.h"

struct psar {
	double step, max, a, sar, extreme;
	double high, low; /* of the bar before */
	uint32_t bars, is_short;
};

/* In a downtrend all is mirrored, so that only the rising case is written. */
struct psar_bar {
	double high, low, before; /* before: the low of the bar before */
	double sign;
};

static struct psar_bar
psar_view(const struct psar *p, const struct feature_input *in)
{
	if (p->is_short)
		return (struct psar_bar){-in->low, -in->high, -p->high, -1};
	return (struct psar_bar){in->high, in->low, p->low, 1};
}

static void
psar_begin(struct psar *p, const struct feature_input *in)
{
	double up = in->high - p->high, down = p->low - in->low;
	p->is_short = down > up && down > 0;
	p->a = p->step;
	p->extreme = p->is_short ? in->low : in->high;
	p->sar = p->is_short ? p->high : p->low;
	/* The first step looks at bar 2 alone. */
	p->high = in->high;
	p->low = in->low;
}

/* sar moves towards the extreme, but not into the last two bars. */
static void
psar_step(struct psar *p, const struct feature_input *in)
{
	struct psar_bar b = psar_view(p, in);
	double sar = p->sar + p->a * (p->extreme - p->sar);
	p->sar = b.sign * fmin(b.sign * sar, fmin(b.before, b.low));
}

static double
psar_turn(struct psar *p, const struct feature_input *in)
{
	struct psar_bar b;
	double sar;
	p->is_short = !p->is_short;
	b = psar_view(p, in);
	sar = p->sar = b.sign * fmin(b.sign * p->extreme,
	    fmin(b.before, b.low));
	p->a = p->step;
	p->extreme = b.sign * b.high;
	psar_step(p, in);
	return sar;
}

static double
psar_hold(struct psar *p, const struct feature_input *in)
{
	struct psar_bar b = psar_view(p, in);
	double sar = p->sar;
	if (b.high > b.sign * p->extreme) {
		p->extreme = b.sign * b.high;
		p->a = fmin(p->a + p->step, p->max);
	}
	psar_step(p, in);
	return sar;
}

static size_t
psar_size(const struct feature_spec *spec)
{
	(void)spec;
	return sizeof(struct psar);
}

static void
psar_init(void *state, const struct feature_spec *spec)
{
	struct psar *p = state;
	p->max = spec->arg[1];
	p->step = fmin(spec->arg[0], p->max);
}

static void
psar_update(void *state, const struct feature_input *in, double *out)
{
	struct psar *p = state;
	struct psar_bar b;
	out[0] = NAN;
	if (!isfinite(in->high) || !isfinite(in->low))
		return;
	if (p->bars < 2 && ++p->bars == 2)
		psar_begin(p, in);
	if (p->bars == 2) {
		b = psar_view(p, in);
		out[0] = b.low <= b.sign * p->sar ? psar_turn(p, in)
		                                  : psar_hold(p, in);
	}
	p->high = in->high;
	p->low = in->low;
}

static int
psar_warmup(const struct feature_spec *spec)
{
	(void)spec;
	return 2;
}

const struct feature feature_psar = {
	.name = "psar",
	.summary = "parabolic stop and reverse (Wilder)",
	.explain =
	    "sar' = sar + a (e - sar), e the extreme of the trend, a begins\n"
	    "with step and grows by step at each new extreme up to max. sar\n"
	    "stays outside the range of this bar and the one before. A bar\n"
	    "that touches it turns the trend: sar is then the extreme.\n"
	    "Begins on bar 2: short if that bar's -dm is above 0, else\n"
	    "long, with the other extreme of bar 1. Wilder, New Concepts in\n"
	    "Technical Trading Systems (1978).\n",
	.args = {{"step", 0.02, 0, 1000, 0, 0},
	    {"max", 0.2, 0, 1000, 0, 0}},
	.outputs = {""},
	.inputs = FEATURE_HIGH | FEATURE_LOW,
	.size = psar_size,
	.init = psar_init,
	.update = psar_update,
	.warmup = psar_warmup,
};
