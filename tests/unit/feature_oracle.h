/* SPDX-License-Identifier: MIT */
/* Every feature once more, slow and obvious: from its definition, over whole
 * arrays, each window summed afresh. */
#ifndef TAPE_FEATURE_ORACLE_H
#define TAPE_FEATURE_ORACLE_H

#include "feature_series.h"

typedef double column[SERIES_MAX];

struct oracle {
	const struct series *s;
	const struct feature_use *use;
	int n; /* bars */
	column src, with, open, high, low, close, volume, typical;
	column out[FEATURE_OUTPUTS_MAX];
};

static inline int
oracle_arg(const struct oracle *o, int i)
{
	return (int)o->use->spec.arg[i];
}

/* Whether x[i-n+1..i] are all there. */
static inline int
full(const double *x, int i, int n)
{
	int k;
	if (i < n - 1)
		return 0;
	for (k = 0; k < n; k++)
		if (isnan(x[i - k]))
			return 0;
	return 1;
}

static inline double
mean_of(const double *x, int i, int n)
{
	long double sum = 0;
	int k;
	for (k = 0; k < n; k++)
		sum += x[i - k];
	return (double)(sum / n);
}

static inline double
sum_of(const double *x, int i, int n)
{
	long double sum = 0;
	int k;
	for (k = 0; k < n; k++)
		sum += x[i - k];
	return (double)sum;
}

static inline double
high_of(const double *x, int i, int n)
{
	double best = x[i];
	int k;
	for (k = 0; k < n; k++)
		best = x[i - k] > best ? x[i - k] : best;
	return best;
}

static inline double
low_of(const double *x, int i, int n)
{
	double best = x[i];
	int k;
	for (k = 0; k < n; k++)
		best = x[i - k] < best ? x[i - k] : best;
	return best;
}

static inline double
deviation_of(const double *x, int i, int n)
{
	long double sum = 0, mean = 0;
	int k;
	for (k = 0; k < n; k++)
		mean += (long double)x[i - k] / n;
	for (k = 0; k < n; k++)
		sum += (x[i - k] - mean) * (x[i - k] - mean);
	return (double)sqrtl(sum / n);
}

static inline void
sma_of(const double *x, int count, int n, double *out)
{
	int i;
	for (i = 0; i < count; i++)
		out[i] = full(x, i, n) ? mean_of(x, i, n) : NAN;
}

static inline void
wma_of(const double *x, int count, int n, double *out)
{
	int i, k;
	for (i = 0; i < count; i++) {
		long double sum = 0;
		out[i] = NAN;
		if (!full(x, i, n))
			continue;
		for (k = 0; k < n; k++)
			sum += (long double)(n - k) * x[i - k];
		out[i] = (double)(sum / (n * (n + 1) / 2));
	}
}

/* Seeded with the mean of the first n from `start` on. */
static inline void
ema_of(const double *x, int count, int n, double alpha, double *out)
{
	int i, first = 0;
	while (first < count && isnan(x[first]))
		first++;
	for (i = 0; i < count; i++)
		out[i] = i < first + n - 1 ? NAN
		    : i == first + n - 1   ? mean_of(x, i, n)
		                     : (1 - alpha) * out[i - 1] + alpha * x[i];
}

static inline void
true_ranges(const struct oracle *o, double *out)
{
	int i;
	out[0] = NAN;
	for (i = 1; i < o->n; i++)
		out[i] = fmax(o->high[i] - o->low[i],
		    fmax(fabs(o->high[i] - o->close[i - 1]),
		        fabs(o->low[i] - o->close[i - 1])));
}

