/* SPDX-License-Identifier: MIT */
/* Reads `[alias=]name[:arg[,arg]][,key=value]` and names the outputs:
 * sma:10 -> sma_10, sma:20,src=volume -> sma_20_volume, fast=ema:12 -> fast,
 * bbands:20,2.5 -> bbands_20_2p5_upper and so on. */
#include "feature/feature_spec.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/dec.h"
#include "base/text.h"
#include "base/time.h"

struct word {
	const char *s;
	size_t n;
};

static int fail(struct feature_error *e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static int
fail(struct feature_error *e, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return -1;
}

/* At most 60 bytes of what was given, safe to show. */
static const char *
visible(struct word w, struct buf *b)
{
	buf_clear(b);
	if (text_add_visible(b, w.s, w.n, 60) < 0 || buf_str(b) == NULL)
		return "?";
	return b->data;
}

static int
fail_word(struct feature_error *e, const char *what, struct word w,
    const char *hint)
{
	struct buf b = {0};
	fail(e, "%s '%s'%s", what, visible(w, &b), hint);
	buf_release(&b);
	return -1;
}

static int
is_name(struct word w)
{
	size_t i;
	if (w.n == 0 || (w.s[0] >= '0' && w.s[0] <= '9'))
		return 0;
	for (i = 0; i < w.n; i++) {
		char c = w.s[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		        (c >= '0' && c <= '9') || c == '_'))
			return 0;
	}
	return w.n < FEATURE_FIELD_MAX;
}

/* Cuts the part up to the first of `stops` off *rest. */
static struct word
cut(struct word *rest, const char *stops)
{
	struct word w = *rest;
	w.n = 0;
	while (w.n < rest->n && strchr(stops, rest->s[w.n]) == NULL)
		w.n++;
	rest->s += w.n;
	rest->n -= w.n;
	return w;
}

static int
cut_is(struct word w, const char *s)
{
	return strlen(s) == w.n && memcmp(w.s, s, w.n) == 0;
}

static int
find_feature(struct feature_use *u, struct word name, struct feature_error *e)
{
	const char *near;
	char hint[80] = " (tfeat --list names them)";
	u->feature = feature_find(name.s, name.n);
	if (u->feature != NULL)
		return 0;
	near = feature_nearest(name.s, name.n);
	if (near != NULL)
		snprintf(hint, sizeof(hint), " (did you mean '%s'?)", near);
	return fail_word(e, "unknown feature", name, hint);
}

/* Checks an argument and adds it to the name: "2.5" as "_2p5". */
static int
take_arg(struct feature_use *u, int i, struct dec value, char *name)
{
	const struct feature_arg *a = &u->feature->args[i];
	double x = dec_to_double(value);
	size_t n = strlen(name), k, len;
	char text[DEC_TEXT_MAX];
	if (x < a->min || x > a->max || (a->is_integer && value.scale > 0))
		return -1;
	u->spec.arg[i] = x;
	len = dec_print(value, text);
	name[n++] = '_';
	for (k = 0; k < len; k++)
		name[n++] = text[k] == '.' ? 'p' : text[k];
	name[n] = '\0';
	return 0;
}

static int
fail_range(const struct feature_use *u, int i, struct word w,
    struct feature_error *e)
{
	const struct feature_arg *a = &u->feature->args[i];
	char lo[DEC_TEXT_MAX + 1], hi[DEC_TEXT_MAX + 1], hint[128];
	struct dec d = {0, 0};
	dec_from_double(a->min, 15, &d);
	lo[dec_print(d, lo)] = '\0';
	dec_from_double(a->max, 15, &d);
	hi[dec_print(d, hi)] = '\0';
	snprintf(hint, sizeof(hint), " (%s of %s is %s from %s to %s)", a->name,
	    u->feature->name, a->is_integer ? "a whole number" : "a number",
	    lo, hi);
	return fail_word(e, "bad argument", w, hint);
}

/* What was given stands in words[0..n); the others get their defaults. */
static int
take_args(struct feature_use *u, const struct word *words, int n, char *name,
    struct feature_error *e)
{
	const struct feature *f = u->feature;
	struct dec value;
	int i;
	for (i = 0; i < FEATURE_ARGS_MAX && f->args[i].name != NULL; i++) {
		if (i < n) {
			if (dec_parse(words[i].s, words[i].n, &value) !=
			        DEC_OK ||
			    take_arg(u, i, value, name) < 0)
				return fail_range(u, i, words[i], e);
			continue;
		}
		if (f->args[i].is_optional)
			continue;
		if (isnan(f->args[i].def))
			return fail(e, "%s needs its %s (%s:20)", f->name,
			    f->args[i].name, f->name);
		if (dec_from_double(f->args[i].def, 15, &value) < 0 ||
		    take_arg(u, i, value, name) < 0)
			return fail(e, "%s: bad default", f->name);
	}
	u->spec.nargs = i;
	if (n > i)
		return fail_word(e, "one argument too many,", words[i], "");
	return 0;
}

static int
take_field(char *to, struct word key, struct word value,
    struct feature_error *e)
{
	if (to[0] != '\0')
		return fail_word(e, "twice:", key, "");
	if (value.n == 0 || value.n >= FEATURE_FIELD_MAX ||
	    memchr(value.s, '"', value.n) || memchr(value.s, '\\', value.n))
		return fail_word(e, "bad field name", value, "");
	memcpy(to, value.s, value.n);
	to[value.n] = '\0';
	return 0;
}

