/* SPDX-License-Identifier: MIT */
/* Ready-made rules: the list, their arguments, and their text. */
#include <stdio.h>
#include <string.h>

#include "base/real.h"
#include "base/text.h"
#include "signal/lex.h"
#include "signal/mixin.h"

#define MIXIN(name) extern const struct mixin mixin_##name;
#include "signal/list.def"
#undef MIXIN

const struct mixin *const mixins[] = {
#define MIXIN(name) &mixin_##name,
#include "signal/list.def"
#undef MIXIN
    NULL};

enum { MIXINS = sizeof(mixins) / sizeof(*mixins) - 1 };

const struct mixin *
mixin_find(const char *name, size_t n)
{
	for (size_t i = 0; i < MIXINS; i++)
		if (strlen(mixins[i]->name) == n &&
		    memcmp(mixins[i]->name, name, n) == 0)
			return mixins[i];
	return NULL;
}

void
mixin_defaults(const struct mixin *m, double arg[MIXIN_ARGS_MAX])
{
	for (int i = 0; i < MIXIN_ARGS_MAX; i++)
		arg[i] = m->args[i].name != NULL ? m->args[i].def : 0;
}

int
mixin_add_number(struct buf *out, double x)
{
	char text[REAL_TEXT_MAX];
	return buf_add(out, text, real_print(x, text));
}

int
mixin_add_mean(struct buf *out, const char *x, int n)
{
	int bad = buf_add_char(out, '(');
	for (int i = 1; i <= n; i++)
		bad |= buf_addf(out, "%s%s[%d]", i > 1 ? " + " : "", x, i);
	return bad | buf_addf(out, ") / %d", n);
}

static int
add_in_name(struct buf *out, double x)
{
	size_t at = out->len;
	int bad = mixin_add_number(out, x);
	for (; !bad && at < out->len; at++)
		if (out->data[at] == '.')
			out->data[at] = 'p';
	return bad;
}

int
mixin_fill(struct buf *out, const char *text, const double *arg)
{
	int bad = 0;
	for (const char *p = text; *p != '\0' && !bad; p++) {
		if (*p != '{') {
			bad = buf_add_char(out, *p);
			continue;
		}
		char how = p[1];
		p += how == 'p' || how == '-' ? 2 : 1;
		double x = arg[*p - '0'];
		bad = how == 'p' ? add_in_name(out, x)
				 : mixin_add_number(
				       out, how == '-' && x != 0 ? -x : x);
		p++;
	}
	return bad;
}

int
mixin_add_condition(struct buf *out, const struct mixin *m, const double *arg)
{
	return m->condition != NULL ? m->condition(out, arg)
				    : mixin_fill(out, m->when, arg);
}

int
mixin_add_text(struct buf *out, const struct mixin *m, const double *arg)
{
	return m->rules != NULL ? m->rules(out, arg)
				: mixin_fill(out, m->then, arg);
}

/* The place of a use: what is read, and where errors point. */
struct use {
	struct rules *r;
	int32_t source;
	const char *at, *p; /* "@name", and what is not read yet */
	const struct mixin *m;
	double arg[MIXIN_ARGS_MAX];
};

static int
fail_unknown(struct use *u, size_t n)
{
	const char *names[MIXINS], *near;
	for (size_t i = 0; i < MIXINS; i++)
		names[i] = mixins[i]->name;
	near = text_nearest(u->at + 1, n, names, MIXINS);
	if (near == NULL)
		return rules_fail(u->r, u->source, u->at,
		    "unknown ready-made rule '@%.*s' (see --list)",
		    n < 64 ? (int)n : 64, u->at + 1);
	return rules_fail(u->r, u->source, u->at,
	    "unknown ready-made rule '@%.*s' (did you mean '@%s'?)",
	    n < 64 ? (int)n : 64, u->at + 1, near);
}

static int
read_name(struct use *u)
{
	const char *s = u->at + 1;
	size_t n = 0;
	while (lex_is_name_char(s[n]) ||
	       (s[n] == '-' && lex_is_name_char(s[n + 1])))
		n++;
	u->m = mixin_find(s, n);
	if (u->m == NULL)
		return fail_unknown(u, n);
	u->p = s + n;
	mixin_defaults(u->m, u->arg);
	return 0;
}