static inline void
oracle_rsi(const struct oracle *o, int n, double *out)
{
	static column up, down, u, d;
	int i;
	up[0] = down[0] = NAN;
	for (i = 1; i < o->n; i++) {
		up[i] = fmax(o->src[i] - o->src[i - 1], 0);
		down[i] = fmax(o->src[i - 1] - o->src[i], 0);
	}
	ema_of(up, o->n, n, 1.0 / n, u);
	ema_of(down, o->n, n, 1.0 / n, d);
	for (i = 0; i < o->n; i++) {
		out[i] = u[i] + d[i] == 0 ? 0 : 100 - 100 / (1 + u[i] / d[i]);
		/* both shrink alike, so rounding must not show */
		if (i > n && up[i] == 0 && down[i] == 0)
			out[i] = out[i - 1];
	}
}

/* ---- one function a feature ---- */

static inline void
oracle_averages(struct oracle *o, const char *name)
{
	static column e1, e2, e3, t;
	int n = oracle_arg(o, 0), i, lag = (n - 1) / 2;
	double a = 2.0 / (n + 1);
	if (strcmp(name, "sma") == 0)
		sma_of(o->src, o->n, n, o->out[0]);
	if (strcmp(name, "wma") == 0)
		wma_of(o->src, o->n, n, o->out[0]);
	if (strcmp(name, "ema") == 0)
		ema_of(o->src, o->n, n, a, o->out[0]);
	if (strcmp(name, "rma") == 0)
		ema_of(o->src, o->n, n, 1.0 / n, o->out[0]);
	ema_of(o->src, o->n, n, a, e1);
	ema_of(e1, o->n, n, a, e2);
	ema_of(e2, o->n, n, a, e3);
	for (i = 0; i < o->n; i++) {
		if (strcmp(name, "dema") == 0)
			o->out[0][i] = 2 * e1[i] - e2[i];
		if (strcmp(name, "tema") == 0)
			o->out[0][i] = 3 * e1[i] - 3 * e2[i] + e3[i];
		if (strcmp(name, "trix") == 0)
			o->out[0][i] = i == 0 ? NAN
			    : 100 * (e3[i] - e3[i - 1]) / e3[i - 1];
	}
	if (strcmp(name, "trix") == 0)
		ema_of(o->out[0], o->n, oracle_arg(o, 1),
		    2.0 / (oracle_arg(o, 1) + 1), o->out[1]);
	if (strcmp(name, "hma") == 0) {
		wma_of(o->src, o->n, n / 2, e1);
		wma_of(o->src, o->n, n, e2);
		for (i = 0; i < o->n; i++)
			t[i] = 2 * e1[i] - e2[i];
		wma_of(t, o->n, (int)sqrt(n), o->out[0]);
	}
	if (strcmp(name, "zlema") == 0) {
		for (i = 0; i < o->n; i++)
			t[i] = i < lag ? NAN : 2 * o->src[i] - o->src[i - lag];
		ema_of(t, o->n, n, a, o->out[0]);
	}
}

static inline void
oracle_macd(struct oracle *o, int is_percent)
{
	static column fast, slow;
	int f = oracle_arg(o, 0), s = oracle_arg(o, 1), g = oracle_arg(o, 2), i;
	ema_of(o->src, o->n, f, 2.0 / (f + 1), fast);
	ema_of(o->src, o->n, s, 2.0 / (s + 1), slow);
	for (i = 0; i < o->n; i++)
		o->out[0][i] = (fast[i] - slow[i]) *
		    (is_percent ? 100 / slow[i] : 1);
	ema_of(o->out[0], o->n, g, 2.0 / (g + 1), o->out[1]);
	for (i = 0; i < o->n; i++)
		o->out[2][i] = o->out[0][i] - o->out[1][i];
}

static inline void
oracle_kama(struct oracle *o)
{
	int n = oracle_arg(o, 0), i, k;
	double fast = 2.0 / (oracle_arg(o, 1) + 1);
	double slow = 2.0 / (oracle_arg(o, 2) + 1), value = NAN;
	for (i = 0; i < o->n; i++) {
		double way = 0, e, c;
		o->out[0][i] = NAN;
		if (i < n)
			continue;
		for (k = 0; k < n; k++)
			way += fabs(o->src[i - k] - o->src[i - k - 1]);
		e = way == 0 ? 1 : fabs(o->src[i] - o->src[i - n]) / way;
		c = e * (fast - slow) + slow;
		if (i == n)
			value = o->src[n - 1];
		value = value + c * c * (o->src[i] - value);
		o->out[0][i] = value;
	}
}

