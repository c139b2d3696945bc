/* SPDX-License-Identifier: MIT */
/* Rules: [name[*weight]:] action when expr clause*. */
#include <stdio.h>
#include <string.h>

#include "base/real.h"
#include "signal/parse.h"

static const char *const action_words[] = {
    "buy", "sell", "short", "cover", "exit", "hold"};
static const char *const action_names[] = {
    "BUY", "SELL", "SHORT", "COVER", "EXIT", "HOLD"};
static const char *const tif_words[] = {
    "day", "gtc", "ioc", "fok", "opg", "cls", "bar"};

enum { NTIFS = sizeof(tif_words) / sizeof(*tif_words) };

enum word { WORD_TRAIL = CLAUSES, WORD_TIF, WORD_MAX_BARS, WORDS };

static const char *const clause_words[] = {"limit", "stop", "size", "stop-loss",
    "take-profit", "trail", "tif", "max-bars"};

const char *
action_word(enum rule_action a)
{
	return action_words[a];
}

const char *
action_name(enum rule_action a)
{
	return action_names[a];
}

const char *
clause_word(enum clause c)
{
	return clause_words[c];
}

static int
is_name_char(char c)
{
	return lex_is_name_char(c) || c == '-';
}

static const char *
skip_blanks(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

/* Reads "name:" or "name*0.7:" when the rule begins so; *at is moved behind
 * it. Returns -1 when it does but is wrong. */
static int
parse_prefix(struct rules *r, struct rule *rule, const char **at)
{
	const char *s = skip_blanks(*at), *name = s;
	while (is_name_char(*s))
		s++;
	size_t n = (size_t)(s - name);
	int is_weighted = *(s = skip_blanks(s)) == '*';
	const char *weight = is_weighted ? skip_blanks(s + 1) : s;
	size_t len = is_weighted ? lex_number_length(weight) : 0;
	s = skip_blanks(weight + len);
	if (n == 0 || *s != ':')
		return 0;
	if (n > RULE_NAME_MAX)
		return rules_fail(r, rule->source, name,
		    "the name is too long (over %d bytes)", (int)RULE_NAME_MAX);
	if (is_weighted && (dec_parse(weight, len, &rule->weight) != DEC_OK ||
			       dec_sign(rule->weight) <= 0))
		return rules_fail(
		    r, rule->source, weight, "a weight is a number above 0");
	memcpy(rule->name, name, n);
	rule->name[n] = '\0';
	*at = s + 1;
	return 0;
}

static int
parse_action(struct parser *p, struct rule *rule)
{
	static const char *const when[] = {"when"};
	int i = 0;
	while (i < ACTIONS && !lex_is_word(&p->x, action_words[i]))
		i++;
	if (i == ACTIONS && p->x.t.kind == T_WORD)
		return lex_fail_near(&p->x, "action", action_words, ACTIONS);
	if (i == ACTIONS)
		return lex_fail(&p->x,
		    "a rule begins with an action: buy, sell, "
		    "short, cover, exit or hold");
	rule->action = (enum rule_action)i;
	if (lex_next(&p->x) < 0)
		return -1;
	if (lex_is_word(&p->x, "when"))
		return lex_next(&p->x);
	if (p->x.t.kind == T_WORD)
		return lex_fail_near(&p->x, "word", when, 1);
	return lex_fail(&p->x, "'when' is missing after '%s'", action_words[i]);
}

/* The percentage in hand as it is written; sign 0: none. */
static int
take_percent(struct parser *p, char sign, char out[PERCENT_TEXT_MAX])
{
	const struct token *t = &p->x.t;
	if (t->digits_len + 3 > PERCENT_TEXT_MAX)
		return lex_fail(&p->x, "the number is too long");
	snprintf(out, PERCENT_TEXT_MAX, "%.*s%.*s%%", sign != 0, &sign,
	    (int)t->digits_len, t->digits);
	return lex_next(&p->x);
}

static int
parse_trail(struct parser *p, struct rule *rule)
{
	const struct token *t = &p->x.t;
	if (t->kind != T_NUMBER || !t->is_percent || !(t->number > 0) ||
	    t->number >= 1)
		return lex_fail(&p->x, "'trail' takes a percentage: trail 5%%");
	return take_percent(p, 0, rule->trail);
}

/* A sign and a number with % is relative to the fill price. */
static int
parse_exit(struct parser *p, struct rule *rule, enum clause c)
{
	struct parser before = *p;
	if (lex_is_sign(&p->x, '-') || lex_is_sign(&p->x, '+')) {
		char sign = (char)p->x.t.sign;
		if (lex_next(&p->x) < 0)
			return -1;
		if (p->x.t.kind == T_NUMBER && p->x.t.is_percent)
			return take_percent(p, sign, rule->relative[c]);
	} else if (p->x.t.kind == T_NUMBER && p->x.t.is_percent)
		return lex_fail(&p->x,
		    "'%.*s' without a sign is no price (write "
		    "'%c%.*s')",
		    (int)p->x.t.len, p->x.t.s,
		    c == CLAUSE_STOP_LOSS ? '-' : '+', (int)p->x.t.len,
		    p->x.t.s);
	*p = before;
	int32_t node = expr_sum(p);
	rule->value[c] = node;
	return node < 0 ? -1 : 0;
}

static int
parse_tif(struct parser *p, struct rule *rule)
{
	for (int i = 0; i < NTIFS; i++)
		if (lex_is_word(&p->x, tif_words[i])) {
			rule->tif = tif_words[i];
			return lex_next(&p->x);
		}
	if (p->x.t.kind == T_WORD)
		return lex_fail_near(&p->x, "time in force", tif_words, NTIFS);
	return lex_fail(
	    &p->x, "'tif' takes one of day gtc ioc fok opg cls bar");
}

static int
parse_max_bars(struct parser *p, struct rule *rule)
{
	const struct token *t = &p->x.t;
	if (t->kind != T_NUMBER || t->is_percent || t->number < 1 ||
	    t->number > 1e9 || t->number != (double)(int64_t)t->number)
		return lex_fail(
		    &p->x, "'max-bars' takes a whole number from 1");
	rule->max_bars = (int64_t)t->number;
	return lex_next(&p->x);
}

static int
parse_clause(struct parser *p, struct rule *rule, int word)
{
	switch (word) {
	case WORD_TRAIL:
		return parse_trail(p, rule);
	case WORD_TIF:
		return parse_tif(p, rule);
	case WORD_MAX_BARS:
		return parse_max_bars(p, rule);
	case CLAUSE_STOP_LOSS:
	case CLAUSE_TAKE_PROFIT:
		return parse_exit(p, rule, (enum clause)word);
	default:
		rule->value[word] = expr_sum(p);
		return rule->value[word] < 0 ? -1 : 0;
	}
}

/* What stands where a clause or an operator could begin, and is neither. */
static int
fail_leftover(struct parser *p)
{
	static const char *const words[] = {"and", "or", "crosses", "between",
	    "rises", "falls", "for", "limit", "stop", "size", "stop-loss",
	    "take-profit", "trail", "tif", "max-bars"};
	int is_known = 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		is_known |= lex_is_word(&p->x, words[i]);
	if (p->x.t.kind == T_WORD && !is_known)
		return lex_fail_near(
		    &p->x, "word", words, sizeof(words) / sizeof(*words));
	return lex_fail(&p->x, "unexpected '%.*s'", (int)p->x.t.len, p->x.t.s);
}

static int
parse_clauses(struct parser *p, struct rule *rule)
{
	unsigned seen = 0;
	while (p->x.t.kind != T_END) {
		int i = 0;
		while (i < WORDS && !lex_is_word(&p->x, clause_words[i]))
			i++;
		if (i == WORDS)
			return fail_leftover(p);
		if (rule->action == ACTION_HOLD)
			return lex_fail(&p->x,
			    "'hold' sends no order, so it takes "
			    "no '%s'",
			    clause_words[i]);
		if (seen & 1u << i)
			return lex_fail(
			    &p->x, "'%s' is given twice", clause_words[i]);
		seen |= 1u << i;
		if (lex_next(&p->x) < 0 || parse_clause(p, rule, i) < 0)
			return -1;
	}
	return 0;
}

static int
parse_text(struct rules *r, struct rule *rule, const char *at)
{
	struct parser p = {.nodes = r->nnodes};
	if (lex_start(&p.x, r, rule->source, at) < 0 ||
	    parse_action(&p, rule) < 0)
		return -1;
	rule->when = expr_parse(&p);
	return rule->when < 0 ? -1 : parse_clauses(&p, rule);
}

int
rule_parse(
    struct rules *r, int32_t source, const char *name, const struct dec *weight)
{
	const char *text = r->sources[source].text;
	if (strlen(text) > RULE_TEXT_MAX)
		return rules_fail(r, source, NULL,
		    "the rule is too long (over %d bytes)", (int)RULE_TEXT_MAX);
	if (r->nrules >= RULES_MAX)
		return rules_fail(r, source, NULL, "too many rules (over %d)",
		    (int)RULES_MAX);
	if (rules_rule(r) == NULL)
		return -1;
	struct rule rule = r->rules[r->nrules - 1];
	rule.source = source;
	snprintf(rule.name, sizeof(rule.name), "r%d", r->nrules);
	if (name != NULL)
		snprintf(rule.name, sizeof(rule.name), "%s", name);
	if (weight != NULL)
		rule.weight = *weight;
	if ((name == NULL && parse_prefix(r, &rule, &text) < 0) ||
	    parse_text(r, &rule, text) < 0 || rule_check(r, &rule) < 0)
		return -1;
	r->rules[r->nrules - 1] = rule;
	return 0;
}