static int
take_symbol(struct feature_use *u, struct word key, struct word value,
    struct feature_error *e)
{
	if (u->symbol[0] != '\0')
		return fail_word(e, "twice:", key, "");
	if (!text_is_symbol(value.s, value.n) ||
	    value.n >= FEATURE_SYMBOL_MAX)
		return fail_word(e, "bad symbol", value, "");
	memcpy(u->symbol, value.s, value.n);
	u->symbol[value.n] = '\0';
	return 0;
}

static int
take_span(struct feature_use *u, struct word key, struct word value,
    struct feature_error *e)
{
	if (u->span != 0)
		return fail_word(e, "twice:", key, "");
	if (span_parse(value.s, value.n, &u->span) < 0)
		return fail_word(e, "bad span", value, " (span=1h)");
	return 0;
}

static int
take_seed(struct feature_use *u, struct word value, struct feature_error *e)
{
	if (!cut_is(value, "talib") || u->spec.seed_talib)
		return fail_word(e, "bad seed", value,
		    " (seed=talib, or none)");
	u->spec.seed_talib = 1;
	return 0;
}

static int
take_key(struct feature_use *u, struct word key, struct word value,
    struct feature_error *e)
{
	char hint[80];
	if (cut_is(key, "span"))
		return take_span(u, key, value, e);
	if (cut_is(key, "src") && u->feature->inputs & FEATURE_SRC)
		return take_field(u->src, key, value, e);
	if (cut_is(key, "with") && u->feature->inputs & FEATURE_WITH)
		return take_field(u->with, key, value, e);
	if (cut_is(key, "symbol") && u->feature->inputs & FEATURE_WITH)
		return take_symbol(u, key, value, e);
	if (cut_is(key, "seed") && u->feature->has_talib)
		return take_seed(u, value, e);
	snprintf(hint, sizeof(hint), " for %s (see tfeat --explain %s)",
	    u->feature->name, u->feature->name);
	return fail_word(e, "unknown key", key, hint);
}

/* A value joins the name; what rules could not read of a symbol becomes _. */
static void
join_name(char *name, struct word key, struct word value)
{
	size_t n = strlen(name), i;
	name[n++] = '_';
	for (i = 0; i < value.n && i < FEATURE_FIELD_MAX; i++) {
		struct word c = {value.s + i, 1};
		int is_odd = cut_is(key, "symbol") && !is_name(c) &&
		    !(c.s[0] >= '0' && c.s[0] <= '9');
		name[n++] = is_odd ? '_' : value.s[i];
	}
	name[n] = '\0';
}

/* The keys after the arguments, in their order; their values join the name. */
static int
take_keys(struct feature_use *u, struct word rest, char *name,
    struct feature_error *e)
{
	struct word key, value;
	while (rest.n > 0) {
		rest.s++, rest.n--;
		key = cut(&rest, "=,");
		if (rest.n == 0 || rest.s[0] != '=')
			return fail_word(e, "not an argument or key=value:",
			    key, "");
		rest.s++, rest.n--;
		value = cut(&rest, ",");
		if (take_key(u, key, value, e) < 0)
			return -1;
		join_name(name, key, value);
	}
	if (u->feature->inputs & FEATURE_WITH && u->with[0] == '\0' &&
	    u->symbol[0] == '\0')
		return fail(e, "%s needs with=FIELD or symbol=SYMBOL, the "
		    "other series", u->feature->name);
	return 0;
}

static int
name_outputs(struct feature_use *u, struct word alias, const char *name,
    struct feature_error *e)
{
	int i, n;
	for (i = 0; i < FEATURE_OUTPUTS_MAX && u->feature->outputs[i]; i++) {
		n = alias.n > 0
		    ? snprintf(u->outputs[i], FEATURE_NAME_MAX, "%.*s%s",
		          (int)alias.n, alias.s, u->feature->outputs[i])
		    : snprintf(u->outputs[i], FEATURE_NAME_MAX, "%s%s", name,
		          u->feature->outputs[i]);
		if (n >= FEATURE_NAME_MAX)
			return fail(e, "the name '%.60s...' is too long "
			    "(give an alias=)", name);
	}
	u->noutputs = i;
	return 0;
}

/* `alias=` is there when an '=' comes before any ':' or ','. */
static int
take_alias(struct word *rest, struct word *alias, struct feature_error *e)
{
	struct word tail = *rest, w = cut(&tail, "=:,");
	alias->n = 0;
	if (tail.n == 0 || tail.s[0] != '=')
		return 0;
	if (!is_name(w))
		return fail_word(e, "bad alias", w,
		    " (letters, digits and _, a letter first)");
	*alias = w;
	rest->s = tail.s + 1;
	rest->n = tail.n - 1;
	return 0;
}

int
feature_use_parse(struct feature_use *u, const char *text,
    struct feature_error *e)
{
	struct word rest = {text, strlen(text)}, alias = {text, 0};
	struct word words[FEATURE_ARGS_MAX + 1], key;
	char name[8 * FEATURE_FIELD_MAX] = "";
	int n = 0;
	memset(u, 0, sizeof(*u));
	if (take_alias(&rest, &alias, e) < 0 ||
	    find_feature(u, cut(&rest, ":,"), e) < 0)
		return -1;
	snprintf(name, sizeof(name), "%s", u->feature->name);
	while (rest.n > 0) {
		struct word next = {rest.s + 1, rest.n - 1};
		key = cut(&next, "=,");
		if (next.n > 0 && next.s[0] == '=')
			break;
		if (n > FEATURE_ARGS_MAX ||
		    (rest.s[0] == ':') != (n == 0))
			return fail_word(e, "bad argument", key, "");
		words[n++] = key;
		rest = next;
	}
	if (take_args(u, words, n, name, e) < 0 ||
	    take_keys(u, rest, name, e) < 0)
		return -1;
	return name_outputs(u, alias, name, e);
}