/* The mean of the last n values that there are: it passes over the others. */
static inline void
mean_of_known(const double *x, int count, int n, double *out)
{
	static column known;
	int i, m = 0;
	for (i = 0; i < count; i++) {
		out[i] = NAN;
		if (isnan(x[i]))
			continue;
		known[m++] = x[i];
		if (m >= n)
			out[i] = mean_of(known, m - 1, n);
	}
}

static inline void
oracle_stochastic(struct oracle *o, const double *x, const double *h,
    const double *l, int n, int arg)
{
	static column raw;
	int i;
	for (i = 0; i < o->n; i++)
		raw[i] = full(h, i, n) ? 100 * (x[i] - low_of(l, i, n)) /
		        (high_of(h, i, n) - low_of(l, i, n))
		                       : NAN;
	mean_of_known(raw, o->n, oracle_arg(o, arg), o->out[0]);
	mean_of_known(o->out[0], o->n, oracle_arg(o, arg + 1), o->out[1]);
}

/* Those that read only the last n values of one series. */
static inline void
oracle_window(struct oracle *o, const char *name)
{
	int n = oracle_arg(o, 0), i, k;
	const double *x = o->src;
	for (i = 0; i < o->n; i++) {
		double *out = &o->out[0][i], before = i >= n ? x[i - n] : NAN;
		int ok = full(x, i, n);
		*out = NAN;
		if (strcmp(name, "roc") == 0)
			*out = 100 * (x[i] - before) / before;
		if (strcmp(name, "mom") == 0 || strcmp(name, "diff") == 0)
			*out = x[i] - before;
		if (strcmp(name, "lag") == 0)
			*out = before;
		if (strcmp(name, "logret") == 0)
			*out = log(x[i]) - log(before);
		if (!ok)
			continue;
		if (strcmp(name, "sum") == 0)
			*out = sum_of(x, i, n);
		if (strcmp(name, "max") == 0)
			*out = high_of(x, i, n);
		if (strcmp(name, "min") == 0)
			*out = low_of(x, i, n);
		if (strcmp(name, "stddev") == 0)
			*out = deviation_of(x, i, n);
		if (strcmp(name, "variance") == 0)
			*out = pow(deviation_of(x, i, n), 2);
		if (strcmp(name, "zscore") == 0)
			*out = (x[i] - mean_of(x, i, n)) /
			    deviation_of(x, i, n);
		if (strcmp(name, "rank") == 0) {
			double below = 0;
			for (k = 1; k < n; k++)
				below += x[i - k] < x[i]   ? 1
				    : x[i - k] == x[i] ? 0.5
				                       : 0;
			*out = below / (n - 1);
		}
	}
}

static inline int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static inline void
oracle_percentile(struct oracle *o)
{
	int n = oracle_arg(o, 0), i, k;
	double h = (n - 1) * o->use->spec.arg[1] / 100;
	static column sorted;
	for (i = 0; i < o->n; i++) {
		o->out[0][i] = NAN;
		if (i < n - 1)
			continue;
		memcpy(sorted, &o->src[i - n + 1], (size_t)n * sizeof(double));
		qsort(sorted, (size_t)n, sizeof(double), by_value);
		k = (int)floor(h);
		o->out[0][i] = k + 1 < n
		    ? sorted[k] * (1 - (h - k)) + sorted[k + 1] * (h - k)
		    : sorted[n - 1];
	}
}

