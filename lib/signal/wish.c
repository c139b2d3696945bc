/* SPDX-License-Identifier: MIT */
/* Makes signal records. Their seq, time and symbol are the bar's. */
#include "signal/wish.h"

#include <string.h>

int
wish_init(struct wish *w, const struct rules *r, const struct code *c)
{
	w->rules = r;
	w->code = c;
	w->key = (struct wish_keys){
	    .seq = KEY("seq"),
	    .time = KEY("time"),
	    .symbol = KEY("symbol"),
	    .close = KEY("close"),
	    .strategy = KEY("strategy"),
	    .action = KEY("action"),
	    .strength = KEY("strength"),
	    .rules = KEY("rules"),
	    .price = KEY("price"),
	    .why = KEY("why"),
	    .order_type = KEY("order_type"),
	    .tif = KEY("tif"),
	    .trail = KEY("trail"),
	    .max_bars = KEY("max_bars"),
	    .value = {[CLAUSE_LIMIT] = KEY("limit"),
		[CLAUSE_STOP] = KEY("stop"),
		[CLAUSE_SIZE] = KEY("size"),
		[CLAUSE_STOP_LOSS] = KEY("stop_loss"),
		[CLAUSE_TAKE_PROFIT] = KEY("take_profit")},
	};
	return record_init(&w->out);
}

void
wish_release(struct wish *w)
{
	record_release(&w->out);
	buf_release(&w->names);
	buf_release(&w->why);
}

static int
put_from_bar(struct wish *w, const struct record *bar, struct key *k)
{
	const struct field *f = record_find(bar, k);
	return f != NULL ? record_put_field(&w->out, f) : 0;
}

static int
put_price(struct wish *w, const struct record *bar)
{
	const struct field *close = record_find(bar, &w->key.close);
	if (close == NULL || close->kind == F_NULL)
		return record_put_null(&w->out, &w->key.price);
	struct field price = *close;
	price.key = w->key.price.name;
	price.key_len = w->key.price.len;
	return record_put_field(&w->out, &price);
}

static int
put_real(struct wish *w, struct key *k, double x)
{
	struct dec d;
	if (dec_from_double(x, 15, &d) < 0)
		return record_put_null(&w->out, k);
	return record_put_dec(&w->out, k, d);
}

/* All but the order. */
static int
put_head(struct wish *w, const struct record *bar, enum rule_action a,
    double strength)
{
	struct wish_keys *k = &w->key;
	record_make(&w->out, REC_SIGNAL);
	return put_from_bar(w, bar, &k->seq) | put_from_bar(w, bar, &k->time) |
	       put_from_bar(w, bar, &k->symbol) |
	       record_put_str(&w->out, &k->strategy, w->rules->strategy) |
	       record_put_str(&w->out, &k->action, action_name(a)) |
	       put_real(w, &k->strength, strength) |
	       record_put_string(&w->out, &k->rules,
		   w->names.len > 0 ? w->names.data : "", w->names.len) |
	       put_price(w, bar) |
	       record_put_string(&w->out, &k->why,
		   w->why.len > 0 ? w->why.data : "", w->why.len);
}

/* A trail on an exit is the order itself; on an entry it is attached to it. */
static const char *
order_type(const struct rule *rule)
{
	int limit = rule->value[CLAUSE_LIMIT] >= 0;
	int stop = rule->value[CLAUSE_STOP] >= 0;
	int is_exit = rule->action == ACTION_SELL ||
		      rule->action == ACTION_COVER ||
		      rule->action == ACTION_EXIT;
	if (limit || stop)
		return !stop ? "limit" : !limit ? "stop" : "stop_limit";
	return is_exit && rule->trail[0] != '\0' ? "trail" : "market";
}

static int
put_value(struct wish *w, const struct rule *rule, const struct code_state *s,
    enum clause c)
{
	struct key *k = &w->key.value[c];
	if (rule->relative[c][0] != '\0')
		return record_put_str(&w->out, k, rule->relative[c]);
	if (rule->value[c] < 0)
		return 0;
	return put_real(w, k, code_value(w->code, s, rule->value[c]));
}

static int
put_order(struct wish *w, const struct rule *rule, const struct code_state *s)
{
	struct record *r = &w->out;
	int bad = record_put_str(r, &w->key.order_type, order_type(rule));
	bad |= put_value(w, rule, s, CLAUSE_LIMIT);
	bad |= put_value(w, rule, s, CLAUSE_STOP);
	bad |= record_put_str(r, &w->key.tif, rule->tif);
	bad |= put_value(w, rule, s, CLAUSE_SIZE);
	bad |= put_value(w, rule, s, CLAUSE_STOP_LOSS);
	bad |= put_value(w, rule, s, CLAUSE_TAKE_PROFIT);
	if (rule->trail[0] != '\0')
		bad |= record_put_str(r, &w->key.trail, rule->trail);
	if (rule->max_bars > 0)
		bad |= record_put_int(r, &w->key.max_bars, rule->max_bars);
	return bad;
}

static int
add_reason(struct wish *w, const struct rule *rule, const struct code_state *s)
{
	int bad = 0;
	if (w->names.len > 0)
		bad = buf_add_char(&w->names, ',');
	bad |= buf_add_str(&w->names, rule->name);
	if (w->why.len >= WHY_MAX)
		return bad;
	if (w->why.len > 0)
		bad |= buf_add_str(&w->why, "; ");
	return bad | why_print(w->rules, w->code, s, rule->when, &w->why);
}

int
wish_make(struct wish *w, const struct record *bar, const struct code_state *s,
    const struct decision *d, const unsigned char *fired)
{
	const struct rule *rule = &w->rules->rules[d->rule];
	int last = d->is_combined ? w->rules->nrules - 1 : d->rule, bad = 0;
	buf_clear(&w->names);
	buf_clear(&w->why);
	for (int i = d->rule; i <= last; i++)
		if (fired[i] && w->rules->rules[i].action == rule->action)
			bad |= add_reason(w, &w->rules->rules[i], s);
	bad |= put_head(w, bar, rule->action, d->strength);
	if (rule->action != ACTION_HOLD)
		bad |= put_order(w, rule, s);
	return bad != 0 ? -1 : 0;
}

int
wish_make_hold(struct wish *w, const struct record *bar)
{
	buf_clear(&w->names);
	buf_clear(&w->why);
	if (buf_add_str(&w->why, "no rule fired") < 0)
		return -1;
	return put_head(w, bar, ACTION_HOLD, 0) != 0 ? -1 : 0;
}
