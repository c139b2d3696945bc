/* SPDX-License-Identifier: MIT */
/* tsignal: rules over the fields of bars become signals. A pure function of
 * the stream: it knows no position and asks nobody. */
#include "signal/tsignal.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "feature/feature_infer.h"
#include "signal/clock.h"
#include "signal/explain.h"
#include "signal/series.h"
#include "signal/wish.h"

enum { SHOW_LIST = 1, SHOW_CHECK, SHOW_EXPLAIN };
enum { HINT_MAX = 240 };

struct tsignal {
	const char *combine, *strategy; /* options */
	int all, json;
	const char *calendar_text; /* --calendar */
	struct clock_calendar calendar;
	struct rules rules;
	struct code code;
	struct wish wish;
	struct series_set series;
	struct zone *zone; /* NULL: UTC */
	struct key *keys;  /* of the code's inputs */
	double *in;        /* their values on this bar */
	unsigned char *fired;
	int is_bound; /* a first bar had the fields */
	int64_t signals;
	int64_t last_seq; /* 0: no market record yet */
	struct key symbol, span, time, count, seq;
};

static int
fail_rules(struct stage *s)
{
	struct tsignal *t = s->state;
	const char *text = buf_str(&t->rules.errors);
	if (t->rules.no_memory || text == NULL)
		return stage_fail_memory(s);
	return stage_fail(s, EXIT_USAGE, "%s", text);
}

static int
open_calendar(struct stage *s)
{
	struct tsignal *t = s->state;
	const char *name = t->calendar_text;
	struct problem p;
	if (strcmp(name, "none") == 0)
		return 0;
	t->calendar.kind = strcmp(name, "24x7") == 0 ? CALENDAR_24X7
	    : strcmp(name, "weekdays") == 0	     ? CALENDAR_WEEKDAYS
						     : CALENDAR_DAYS;
	if (t->calendar.kind != CALENDAR_DAYS)
		return 0;
	t->calendar.days = calendar_new(name, &p);
	return t->calendar.days != NULL
	    ? 0
	    : stage_fail(s, p.status, "%s", p.text);
}

/* last_of asks for a calendar. */
static int
check_calendar(struct tsignal *t)
{
	struct rules *r = &t->rules;
	for (int32_t i = 0; t->calendar.kind == CALENDAR_NONE && i < r->nnodes; i++)
		if (r->nodes[i].op == N_LAST_OF)
			return rules_fail(r, r->nodes[i].source, r->nodes[i].at,
			    "'last_of' needs to know which days "
			    "have bars (fix: --calendar 24x7, weekdays or nyse)");
	return 0;
}

static int
set_strategy(struct stage *s)
{
	struct tsignal *t = s->state;
	const char *name = t->strategy != NULL ? t->strategy : "main";
	if (t->strategy == NULL && t->rules.strategy[0] != '\0')
		return 0;
	if (!strategy_is_name(name, strlen(name)))
		return stage_fail(s, EXIT_USAGE,
		    "bad --strategy '%.60s' (1 to %d "
		    "of [A-Za-z0-9_-])",
		    name, (int)STRATEGY_NAME_MAX);
	memcpy(t->rules.strategy, name, strlen(name) + 1);
	return 0;
}

/* Reads and compiles all operands. */
static int
read_rules(struct stage *s)
{
	struct tsignal *t = s->state;
	struct rules *r = &t->rules;
	r->tool = s->desc->name;
	if (s->argc == 0)
		return stage_fail(s, EXIT_USAGE,
		    "no rule given (tsignal "
		    "'buy when close > close[1]'; --list names ready-made "
		    "ones)");
	if ((t->strategy != NULL && set_strategy(s) < 0) ||
	    open_calendar(s) < 0)
		return -1;
	for (int i = 0; i < s->argc; i++)
		rules_operand(r, s->argv[i]);
	if (t->combine != NULL)
		rules_combine(r, "--combine", t->combine, strlen(t->combine));
	if (r->nerrors == 0 && r->nrules == 0)
		rules_fail_plain(r, s->argv[0],
		    "no rule in it (a line "
		    "'signal RULE' or 'use NAME')");
	if (r->nerrors > 0 || check_calendar(t) < 0 ||
	    code_compile(&t->code, r) < 0)
		return fail_rules(s);
	return set_strategy(s);
}