static inline void
oracle_bbands(struct oracle *o)
{
	int n = oracle_arg(o, 0), i;
	double k = o->use->spec.arg[1];
	for (i = 0; i < o->n; i++) {
		int ok = full(o->src, i, n);
		double m = ok ? mean_of(o->src, i, n) : NAN;
		double d = ok ? deviation_of(o->src, i, n) : NAN;
		o->out[0][i] = m + k * d;
		o->out[1][i] = m;
		o->out[2][i] = m - k * d;
		o->out[3][i] = 100 * 2 * k * d / m;
		o->out[4][i] = (o->src[i] - (m - k * d)) / (2 * k * d);
	}
}

static inline void
oracle_ranges(struct oracle *o, const char *name)
{
	static column tr, e;
	int n = oracle_arg(o, 0), i;
	true_ranges(o, tr);
	if (strcmp(name, "tr") == 0)
		memcpy(o->out[0], tr, sizeof(tr));
	if (strcmp(name, "atr") == 0 || strcmp(name, "natr") == 0)
		ema_of(tr, o->n, n, 1.0 / n, o->out[0]);
	if (strcmp(name, "natr") == 0)
		for (i = 0; i < o->n; i++)
			o->out[0][i] *= 100 / o->close[i];
	if (strcmp(name, "keltner") == 0) {
		int m = oracle_arg(o, 1);
		ema_of(o->close, o->n, n, 2.0 / (n + 1), o->out[1]);
		ema_of(tr, o->n, m, 1.0 / m, e);
		for (i = 0; i < o->n; i++) {
			double reach = o->use->spec.arg[2] * e[i];
			o->out[0][i] = o->out[1][i] + reach;
			o->out[2][i] = o->out[1][i] - reach;
		}
	}
}

static inline void
oracle_supertrend(struct oracle *o)
{
	static column tr, atr;
	int n = oracle_arg(o, 0), i, up = 1;
	double k = o->use->spec.arg[1], hi = NAN, lo = NAN;
	true_ranges(o, tr);
	ema_of(tr, o->n, n, 1.0 / n, atr);
	for (i = 0; i < o->n; i++) {
		double mid = (o->high[i] + o->low[i]) / 2;
		o->out[0][i] = o->out[1][i] = NAN;
		if (isnan(atr[i]))
			continue;
		hi = isnan(hi) || o->close[i - 1] > hi ? mid + k * atr[i]
		                               : fmin(hi, mid + k * atr[i]);
		lo = isnan(lo) || o->close[i - 1] < lo ? mid - k * atr[i]
		                               : fmax(lo, mid - k * atr[i]);
		if (i > n)
			up = up ? !(o->close[i] < lo) : o->close[i] > hi;
		o->out[0][i] = up ? lo : hi;
		o->out[1][i] = up ? 1 : -1;
	}
}

static inline void
oracle_cci(struct oracle *o)
{
	int n = oracle_arg(o, 0), i, k;
	for (i = 0; i < o->n; i++) {
		double m, d = 0;
		o->out[0][i] = NAN;
		if (i < n - 1)
			continue;
		m = mean_of(o->typical, i, n);
		for (k = 0; k < n; k++)
			d += fabs(o->typical[i - k] - m) / n;
		o->out[0][i] = (o->typical[i] - m) / (0.015 * d);
	}
}

static inline void
oracle_channel(struct oracle *o, const char *name)
{
	int n = oracle_arg(o, 0), i, k;
	for (i = 0; i < o->n; i++) {
		double h, l;
		o->out[0][i] = o->out[1][i] = o->out[2][i] = NAN;
		if (strcmp(name, "aroon") == 0 && i >= n) {
			int top = 0, bottom = 0;
			for (k = 1; k <= n; k++) {
				if (o->high[i - k] > o->high[i - top])
					top = k;
				if (o->low[i - k] < o->low[i - bottom])
					bottom = k;
			}
			o->out[0][i] = 100.0 * (n - top) / n;
			o->out[1][i] = 100.0 * (n - bottom) / n;
			o->out[2][i] = o->out[0][i] - o->out[1][i];
		}
		if (strcmp(name, "aroon") == 0 || i < n - 1)
			continue;
		h = high_of(o->high, i, n);
		l = low_of(o->low, i, n);
		o->out[0][i] = strcmp(name, "willr") == 0
		    ? -100 * (h - o->close[i]) / (h - l)
		    : h;
		o->out[1][i] = (h + l) / 2;
		o->out[2][i] = l;
	}
}

