/* SPDX-License-Identifier: MIT */
/* --explain and --list. */
#include "signal/explain.h"

#include <string.h>

#include "base/text.h"
#include "signal/mixin.h"
#include "signal/needs.h"

static int
add_dec(struct buf *out, struct dec d)
{
	char text[DEC_TEXT_MAX];
	return buf_add(out, text, dec_print(d, text));
}

static int
add_combine(const struct combine *how, struct buf *out)
{
	static const char *const words[] = {[COMBINE_NONE] = "none",
	    [COMBINE_ANY] = "any",
	    [COMBINE_ALL] = "all",
	    [COMBINE_VOTE] = "vote:",
	    [COMBINE_WEIGHT] = "weight:"};
	int bad = buf_addf(out, "combine   %s", words[how->kind]);
	if (how->kind >= COMBINE_VOTE)
		bad |= add_dec(out, how->need);
	return bad | buf_add_char(out, '\n');
}

static int
add_rule(const struct rules *r, const struct rule *rule, struct buf *out)
{
	int bad = buf_addf(out, "rule      %s", rule->name);
	if (dec_cmp(rule->weight, dec_int(1)) != 0)
		bad |= buf_add_char(out, '*') | add_dec(out, rule->weight);
	return bad | buf_add_str(out, ": ") | rule_print(r, rule, out) |
	       buf_add_char(out, '\n');
}

static int64_t
history(const struct rules *r)
{
	int64_t most = 0;
	for (int i = 0; i < r->nrules; i++) {
		const struct rule *rule = &r->rules[i];
		for (int j = -1; j < CLAUSES; j++) {
			int32_t node = j < 0 ? rule->when : rule->value[j];
			int64_t n = node >= 0 ? rule_history(r, node) : 0;
			most = n > most ? n : most;
		}
	}
	return most;
}

static const char *
plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

/* The line of tfeat that the rules ask for, and from which bar on they can
 * fire. */
static int
add_needs(const struct rules *r, const struct code *c, struct buf *out)
{
	struct needs n = {0};
	long long before = history(r);
	int bad = needs_find(&n, r, c);
	bad |= buf_add_str(out, n.count > 0 ? "\nfeatures  tfeat"
					    : "\nfeatures  none");
	for (size_t i = 0; i < n.count; i++)
		bad |= buf_addf(out, " %s", n.items[i].text);
	if (n.unknown.len > 0)
		bad |= buf_addf(out, "\nother    %.*s (of no feature; another "
		    "program must add them)", (int)n.unknown.len,
		    n.unknown.data);
	bad |= buf_addf(out, "\nhistory   %lld bar%s before the first that "
	    "can fire, once the fields are known\n", before, plural(before));
	long long first = n.bars + before;
	bad |= buf_addf(out, "warm-up   %lld bar%s of a symbol until every rule can "
	    "fire%s\n", first, plural(first), n.is_more ? ", or more" : "");
	if (n.settled < 0)
		bad |= buf_add_str(out, "settled   never: a field depends on "
		    "where the stream began\n");
	else if (n.settled > 1)
		bad |= buf_addf(out, "settled   %lld bars until the fields are "
		    "those of a longer stream, to 10 digits\n",
		    (long long)n.settled);
	needs_release(&n);
	return bad;
}

int
explain_rules(const struct rules *r, const struct code *c, struct buf *out)
{
	int bad = buf_addf(out, "strategy  %s\n", r->strategy);
	bad |= add_combine(&r->combine, out);
	for (int i = 0; i < r->nrules; i++)
		bad |= add_rule(r, &r->rules[i], out);
	bad |= buf_add_str(out, "fields   ");
	for (uint32_t i = 0; i < c->ninputs; i++)
		bad |= buf_addf(
		    out, " %.*s", (int)c->inputs[i].len, c->inputs[i].name);
	return bad | add_needs(r, c, out);
}

/* "@volume:2,20" */
static int
add_usage(const struct mixin *m, struct buf *out)
{
	int bad = buf_addf(out, "@%s", m->name);
	for (int i = 0; i < MIXIN_ARGS_MAX && m->args[i].name != NULL; i++)
		bad |= buf_add_char(out, i == 0 ? ':' : ',') |
		       mixin_add_number(out, m->args[i].def);
	return bad;
}

int
explain_list(struct buf *out)
{
	int bad = 0;
	for (size_t i = 0; mixins[i] != NULL; i++) {
		size_t from = out->len;
		bad |= add_usage(mixins[i], out);
		while (out->len < from + 26 && !bad)
			bad |= buf_add_char(out, ' ');
		bad |= buf_addf(out, "%s\n", mixins[i]->summary);
	}
	return bad;
}

static int
add_member(struct buf *out, const char *key, const struct buf *value)
{
	return buf_addf(out, ",\"%s\":", key) |
	       text_add_json(out, value->data, value->len);
}

static int
add_args(const struct mixin *m, struct buf *out)
{
	int bad = buf_add_str(out, ",\"args\":[");
	for (int i = 0; i < MIXIN_ARGS_MAX && m->args[i].name != NULL; i++) {
		bad |= buf_addf(out,
		    "%s{\"name\":\"%s\",\"default\":", i > 0 ? "," : "",
		    m->args[i].name);
		bad |= mixin_add_number(out, m->args[i].def) |
		       buf_add_char(out, '}');
	}
	return bad | buf_add_char(out, ']');
}

static int
add_json(const struct mixin *m, struct buf *out)
{
	double arg[MIXIN_ARGS_MAX];
	struct buf text = {0};
	int bad = buf_addf(out, "{\"name\":\"%s\",\"summary\":", m->name) |
		  text_add_json(out, m->summary, strlen(m->summary)) |
		  add_args(m, out);
	mixin_defaults(m, arg);
	bad |= mixin_add_condition(&text, m, arg) | add_member(out, "condition", &text);
	buf_clear(&text);
	bad |= mixin_add_text(&text, m, arg) | buf_add_str(out, ",\"rules\":[");
	for (size_t i = 0, n; i < text.len; i += n + 1) {
		n = strcspn(text.data + i, "\n");
		bad |= (i > 0 ? buf_add_char(out, ',') : 0) |
		       text_add_json(out, text.data + i, n);
	}
	bad |= buf_add_str(out, "],\"source\":") |
	       text_add_json(out, m->source, strcspn(m->source, "\n")) |
	       buf_add_str(out, "}\n");
	buf_release(&text);
	return bad;
}

int
explain_list_json(struct buf *out)
{
	int bad = 0;
	for (size_t i = 0; mixins[i] != NULL; i++)
		bad |= add_json(mixins[i], out);
	return bad;
}
