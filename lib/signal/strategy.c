/* SPDX-License-Identifier: MIT */
/* Operands of tsignal and strategy files, tape-strategy(5). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/real.h"
#include "base/text.h"
#include "signal/lex.h"
#include "signal/mixin.h"

enum { FILE_MAX = 1 << 20 };

int
strategy_is_name(const char *s, size_t n)
{
	if (n < 1 || n > STRATEGY_NAME_MAX)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (!lex_is_name_char(s[i]) && s[i] != '-')
			return 0;
	return 1;
}

int
rules_combine(struct rules *r, const char *label, const char *s, size_t n)
{
	static const struct {
		const char *word;
		enum combine_kind kind;
	} kinds[] = {{"any", COMBINE_ANY}, {"all", COMBINE_ALL},
	    {"vote:", COMBINE_VOTE}, {"weight:", COMBINE_WEIGHT}};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		size_t len = strlen(kinds[i].word);
		struct dec need = {0};
		if (n < len || memcmp(s, kinds[i].word, len) != 0)
			continue;
		if (kinds[i].kind >= COMBINE_VOTE
			? dec_parse(s + len, n - len, &need) != DEC_OK ||
			      dec_sign(need) <= 0
			: n > len)
			continue;
		if (kinds[i].kind == COMBINE_VOTE && need.scale > 0)
			continue;
		r->combine = (struct combine){kinds[i].kind, need};
		return 0;
	}
	return rules_fail_plain(r, label,
	    "bad way to combine '%.*s' (one of "
	    "any, all, vote:K, weight:W)",
	    n < 64 ? (int)n : 64, s);
}

static int
read_all(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "re");
	if (f == NULL)
		return -1;
	size_t n = 1;
	while (n > 0 && out->len <= FILE_MAX) {
		char *to = buf_reserve(out, 65536);
		n = to != NULL ? fread(to, 1, 65536, f) : 0;
		out->len += n;
	}
	int bad = ferror(f) || out->len > FILE_MAX || buf_str(out) == NULL;
	if (out->len > FILE_MAX)
		errno = EFBIG;
	return fclose(f) != 0 || bad ? -1 : 0;
}

/* A line of a strategy file: its first word, and the rest without comment. */
struct line {
	struct rules *r;
	char label[160];
	const char *word, *rest;
	size_t word_len, rest_len;
};

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void
split(struct line *l, const char *s, size_t n)
{
	size_t i = 0;
	for (size_t j = 0; j < n; j++)
		if (s[j] == '#' && (j == 0 || is_blank(s[j - 1])))
			n = j;
	while (n > 0 && is_blank(s[n - 1]))
		n--;
	while (i < n && is_blank(s[i]))
		i++;
	l->word = s + i;
	while (i < n && !is_blank(s[i]))
		i++;
	l->word_len = (size_t)(s + i - l->word);
	while (i < n && is_blank(s[i]))
		i++;
	l->rest = s + i;
	l->rest_len = n - i;
}

static int
on_param(struct line *l)
{
	struct rules *r = l->r;
	const char *s = l->rest, *end = s + l->rest_len, *name = s;
	double x;
	while (s < end && lex_is_name_char(*s))
		s++;
	size_t n = (size_t)(s - name);
	while (s < end && (is_blank(*s) || *s == '='))
		s++;
	if (n == 0 || n > RULE_NAME_MAX ||
	    memchr(name + n, '=', (size_t)(s - name) - n) == NULL ||
	    real_parse(s, (size_t)(end - s), &x) < 0)
		return rules_fail_plain(r, l->label,
		    "a parameter is written 'param NAME = NUMBER'");
	if (rules_param(r, name, n) != NULL)
		return rules_fail_plain(r, l->label,
		    "parameter '%.*s' is given twice", (int)n, name);
	if (r->nparams == PARAMS_MAX)
		return rules_fail_plain(r, l->label,
		    "too many parameters (over %d)", (int)PARAMS_MAX);
	return rules_set_param(r, name, n, s, (size_t)(end - s));
}

/* `use momentum:20*0.7`, with or without the @. */
static int
on_use(struct line *l)
{
	struct buf b = {0};
	int bad =
	    l->rest_len > 0 && l->rest[0] == '@' ? 0 : buf_add_char(&b, '@');
	bad |= buf_add(&b, l->rest, l->rest_len);
	int32_t source = bad ? rules_fail_memory(l->r)
			     : rules_source(l->r, l->label, b.data, b.len);
	buf_release(&b);
	if (source < 0)
		return -1;
	return mixin_add_rules(l->r, source, l->r->sources[source].text);
}

static int
on_signal(struct line *l)
{
	int32_t source = rules_source(l->r, l->label, l->rest, l->rest_len);
	return source < 0 ? -1 : rule_parse(l->r, source, NULL, NULL);
}