/* Sums over n bars of something of this bar and the one before. */
static inline void
oracle_sums(struct oracle *o, const char *name)
{
	static column a, b, c;
	int n = oracle_arg(o, 0), i;
	true_ranges(o, c);
	for (i = 0; i < o->n; i++) {
		double p = i > 0 ? o->typical[i] - o->typical[i - 1] : NAN;
		double d = i > 0 ? o->src[i] - o->src[i - 1] : NAN;
		double flow = o->typical[i] * o->volume[i];
		a[i] = b[i] = NAN;
		if (strcmp(name, "mfi") == 0 && i > 0) {
			a[i] = p > 0 ? flow : 0;
			b[i] = p < 0 ? flow : 0;
		}
		if (strcmp(name, "cmo") == 0 && i > 0) {
			a[i] = d > 0 ? d : 0;
			b[i] = d < 0 ? -d : 0;
		}
		if (strcmp(name, "vortex") == 0 && i > 0) {
			a[i] = fabs(o->high[i] - o->low[i - 1]);
			b[i] = fabs(o->low[i] - o->high[i - 1]);
		}
		if (strcmp(name, "vwma") == 0)
			a[i] = o->src[i] * o->volume[i];
		if (strcmp(name, "vwap") == 0)
			a[i] = flow;
		if (strcmp(name, "cmf") == 0)
			a[i] = o->high[i] > o->low[i] ? o->volume[i] *
			        (2 * o->close[i] - o->high[i] - o->low[i]) /
			        (o->high[i] - o->low[i])
			                              : 0;
	}
	for (i = 0; i < o->n; i++) {
		double x, y;
		o->out[0][i] = o->out[1][i] = NAN;
		if (!full(a, i, n))
			continue;
		x = sum_of(a, i, n);
		y = isnan(b[i]) ? sum_of(o->volume, i, n) : sum_of(b, i, n);
		if (isnan(b[i]))
			o->out[0][i] = x / y;
		else if (strcmp(name, "mfi") == 0)
			o->out[0][i] = 100 * x / (x + y);
		else if (strcmp(name, "cmo") == 0)
			o->out[0][i] = 100 * (x - y) / (x + y);
		else {
			o->out[0][i] = x / sum_of(c, i, n);
			o->out[1][i] = y / sum_of(c, i, n);
		}
	}
}

static inline void
oracle_ultosc(struct oracle *o)
{
	static column bp, tr;
	int i, k;
	true_ranges(o, tr);
	bp[0] = NAN;
	for (i = 1; i < o->n; i++)
		bp[i] = o->close[i] - fmin(o->low[i], o->close[i - 1]);
	for (i = 0; i < o->n; i++) {
		o->out[0][i] = 0;
		for (k = 0; k < 3; k++) {
			int n = oracle_arg(o, k);
			o->out[0][i] += !full(tr, i, n) ? NAN
			    : (4 >> k) * 100 / 7.0 * sum_of(bp, i, n) /
			        sum_of(tr, i, n);
		}
	}
}

static inline void
oracle_adx(struct oracle *o)
{
	static column tr, up, down, a, b, c, dx;
	int n = oracle_arg(o, 0), i;
	true_ranges(o, tr);
	up[0] = down[0] = NAN;
	for (i = 1; i < o->n; i++) {
		double u = o->high[i] - o->high[i - 1];
		double d = o->low[i - 1] - o->low[i];
		up[i] = u > d && u > 0 ? u : 0;
		down[i] = d > u && d > 0 ? d : 0;
	}
	ema_of(tr, o->n, n, 1.0 / n, a);
	ema_of(up, o->n, n, 1.0 / n, b);
	ema_of(down, o->n, n, 1.0 / n, c);
	for (i = 0; i < o->n; i++) {
		o->out[1][i] = 100 * b[i] / a[i];
		o->out[2][i] = 100 * c[i] / a[i];
		dx[i] = 100 * fabs(b[i] - c[i]) / (b[i] + c[i]);
	}
	ema_of(dx, o->n, n, 1.0 / n, o->out[0]);
}

