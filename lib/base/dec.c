/* SPDX-License-Identifier: MIT */
/* Arithmetic of exact decimals. */
#include "base/dec.h"

#include "base/digits.h"
#include "base/wide.h"

static uint64_t
magnitude(struct dec d)
{
	return (uint64_t)(d.m < 0 ? -d.m : d.m);
}

/* d's mantissa at a larger scale; below 2^123. */
static int128
at_scale(struct dec d, int scale)
{
	return (int128)d.m * (int128)digits_pow10[scale - d.scale];
}

static int
max_scale(struct dec a, struct dec b)
{
	return a.scale > b.scale ? a.scale : b.scale;
}

static int
clamp_scale(int scale)
{
	return scale < 0 ? 0 : scale > DEC_SCALE_MAX ? DEC_SCALE_MAX : scale;
}

int
dec_cmp(struct dec a, struct dec b)
{
	int scale = max_scale(a, b);
	int128 x, y;

	if (a.scale == b.scale)
		return (a.m > b.m) - (a.m < b.m);
	x = at_scale(a, scale);
	y = at_scale(b, scale);
	return (x > y) - (x < y);
}

int
dec_sign(struct dec d)
{
	return (d.m > 0) - (d.m < 0);
}

struct dec
dec_neg(struct dec d)
{
	d.m = -d.m;
	return d;
}

struct dec
dec_abs(struct dec d)
{
	return d.m < 0 ? dec_neg(d) : d;
}

struct dec
dec_int(int64_t v)
{
	return (struct dec) { .m = v < -INT64_MAX ? -INT64_MAX : v };
}

int
dec_add(struct dec a, struct dec b, struct dec *out)
{
	int scale = max_scale(a, b);

	return wide_to_dec(at_scale(a, scale) + at_scale(b, scale), scale, out);
}

int
dec_sub(struct dec a, struct dec b, struct dec *out)
{
	return dec_add(a, dec_neg(b), out);
}

int
dec_mul(struct dec a, struct dec b, int scale, enum dec_round how,
    struct dec *out)
{
	int128 p = (int128)a.m * b.m;
	int from = a.scale + b.scale, neg = p < 0;
	uint128 q;

	scale = clamp_scale(scale);
	if (from <= scale)
		return wide_to_dec(p, from, out);
	q = wide_div(wide_abs(p), wide_pow10(from - scale), neg, how);
	return wide_to_dec(neg ? -(int128)q : (int128)q, scale, out);
}

/* (a.m / 10^a.scale) / (b.m / 10^b.scale) in units of 10^-scale. */
int
dec_div(struct dec a, struct dec b, int scale, enum dec_round how,
    struct dec *out)
{
	struct wide_ratio x = {
		.a = magnitude(a), .b = 1, .d = magnitude(b),
		.neg = (a.m < 0) != (b.m < 0),
	};
	int128 q;
	int e;

	if (b.m == 0)
		return -1;
	scale = clamp_scale(scale);
	e = scale + b.scale - a.scale;
	if (e >= 0)
		x.b = wide_pow10(e);
	else
		x.d *= wide_pow10(-e);
	if (wide_ratio(x, how, &q) == -1)
		return -1;
	return wide_to_dec(q, scale, out);
}

struct dec
dec_round(struct dec d, int scale, enum dec_round how)
{
	int neg = d.m < 0;
	uint64_t q;

	scale = clamp_scale(scale);
	if (d.scale <= scale)
		return d;
	q = (uint64_t)wide_div(magnitude(d), digits_pow10[d.scale - scale],
	    neg, how);
	wide_to_dec(neg ? -(int128)q : (int128)q, scale, &d);
	return d;
}

int
dec_round_to(struct dec d, struct dec step, enum dec_round how,
    struct dec *out)
{
	int scale = max_scale(d, step), neg = d.m < 0;
	int128 n = at_scale(d, scale), unit = at_scale(step, scale);

	if (unit <= 0)
		return -1;
	n = (int128)wide_div(wide_abs(n), (uint128)unit, neg, how) * unit;
	return wide_to_dec(neg ? -n : n, scale, out);
}

int
dec_is_multiple(struct dec d, struct dec step)
{
	int scale = max_scale(d, step);

	if (step.m == 0)
		return 0;
	if (d.scale == step.scale)
		return d.m % step.m == 0;
	return at_scale(d, scale) % at_scale(step, scale) == 0;
}
