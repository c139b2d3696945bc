/* SPDX-License-Identifier: MIT */
/* Which rules fire, alone or combined over the rules of the same action. */
#include "signal/decide.h"

static int
has_values(
    const struct rule *rule, const struct code *c, const struct code_state *s)
{
	struct dec d;
	for (int i = 0; i < CLAUSES; i++)
		if (rule->value[i] >= 0 &&
		    dec_from_double(code_value(c, s, rule->value[i]), 15, &d) <
			0)
			return 0;
	return 1;
}

int
decide_fired(const struct rules *r, const struct code *c,
    const struct code_state *s, unsigned char *fired)
{
	int count = 0;
	for (int i = 0; i < r->nrules; i++) {
		const struct rule *rule = &r->rules[i];
		fired[i] =
		    code_value(c, s, rule->when) == 1 && has_values(rule, c, s);
		count += fired[i];
	}
	return count;
}

/* The votes, or the weight, of an action's rules; of those that fired, or of
 * all (fired NULL). */
static struct dec
sum(const struct rules *r, const unsigned char *fired, enum rule_action a)
{
	struct dec total = {0};
	for (int i = 0; i < r->nrules; i++) {
		struct dec one = r->combine.kind == COMBINE_WEIGHT
				     ? r->rules[i].weight
				     : dec_int(1);
		if (r->rules[i].action == a && (fired == NULL || fired[i]) &&
		    dec_add(total, one, &total) < 0)
			break;
	}
	return total;
}

struct dec
decide_most(const struct rules *r, enum rule_action a)
{
	return sum(r, NULL, a);
}

static int
holds(const struct combine *how, struct dec got, struct dec all)
{
	switch (how->kind) {
	case COMBINE_ALL:
		return dec_cmp(got, all) == 0;
	case COMBINE_VOTE:
	case COMBINE_WEIGHT:
		return dec_cmp(got, how->need) >= 0;
	default:
		return dec_sign(got) > 0;
	}
}

static int
is_first_of_action(const struct rules *r, const unsigned char *fired, int at)
{
	for (int i = 0; i < at; i++)
		if (fired[i] && r->rules[i].action == r->rules[at].action)
			return 0;
	return 1;
}

int
decide_next(const struct rules *r, const unsigned char *fired, int from,
    struct decision *out)
{
	for (int i = from; i < r->nrules; i++) {
		if (!fired[i])
			continue;
		*out = (struct decision){i, 1, 0};
		if (r->combine.kind == COMBINE_NONE)
			return 1;
		if (!is_first_of_action(r, fired, i))
			continue;
		struct dec got = sum(r, fired, r->rules[i].action);
		struct dec all = decide_most(r, r->rules[i].action);
		if (!holds(&r->combine, got, all))
			continue;
		out->strength = dec_to_double(got) / dec_to_double(all);
		out->is_combined = 1;
		return 1;
	}
	return 0;
}