/* One argument: a number or $NAME. */
static int
read_arg(struct use *u, const struct mixin_arg *a, double *out)
{
	const char *s = ++u->p;
	size_t n = lex_number_length(s);
	u->p += n;
	if (*s == '$') {
		for (u->p++; lex_is_name_char(*u->p);)
			u->p++;
		const struct param *p =
		    rules_param(u->r, s + 1, (size_t)(u->p - s - 1));
		if (p == NULL)
			return rules_fail(u->r, u->source, s,
			    "unknown parameter '%.*s'",
			    u->p - s < 64 ? (int)(u->p - s) : 64, s);
		s = p->value;
		n = strlen(s);
	}
	if (real_parse(s, n, out) == 0 && *out >= a->min && *out <= a->max &&
	    (!a->is_integer || *out == (double)(int)*out))
		return 0;
	struct buf b = {0};
	int bad = mixin_add_number(&b, a->min) | buf_add_str(&b, " to ") |
		  mixin_add_number(&b, a->max);
	rules_fail(u->r, u->source, u->at, "@%s: %s is a%s number from %.*s",
	    u->m->name, a->name, a->is_integer ? " whole" : "",
	    bad ? 0 : (int)b.len, b.data != NULL ? b.data : "");
	buf_release(&b);
	return -1;
}

static int
read_args(struct use *u)
{
	char before = ':';
	for (int i = 0; *u->p == before; i++, before = ',') {
		if (i == MIXIN_ARGS_MAX || u->m->args[i].name == NULL)
			return rules_fail(u->r, u->source, u->p,
			    "@%s takes %d argument%s", u->m->name, i,
			    i == 1 ? "" : "s");
		if (read_arg(u, &u->m->args[i], &u->arg[i]) < 0)
			return -1;
	}
	return 0;
}

static int
read_use(struct use *u, struct rules *r, int32_t source, const char *at)
{
	*u = (struct use){.r = r, .source = source, .at = at};
	return read_name(u) < 0 ? -1 : read_args(u);
}

int32_t
mixin_condition(struct rules *r, int32_t source, const char *at, size_t n)
{
	struct use u;
	struct buf b = {0};
	if (read_use(&u, r, source, at) < 0)
		return -1;
	if (u.p != at + n)
		return rules_fail(
		    r, source, u.p, "bad argument of '@%s'", u.m->name);
	int32_t i =
	    mixin_add_condition(&b, u.m, u.arg) != 0
		? rules_fail_memory(r)
		: rules_source(r, r->sources[source].label, b.data, b.len);
	buf_release(&b);
	return i;
}

/* "*0.7" after the arguments, or nothing. */
static int
read_weight(struct use *u, struct dec *weight)
{
	*weight = dec_int(1);
	size_t n = *u->p == '*' ? lex_number_length(u->p + 1) : 0;
	if (n > 0 && dec_parse(u->p + 1, n, weight) == DEC_OK &&
	    dec_sign(*weight) > 0)
		u->p += n + 1;
	u->p += strspn(u->p, " \t\r\n");
	if (*u->p == '\0')
		return 0;
	return rules_fail(u->r, u->source, u->p,
	    "expected the end of '@%s' (arguments: @%s:1,2, a weight: @%s*0.7)",
	    u->m->name, u->m->name, u->m->name);
}

int
mixin_add_rules(struct rules *r, int32_t source, const char *at)
{
	struct use u;
	struct dec weight;
	struct buf b = {0};
	char label[64];
	if (read_use(&u, r, source, at) < 0 || read_weight(&u, &weight) < 0)
		return -1;
	snprintf(label, sizeof(label), "@%s", u.m->name);
	int bad = mixin_add_text(&b, u.m, u.arg) != 0 ? rules_fail_memory(r)
						      : 0;
	for (size_t i = 0, n; bad == 0 && i < b.len; i += n + 1) {
		const char *end = memchr(b.data + i, '\n', b.len - i);
		n = (size_t)(end - (b.data + i));
		int32_t text = rules_source(r, label, b.data + i, n);
		bad = text < 0 ? -1 : rule_parse(r, text, u.m->name, &weight);
	}
	buf_release(&b);
	return bad;
}
