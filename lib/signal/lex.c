/* SPDX-License-Identifier: MIT */
/* The lexer of rules: one token ahead, errors with their place. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/real.h"
#include "base/text.h"
#include "signal/lex.h"

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* `n` bytes for a message: cut, and without what a terminal would act on. */
static const char *
shown(char out[64], const char *s, size_t n)
{
	struct buf b = {0};
	const char *t = "";
	if (text_add_visible(&b, s, n, 40) == 0)
		t = buf_str(&b);
	snprintf(out, 64, "%s", t != NULL ? t : "");
	buf_release(&b);
	return out;
}

int
lex_fail(struct lexer *x, const char *fmt, ...)
{
	char text[256];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return rules_fail(x->rules, x->source, x->t.s, "%s", text);
}

int
lex_fail_near(
    struct lexer *x, const char *what, const char *const *words, size_t count)
{
	char lower[64], name[64];
	size_t n = x->t.len < sizeof(lower) ? x->t.len : sizeof(lower);
	for (size_t i = 0; i < n; i++) {
		char c = x->t.s[i];
		lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	const char *near = text_nearest(lower, n, words, count);
	shown(name, x->t.s, x->t.len);
	if (near == NULL)
		return lex_fail(x, "unknown %s '%s'", what, name);
	return lex_fail(
	    x, "unknown %s '%s' (did you mean '%s'?)", what, name, near);
}

int
lex_is_word(const struct lexer *x, const char *word)
{
	return x->t.kind == T_WORD && strlen(word) == x->t.len &&
	       memcmp(word, x->t.s, x->t.len) == 0;
}

int
lex_is_sign(const struct lexer *x, int sign)
{
	return x->t.kind == T_SIGN && x->t.sign == sign;
}

size_t
lex_number_length(const char *s)
{
	size_t n = 0;
	while (is_digit(s[n]))
		n++;
	if (n == 0)
		return 0;
	if (s[n] == '.' && is_digit(s[n + 1]))
		for (n++; is_digit(s[n]);)
			n++;
	if (s[n] == 'e' || s[n] == 'E') {
		size_t sign = s[n + 1] == '-' || s[n + 1] == '+';
		if (is_digit(s[n + 1 + sign]))
			for (n += 1 + sign; is_digit(s[n]);)
				n++;
	}
	return n;
}

/* 5% is read as 5e-2, so that it is the same double as 0.05. */
static int
percent_value(const char *s, size_t n, double *out)
{
	char text[80];
	const char *e = memchr(s, 'e', n);
	if (e == NULL)
		e = memchr(s, 'E', n);
	if (e != NULL || n + 4 > sizeof(text))
		return -1;
	memcpy(text, s, n);
	memcpy(text + n, "e-2", 3);
	return real_parse(text, n + 3, out);
}

static int
number_token(struct lexer *x)
{
	struct token *t = &x->t;
	char name[64];
	t->is_percent = *x->p == '%';
	x->p += t->is_percent;
	t->kind = T_NUMBER;
	t->len = (size_t)(x->p - t->s);
	int bad = t->is_percent
		      ? percent_value(t->digits, t->digits_len, &t->number)
		      : real_parse(t->digits, t->digits_len, &t->number);
	if (bad < 0 || lex_is_name_char(*x->p) || *x->p == '.') {
		while (lex_is_name_char(*x->p) || *x->p == '.')
			x->p++;
		return lex_fail(x, "bad number '%s'",
		    shown(name, t->s, (size_t)(x->p - t->s)));
	}
	return 0;
}

static size_t
name_length(const char *s)
{
	size_t n = 0;
	while (lex_is_name_char(s[n]))
		n++;
	return n;
}

/* $NAME stands for the number that a `param` line gave. */
static int
param_token(struct lexer *x)
{
	size_t n = name_length(x->p + 1);
	const struct param *p = rules_param(x->rules, x->p + 1, n);
	char name[64];
	x->t.len = n + 1;
	if (p == NULL)
		return lex_fail(x,
		    "unknown parameter '%s' (fix: a line "
		    "'param %s = NUMBER' in a strategy file)",
		    shown(name, x->p, n + 1), n > 0 ? name + 1 : "NAME");
	x->p += n + 1;
	x->t.digits = p->value;
	x->t.digits_len = strlen(p->value);
	return number_token(x);
}

/* The words with a dash are one word wherever they stand. */
static size_t
word_length(const char *s)
{
	static const char *const dashed[] = {
	    "stop-loss", "take-profit", "max-bars"};
	for (size_t i = 0; i < sizeof(dashed) / sizeof(*dashed); i++) {
		size_t n = strlen(dashed[i]);
		if (strncmp(s, dashed[i], n) == 0 && !lex_is_name_char(s[n]))
			return n;
	}
	return name_length(s);
}

/* @name:2,20 - the arguments are numbers or parameters. */
static size_t
mixin_length(const char *s)
{
	size_t n = 1;
	while (lex_is_name_char(s[n]) ||
	       (s[n] == '-' && lex_is_name_char(s[n + 1])))
		n++;
	char before = ':';
	while (s[n] == before && (is_digit(s[n + 1]) || s[n + 1] == '$')) {
		n++;
		n += s[n] == '$' ? 1 + name_length(s + n + 1)
				 : lex_number_length(s + n);
		before = ',';
	}
	return n;
}

static int
sign_token(struct lexer *x)
{
	static const char *const hints[][2] = {
	    {"==", "="},
	    {"<>", "!="},
	    {"&&", "and"},
	    {"||", "or"},
	    {"!", "not"},
	};
	struct token *t = &x->t;
	char c = *x->p, next = c != '\0' ? x->p[1] : '\0', name[64];
	t->kind = T_SIGN;
	t->sign = (unsigned char)c;
	t->len = 1;
	if (next == '=' && (c == '<' || c == '>' || c == '!')) {
		t->sign = c == '<' ? SIGN_LE : c == '>' ? SIGN_GE : SIGN_NE;
		t->len = 2;
	}
	for (size_t i = 0; t->len == 1 && i < sizeof(hints) / sizeof(*hints);
	     i++)
		if (strncmp(x->p, hints[i][0], strlen(hints[i][0])) == 0)
			return lex_fail(x,
			    "'%s' is not a sign here (write '%s')", hints[i][0],
			    hints[i][1]);
	if (strchr("()[],+-*/<>=!", c) == NULL)
		return lex_fail(
		    x, "unexpected character '%s'", shown(name, x->p, 1));
	x->p += t->len;
	return 0;
}

int
lex_next(struct lexer *x)
{
	while (*x->p == ' ' || *x->p == '\t' || *x->p == '\n' || *x->p == '\r')
		x->p++;
	x->t = (struct token){.s = x->p};
	if (*x->p == '\0')
		return 0;
	if (*x->p == '$')
		return param_token(x);
	if (is_digit(*x->p)) {
		x->t.digits = x->p;
		x->t.digits_len = lex_number_length(x->p);
		x->p += x->t.digits_len;
		return number_token(x);
	}
	if (*x->p != '@' && !lex_is_name_char(*x->p))
		return sign_token(x);
	x->t.kind = *x->p == '@' ? T_MIXIN : T_WORD;
	x->t.len = *x->p == '@' ? mixin_length(x->p) : word_length(x->p);
	x->p += x->t.len;
	return 0;
}

int
lex_start(struct lexer *x, struct rules *r, int32_t source, const char *at)
{
	*x = (struct lexer){.rules = r, .source = source, .p = at};
	return lex_next(x);
}