static int
on_combine(struct line *l)
{
	return rules_combine(l->r, l->label, l->rest, l->rest_len);
}

/* tfeat's, kept for --explain. */
static int
on_feature(struct line *l)
{
	struct buf *b = &l->r->features;
	const char *s = l->rest, *end = s + l->rest_len;
	while (s < end) {
		size_t n = 0;
		while (s + n < end && !is_blank(s[n]))
			n++;
		if (n > 0 && (buf_add(b, s, n) | buf_add_char(b, '\0')) != 0)
			return rules_fail_memory(l->r);
		s += n + 1;
	}
	return 0;
}

/* size is trisk's. */
static const struct {
	const char *word;
	int (*take)(struct line *l);
} statements[] = {
    {"use", on_use},
    {"signal", on_signal},
    {"combine", on_combine},
    {"param", on_param},
    {"feature", on_feature},
    {"size", NULL},
};

enum { STATEMENTS = sizeof(statements) / sizeof(*statements) };

/* Parameters are read first, so that they may stand anywhere. */
static int
take_line(struct line *l, int is_params)
{
	const char *words[STATEMENTS], *near;
	if (l->word_len == 0)
		return 0;
	for (size_t i = 0; i < STATEMENTS; i++) {
		words[i] = statements[i].word;
		if (strlen(words[i]) != l->word_len ||
		    memcmp(words[i], l->word, l->word_len) != 0)
			continue;
		if (statements[i].take == NULL ||
		    (statements[i].take == on_param) != is_params)
			return 0;
		return statements[i].take(l);
	}
	if (is_params)
		return 0;
	near = text_nearest(l->word, l->word_len, words, STATEMENTS);
	return rules_fail_plain(l->r, l->label, "unknown word '%.*s'%s%s%s",
	    l->word_len < 64 ? (int)l->word_len : 64, l->word,
	    near != NULL ? " (did you mean '" : "", near != NULL ? near : "",
	    near != NULL ? "'?)"
			 : " (one of use, signal, combine, param, "
			   "feature, size)");
}

static int
take_lines(
    struct rules *r, const char *path, const struct buf *text, int is_params)
{
	struct line l = {.r = r};
	const char *s = text->data, *end = s + text->len;
	int bad = 0;
	for (int line = 1; s < end; line++) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));
		size_t n = (size_t)((nl != NULL ? nl : end) - s);
		snprintf(l.label, sizeof(l.label), "%.140s:%d", path, line);
		split(&l, s, n);
		bad |= take_line(&l, is_params);
		s += n + 1;
	}
	return bad != 0 ? -1 : 0;
}

static int
name_strategy(struct rules *r, const char *path)
{
	const char *base = strrchr(path, '/');
	base = base != NULL ? base + 1 : path;
	size_t n = strlen(base);
	if (n > 6 && strcmp(base + n - 6, ".strat") == 0)
		n -= 6;
	if (r->strategy[0] != '\0')
		return 0;
	if (!strategy_is_name(base, n))
		return rules_fail_plain(r, path,
		    "the file's name is no name for "
		    "a strategy (fix: --strategy NAME, %d of [A-Za-z0-9_-])",
		    (int)STRATEGY_NAME_MAX);
	memcpy(r->strategy, base, n);
	r->strategy[n] = '\0';
	return 0;
}

int
rules_file(struct rules *r, const char *path)
{
	struct buf text = {0};
	int e = name_strategy(r, path);
	if (e == 0 && read_all(path, &text) < 0)
		e = rules_fail_plain(
		    r, NULL, "cannot read '%s': %s", path, strerror(errno));
	else if (e == 0 && memchr(text.data, '\0', text.len) != NULL)
		e = rules_fail_plain(r, path, "this is not a text file");
	else if (e == 0)
		e = take_lines(r, path, &text, 1) |
		    take_lines(r, path, &text, 0);
	buf_release(&text);
	return e;
}

/* @NAME is a file when it looks like one, or when no ready-made rule has that
 * name and a file does. */
static int
is_file(const char *s)
{
	size_t n = strlen(s);
	if (strchr(s, '/') != NULL ||
	    (n > 6 && strcmp(s + n - 6, ".strat") == 0))
		return 1;
	size_t name = strcspn(s, ":*");
	return mixin_find(s, name) == NULL && access(s, R_OK) == 0;
}

int
rules_operand(struct rules *r, const char *s)
{
	char label[32];
	if (s[0] == '@' && is_file(s + 1))
		return rules_file(r, s + 1);
	snprintf(label, sizeof(label), "rule %d", r->nrules + 1);
	int32_t source = rules_source(r, label, s, strlen(s));
	if (source < 0)
		return -1;
	if (s[0] == '@')
		return mixin_add_rules(r, source, r->sources[source].text);
	return rule_parse(r, source, NULL, NULL);
}