/* Written out for both directions, unlike the feature. */
static inline void
oracle_psar(struct oracle *o)
{
	double step = o->use->spec.arg[0], max = o->use->spec.arg[1];
	double sar = 0, ep = 0, a = step;
	const double *h = o->high, *l = o->low;
	int i, is_long = 1, p;
	o->out[0][0] = NAN;
	for (i = 1; i < o->n; i++) {
		p = i == 1 ? 1 : i - 1;
		if (i == 1) {
			double down = l[0] - l[1];
			is_long = !(down > 0 && down > h[1] - h[0]);
			ep = is_long ? h[1] : l[1];
			sar = is_long ? l[0] : h[0];
		}
		if (is_long && l[i] <= sar) {
			is_long = 0;
			o->out[0][i] = fmax(ep, fmax(h[p], h[i]));
			a = step;
			ep = l[i];
			sar = o->out[0][i];
		} else if (!is_long && h[i] >= sar) {
			is_long = 1;
			o->out[0][i] = fmin(ep, fmin(l[p], l[i]));
			a = step;
			ep = h[i];
			sar = o->out[0][i];
		} else {
			o->out[0][i] = sar;
			if (is_long ? h[i] > ep : l[i] < ep) {
				ep = is_long ? h[i] : l[i];
				a = fmin(a + step, max);
			}
		}
		sar += a * (ep - sar);
		sar = is_long ? fmin(sar, fmin(l[p], l[i]))
		              : fmax(sar, fmax(h[p], h[i]));
	}
}

static inline void
oracle_volumes(struct oracle *o, const char *name)
{
	double sum = 0, fast = 0, slow = 0;
	int i;
	for (i = 0; i < o->n; i++) {
		double range = o->high[i] - o->low[i];
		if (strcmp(name, "obv") == 0) {
			if (i > 0)
				sum += o->volume[i] *
				    ((o->close[i] > o->close[i - 1]) -
				        (o->close[i] < o->close[i - 1]));
			o->out[0][i] = sum;
			continue;
		}
		sum += range > 0 ? o->volume[i] *
		        (2 * o->close[i] - o->low[i] - o->high[i]) / range
		                 : 0;
		o->out[0][i] = sum;
		if (strcmp(name, "adosc") != 0)
			continue;
		if (i == 0)
			fast = slow = sum;
		fast += (sum - fast) * 2 / (oracle_arg(o, 0) + 1);
		slow += (sum - slow) * 2 / (oracle_arg(o, 1) + 1);
		o->out[0][i] = i + 1 < fmax(oracle_arg(o, 0), oracle_arg(o, 1))
		    ? NAN
		    : fast - slow;
	}
}

static inline double
covariance(const double *x, const double *y, int i, int n)
{
	double mx = mean_of(x, i, n), my = mean_of(y, i, n);
	long double sum = 0;
	int k;
	for (k = 0; k < n; k++)
		sum += (x[i - k] - mx) * (y[i - k] - my);
	return (double)(sum / n);
}