/* Says it when rules of an action are too few for the votes asked for. */
static void
note_too_few(struct stage *s)
{
	const struct rules *r = &((struct tsignal *)s->state)->rules;
	for (int i = 0; i < ACTIONS && r->combine.kind >= COMBINE_VOTE; i++) {
		struct dec most = decide_most(r, (enum rule_action)i);
		if (dec_sign(most) > 0 && dec_cmp(most, r->combine.need) < 0)
			stage_note(s,
			    "'%s' can never fire: its rules together do "
			    "not reach what --combine asks for",
			    action_word((enum rule_action)i));
	}
}

static int
tsignal_open(struct stage *s)
{
	struct tsignal *t = s->state;
	t->symbol = (struct key)KEY("symbol");
	t->span = (struct key)KEY("span");
	t->time = (struct key)KEY("time");
	t->count = (struct key)KEY("tsignal_signals");
	t->seq = (struct key)KEY("seq");
	if (read_rules(s) < 0)
		return -1;
	note_too_few(s);
	size_t n = t->code.ninputs + 1;
	t->keys = calloc(n, sizeof(*t->keys));
	t->in = calloc(n, sizeof(*t->in));
	t->fired = calloc((size_t)t->rules.nrules, 1);
	if (t->keys == NULL || t->in == NULL || t->fired == NULL ||
	    wish_init(&t->wish, &t->rules, &t->code) < 0)
		return stage_fail_memory(s);
	for (uint32_t i = 0; i < t->code.ninputs; i++) {
		t->keys[i].name = t->code.inputs[i].name;
		t->keys[i].len = (uint16_t)t->code.inputs[i].len;
	}
	return 0;
}

/* How a field is had, in out, or "". */
static void
hint_feature(const struct key *k, char out[HINT_MAX])
{
	char name[FEATURE_NAME_MAX], text[FEATURE_NAME_MAX];
	struct feature_use u;
	snprintf(name, sizeof(name), "%.*s", (int)k->len, k->name);
	out[0] = '\0';
	if (feature_infer(name, &u, text) == 0)
		snprintf(out, HINT_MAX, " (fix: tfeat %s)", text);
}

/* The field's name nearest to what a rule asks for, in out, or "". */
static const char *
nearest_field(const struct record *r, const struct key *k, char out[HINT_MAX])
{
	char(*names)[64] = calloc((size_t)r->n + 1, sizeof(*names));
	const char **list = calloc((size_t)r->n + 1, sizeof(*list));
	const char *near = NULL;
	size_t count = 0;
	for (int i = 0; names != NULL && list != NULL && i < r->n; i++) {
		if (r->f[i].key_len >= sizeof(*names))
			continue;
		memcpy(names[count], r->f[i].key, r->f[i].key_len);
		list[count] = names[count];
		count++;
	}
	if (count > 0)
		near = text_nearest(k->name, k->len, list, count);
	if (near != NULL)
		snprintf(out, HINT_MAX, " (did you mean '%s'?)", near);
	else
		hint_feature(k, out);
	free(names);
	free(list);
	return out;
}

/* Every name of the rules is a field of the first bar, of the kind that its
 * place asks for. */
static int
bind(struct stage *s, const struct record *r)
{
	struct tsignal *t = s->state;
	for (uint32_t i = 0; i < t->code.ninputs; i++) {
		const struct code_input *in = &t->code.inputs[i];
		const struct node *n = &t->rules.nodes[in->node];
		const struct field *f = record_find(r, &t->keys[i]);
		char near[HINT_MAX];
		double x;
		int yes;
		if (f == NULL)
			rules_fail(&t->rules, n->source, n->at,
			    "no field '%.*s' in the first bar%s", (int)in->len,
			    in->name, nearest_field(r, &t->keys[i], near));
		else if (f->kind != F_NULL &&
			 (in->is_bool ? field_bool(f, &yes)
				      : field_real(f, &x)) < 0)
			rules_fail(&t->rules, n->source, n->at,
			    "the field '%.*s' is not %s", (int)in->len,
			    in->name,
			    in->is_bool ? "true or false" : "a number");
	}
	t->is_bound = 1;
	return t->rules.nerrors > 0 ? fail_rules(s) : 0;
}