static inline void
oracle_pairs(struct oracle *o, const char *name)
{
	static column a, b;
	int n = oracle_arg(o, 0), i, k;
	for (i = 0; i < o->n; i++) {
		a[i] = i > 0 ? o->src[i] / o->src[i - 1] - 1 : NAN;
		b[i] = i > 0 ? o->with[i] / o->with[i - 1] - 1 : NAN;
		if (strcmp(name, "rvol") == 0)
			a[i] = i > 0 ? log(o->src[i]) - log(o->src[i - 1])
			             : NAN;
	}
	for (i = 0; i < o->n; i++) {
		o->out[0][i] = o->out[1][i] = o->out[2][i] = o->out[3][i] = NAN;
		if (strcmp(name, "correl") == 0 && i >= n - 1)
			o->out[0][i] = covariance(o->src, o->with, i, n) /
			    sqrt(covariance(o->src, o->src, i, n) *
			        covariance(o->with, o->with, i, n));
		if (strcmp(name, "beta") == 0 && i >= n)
			o->out[0][i] =
			    covariance(a, b, i, n) / covariance(b, b, i, n);
		if (strcmp(name, "rvol") == 0 && i >= n)
			o->out[0][i] = deviation_of(a, i, n) *
			    sqrt(o->use->spec.arg[1]);
		if (strcmp(name, "linreg") == 0 && i >= n - 1) {
			for (k = 0; k < o->n; k++)
				b[k] = k;
			double slope = covariance(b, o->src, i, n) /
			    covariance(b, b, i, n);
			double mid = mean_of(o->src, i, n);
			o->out[0][i] = mid + slope * (n - 1) / 2;
			o->out[1][i] = slope;
			o->out[2][i] = mid - slope * (n - 1) / 2;
			o->out[3][i] = pow(covariance(b, o->src, i, n), 2) /
			    covariance(b, b, i, n) /
			    covariance(o->src, o->src, i, n);
		}
	}
}

static inline void
oracle_session(struct oracle *o)
{
	double money = 0, volume = 0;
	int i;
	for (i = 0; i < o->n; i++) {
		if (i > 0 && o->s->bar[i].session != o->s->bar[i - 1].session)
			money = volume = 0;
		money += o->typical[i] * o->volume[i];
		volume += o->volume[i];
		o->out[0][i] = money / volume;
	}
}

/* Days by looking back from each bar. */
static inline void
oracle_days(struct oracle *o, const char *name)
{
	const struct feature_input *bar = o->s->bar;
	int i, k, first, before;
	for (i = 0; i < o->n; i++) {
		for (first = i; first > 0 &&
		     bar[first - 1].session == bar[i].session;)
			first--;
		for (before = first; before > 0 && bar[before - 1].session ==
		         bar[first - 1].session;)
			before--;
		for (k = 0; k < 4; k++)
			o->out[k][i] = NAN;
		if (strcmp(name, "session_high") == 0)
			o->out[0][i] = high_of(o->high, i, i - first + 1);
		if (strcmp(name, "session_low") == 0)
			o->out[0][i] = low_of(o->low, i, i - first + 1);
		if (strcmp(name, "prev_day") == 0 && first > 0) {
			o->out[0][i] = o->open[before];
			o->out[1][i] =
			    high_of(o->high, first - 1, first - before);
			o->out[2][i] =
			    low_of(o->low, first - 1, first - before);
			o->out[3][i] = o->close[first - 1];
		}
		if (strcmp(name, "or") == 0) {
			/* the bars of tests have half an hour */
			int bars = (oracle_arg(o, 0) + 29) / 30;
			if (i - first + 1 < bars)
				continue;
			o->out[0][i] =
			    high_of(o->high, first + bars - 1, bars);
			o->out[1][i] = low_of(o->low, first + bars - 1, bars);
		}
	}
}

static inline void
oracle_two(struct oracle *o, const char *name)
{
	int i, n = oracle_arg(o, 0);
	double hedge = o->use->spec.arg[0] > 0 ? o->use->spec.arg[0] : 1;
	for (i = 0; i < o->n; i++) {
		double ratio = o->src[i] / o->with[i];
		if (strcmp(name, "ratio") == 0)
			o->out[0][i] = ratio;
		else if (strcmp(name, "spread") == 0)
			o->out[0][i] = o->src[i] - hedge * o->with[i];
		else
			o->out[0][i] = i < n ? NAN
			    : 100 * (o->src[i] / o->src[i - n] /
			                (o->with[i] / o->with[i - n]) - 1);
	}
}