static void
read_inputs(struct tsignal *t, const struct record *r)
{
	for (uint32_t i = 0; i < t->code.ninputs; i++) {
		const struct field *f = record_find(r, &t->keys[i]);
		int yes;
		t->in[i] = NAN;
		if (f == NULL)
			continue;
		if (!t->code.inputs[i].is_bool)
			field_real(f, &t->in[i]);
		else if (field_bool(f, &yes) == 0)
			t->in[i] = yes;
	}
}

/* A bar that cannot be used at all: 0 when it was put aside. */
static int
refuse(struct stage *s, const struct record *r, const char *field)
{
	char reason[64];
	snprintf(reason, sizeof(reason), "a bar with no usable '%s'", field);
	return stage_reject(s, NULL, s->line, 0, reason,
	    r->raw != NULL ? r->raw : "", r->raw != NULL ? r->raw_len : 0);
}

/* The series of a bar, or NULL with the name of what is wrong with it (NULL:
 * no memory). */
static struct series *
find_series(struct tsignal *t, const struct record *r, const char **what)
{
	const struct field *symbol = record_find(r, &t->symbol);
	const struct field *span = record_find(r, &t->span);
	const char *text[2] = {"", ""};
	size_t n[2] = {0, 0};
	*what = symbol == NULL || symbol->kind != F_STRING ? "symbol"
		: span != NULL && span->kind != F_STRING   ? "span"
							   : NULL;
	if (*what != NULL)
		return NULL;
	text[0] = symbol->text;
	n[0] = symbol->text_len;
	if (span != NULL) {
		text[1] = span->text;
		n[1] = span->text_len;
	}
	return series_find(&t->series, &t->code, text, n, what);
}

/* Runs the rules over a bar; how many fire, or -1 with *what. */
static int
run_bar(struct tsignal *t, const struct record *r, struct series *series,
    const char **what)
{
	const struct field *time = record_find(r, &t->time);
	double clock[CLOCKS];
	int64_t bar[2] = {0, series->span};
	*what = "time";
	if (time == NULL ||
	    (t->code.has_clock && field_time(time, &bar[0], NULL) < 0))
		return -1;
	if (t->code.has_clock)
		clock_read(clock, &t->calendar, t->zone, bar);
	read_inputs(t, r);
	code_run(&t->code, series->state, t->in, clock);
	return decide_fired(&t->rules, &t->code, series->state, t->fired);
}

static int
emit_signals(
    struct stage *s, const struct record *bar, const struct series *series)
{
	struct tsignal *t = s->state;
	struct decision d = {.rule = -1};
	int64_t before = t->signals;
	while (decide_next(&t->rules, t->fired, d.rule + 1, &d)) {
		if (wish_make(&t->wish, bar, series->state, &d, t->fired) < 0)
			return stage_fail_memory(s);
		t->signals++;
		if (stage_emit(s, &t->wish.out) < 0)
			return -1;
	}
	if (!t->all || t->signals > before)
		return 0;
	if (wish_make_hold(&t->wish, bar) < 0)
		return stage_fail_memory(s);
	t->signals++;
	return stage_emit(s, &t->wish.out);
}

/* A stream without seq is numbered. */
static int
put_seq(struct stage *s, struct record *r)
{
	struct tsignal *t = s->state;
	const struct field *f = record_find(r, &t->seq);
	int64_t seq;
	if (f == NULL)
		return record_put_int(r, &t->seq, ++t->last_seq) < 0
			   ? stage_fail_memory(s)
			   : 0;
	if (field_int(f, &seq) == 0)
		t->last_seq = seq;
	return 0;
}

static int
on_bar(struct stage *s, struct record *r)
{
	struct tsignal *t = s->state;
	const char *what;
	struct series *series = find_series(t, r, &what);
	if (series == NULL)
		return what != NULL ? refuse(s, r, what) : stage_fail_memory(s);
	if (!t->is_bound && bind(s, r) < 0)
		return -1;
	int fired = run_bar(t, r, series, &what);
	if (fired < 0)
		return refuse(s, r, what);
	if (put_seq(s, r) < 0)
		return -1;
	if (stage_emit(s, r) < 0)
		return -1;
	return fired > 0 || t->all ? emit_signals(s, r, series) : 0;
}

static int
on_meta(struct stage *s, struct record *r)
{
	struct tsignal *t = s->state;
	return stage_read_zone(s, r, &t->zone) < 0 ? -1
						   : stage_pass_meta(s, r);
}

static int
tsignal_record(struct stage *s, struct record *r)
{
	struct tsignal *t = s->state;
	switch (r->type) {
	case REC_BAR:
		return on_bar(s, r);
	case REC_TRADE:
	case REC_QUOTE:
		return put_seq(s, r) < 0 ? -1 : stage_emit(s, r);
	case REC_META:
		return on_meta(s, r);
	case REC_END:
		if (record_put_int(r, &t->count, t->signals) < 0)
			return stage_fail_memory(s);
		return stage_pass_meta(s, r);
	default:
		return stage_emit(s, r);
	}
}

static int
tsignal_extra(struct stage *s, int which)
{
	struct tsignal *t = s->state;
	struct buf out = {0};
	int bad = which == SHOW_LIST ? 0 : read_rules(s);
	if (bad == 0 && which != SHOW_CHECK) {
		bad = which == SHOW_EXPLAIN
			  ? explain_rules(&t->rules, &t->code, &out)
		      : t->json ? explain_list_json(&out)
				: explain_list(&out);
		bad = bad != 0 ? stage_fail_memory(s)
			       : stage_write(s, out.data, out.len);
	}
	buf_release(&out);
	return bad;
}

static void
tsignal_close(struct stage *s)
{
	struct tsignal *t = s->state;
	series_release(&t->series);
	wish_release(&t->wish);
	code_release(&t->code);
	rules_release(&t->rules);
	if (t->calendar.days != NULL)
		calendar_free(t->calendar.days);
	zone_free(t->zone);
	free(t->keys);
	free(t->in);
	free(t->fired);
}

static const struct option_row options[] = {
    {.name = "combine",
	.arg = "C",
	.type = OPT_STRING,
	.offset = offsetof(struct tsignal, combine),
	.help = "one signal an action when any, all, vote:K or weight:W of "
		"its rules fire"},
    {.name = "all",
	.type = OPT_FLAG,
	.offset = offsetof(struct tsignal, all),
	.help = "a HOLD signal for every bar on which nothing fired"},
    {.name = "strategy",
	.arg = "NAME",
	.type = OPT_STRING,
	.offset = offsetof(struct tsignal, strategy),
	.help = "name the strategy (the strategy file's name, else main)"},
    {.name = "calendar",
	.arg = "C",
	.type = OPT_STRING,
	.offset = offsetof(struct tsignal, calendar_text),
	.help = "which days have bars, for last_of; or a FILE that says so",
	.def = "none",
	.choices = "none|24x7|weekdays|nyse|nasdaq"},
    {.name = "list",
	.type = OPT_ACTION,
	.help = "name the ready-made rules and leave",
	.min = SHOW_LIST},
    {.name = "json",
	.type = OPT_FLAG,
	.offset = offsetof(struct tsignal, json),
	.help = "with --list: one JSON object a line"},
    {.name = "check",
	.type = OPT_ACTION,
	.help = "only check the rules",
	.min = SHOW_CHECK},
    {.name = "explain",
	.type = OPT_ACTION,
	.help = "print the strategy in full and leave",
	.min = SHOW_EXPLAIN},
    {0},
};

static const char *const examples[] = {
    "tfeed GOOG.csv | tfeat sma:10 sma:30 | tsignal 'buy when sma_10 crosses "
    "above sma_30' 'sell when sma_10 crosses below sma_30'",
    "tfeed GOOG.csv | tsignal @momentum:20",
    "tsignal --explain 'buy when close rises for 3 stop-loss -3%'",
    NULL,
};

const struct stage_desc tsignal_stage = {
    .name = "tsignal",
    .summary = "turn rules over bars into signals",
    .synopsis = "RULE... | @NAME... | @FILE...",
    .examples = examples,
    .records = "reads bars and their features; writes a signal after the bar "
	       "on which a rule fires, and passes on everything else",
    .words = "tsignal --list | cut -d:  -f1 | cut -d\\  -f1",
    .options = options,
    .state_size = sizeof(struct tsignal),
    .kind = STAGE_FILTER,
    .open = tsignal_open,
    .record = tsignal_record,
    .close = tsignal_close,
    .extra = tsignal_extra,
};