static inline void
oracle_since(struct oracle *o)
{
	int i, k;
	for (i = 0; i < o->n; i++) {
		for (k = i; k >= 0 && !(o->src[k] > 0);)
			k--;
		o->out[0][i] = k >= 0 ? i - k : (double)NAN;
	}
}

static inline int
is_one_of(const char *name, const char *list)
{
	char word[32];
	snprintf(word, sizeof(word), " %s ", name);
	return strstr(list, word) != NULL;
}

/* -1: no such oracle. */
static inline int
oracle_run(struct oracle *o)
{
	static column r;
	const char *f = o->use->feature->name;
	if (is_one_of(f, " sma wma ema rma dema tema trix hma zlema "))
		oracle_averages(o, f);
	else if (is_one_of(f, " macd ppo "))
		oracle_macd(o, strcmp(f, "ppo") == 0);
	else if (is_one_of(f, " roc mom diff lag logret sum max min stddev "
	                      "variance zscore rank "))
		oracle_window(o, f);
	else if (is_one_of(f, " tr atr natr keltner "))
		oracle_ranges(o, f);
	else if (is_one_of(f, " willr donchian aroon "))
		oracle_channel(o, f);
	else if (strcmp(f, "vwap") == 0 && o->use->spec.arg[0] == 0)
		oracle_session(o);
	else if (is_one_of(f, " mfi cmo vortex vwma vwap cmf "))
		oracle_sums(o, f);
	else if (is_one_of(f, " obv ad adosc "))
		oracle_volumes(o, f);
	else if (is_one_of(f, " correl beta rvol linreg "))
		oracle_pairs(o, f);
	else if (is_one_of(f, " session_high session_low prev_day or "))
		oracle_days(o, f);
	else if (is_one_of(f, " ratio spread rs "))
		oracle_two(o, f);
	else if (strcmp(f, "bars_since") == 0)
		oracle_since(o);
	else if (strcmp(f, "kama") == 0)
		oracle_kama(o);
	else if (strcmp(f, "rsi") == 0)
		oracle_rsi(o, oracle_arg(o, 0), o->out[0]);
	else if (strcmp(f, "bbands") == 0)
		oracle_bbands(o);
	else if (strcmp(f, "percentile") == 0)
		oracle_percentile(o);
	else if (strcmp(f, "supertrend") == 0)
		oracle_supertrend(o);
	else if (strcmp(f, "cci") == 0)
		oracle_cci(o);
	else if (strcmp(f, "ultosc") == 0)
		oracle_ultosc(o);
	else if (strcmp(f, "adx") == 0)
		oracle_adx(o);
	else if (strcmp(f, "psar") == 0)
		oracle_psar(o);
	else if (strcmp(f, "stoch") == 0)
		oracle_stochastic(o, o->close, o->high, o->low,
		    oracle_arg(o, 0), 1);
	else if (strcmp(f, "stochrsi") == 0) {
		oracle_rsi(o, oracle_arg(o, 0), r);
		oracle_stochastic(o, r, r, r, oracle_arg(o, 1), 2);
	} else
		return -1;
	return 0;
}

/* The oracle of one use over a series. */
static inline int
oracle_make(struct oracle *o, const struct series *s,
    const struct feature_use *u)
{
	int i;
	o->s = s;
	o->use = u;
	o->n = s->n;
	for (i = 0; i < s->n; i++) {
		const struct feature_input *in = &s->bar[i];
		o->src[i] = series_field(in, u->src);
		o->with[i] = series_field(in, u->with);
		o->open[i] = in->open;
		o->high[i] = in->high;
		o->low[i] = in->low;
		o->close[i] = in->close;
		o->volume[i] = in->volume;
		o->typical[i] = (in->high + in->low + in->close) / 3;
	}
	return oracle_run(o);
}

#endif
