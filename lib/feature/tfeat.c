/* SPDX-License-Identifier: MIT */
/* tfeat: adds features to each bar. Each series, a symbol at a span, has its
 * own state. */
#include "feature/tfeat.h"

#include <stddef.h>
#include <string.h>

#include "feature/state.h"
#include "feature/strategy_file.h"

static int
fail_feature(struct stage *s, const struct feature_error *e)
{
	if (e->text[0] == '\0')
		return stage_fail_memory(s);
	return stage_fail(s, EXIT_USAGE, "%s", e->text);
}

static int
add_file(struct stage *s, const char *path)
{
	struct tfeat *t = s->state;
	struct feature_error e;
	const char *word;
	size_t count;
	buf_clear(&t->words);
	if (strategy_file_features(path, &t->words, &count, &e) < 0)
		return fail_feature(s, &e);
	word = t->words.data;
	for (; count > 0; count--, word += strlen(word) + 1)
		if (feature_set_add(&t->set, word, &e) < 0)
			return fail_feature(s, &e);
	return 0;
}

static int
tfeat_open(struct stage *s)
{
	struct tfeat *t = s->state;
	struct feature_error e;
	int i;
	t->time = (struct key)KEY("time");
	t->withheld = (struct key)KEY("withheld");
	t->flags = (struct key)KEY("flags");
	t->seq = (struct key)KEY("seq");
	t->more = (struct key)KEY("more");
	for (i = 0; i < s->argc; i++) {
		if (s->argv[i][0] == '@') {
			if (add_file(s, s->argv[i] + 1) < 0)
				return -1;
		} else if (feature_set_add(&t->set, s->argv[i], &e) < 0)
			return fail_feature(s, &e);
	}
	/* a strategy may do without */
	if (s->argc == 0)
		return stage_fail(s, EXIT_USAGE,
		    "no feature given (tfeat --list names them)");
	if (feature_set_link(&t->set, &e) < 0)
		return fail_feature(s, &e);
	memory_init(&t->memory, &t->set);
	return record_init(&t->line) < 0 ? stage_fail_memory(s) : 0;
}

/* A stream without seq is numbered. */
static int
put_seq(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	const struct field *f = record_find(r, &t->seq);
	int64_t seq;
	if (f != NULL) {
		if (field_int(f, &seq) == 0)
			t->last_seq = seq;
		return 0;
	}
	t->last_seq++;
	return record_put_int(r, &t->seq, t->last_seq) < 0
	    ? stage_fail_memory(s)
	    : 0;
}

static int
on_bar(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	struct feature_input in = {0};
	int64_t series = bar_read(s, r, &in);
	void *block;
	int is_warm;
	if (series < 0)
		return -1;
	block = memory_block(&t->memory, (size_t)series);
	if (bar_is_peek(t, r)) {
		buf_clear(&t->fork);
		if (buf_add(&t->fork, block, t->set.block) < 0)
			return stage_fail_memory(s);
		block = t->fork.data;
	}
	is_warm = feature_set_update(&t->set, block, &in);
	return bar_emit(s, r, t->set.values, is_warm);
}

static int
on_meta(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	return stage_read_zone(s, r, &t->zone) < 0 ? -1
						   : stage_pass_meta(s, r);
}

static int
on_end(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	if (t->warm == WARM_DROP &&
	    record_put_int(r, &t->withheld, t->dropped) < 0)
		return stage_fail_memory(s);
	return stage_pass_meta(s, r);
}

static int
on_market(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	if (put_seq(s, r) < 0)
		return -1;
	if (t->set.wants_instant)
		return feature_hold(s, r);
	return r->type == REC_BAR ? on_bar(s, r) : stage_emit(s, r);
}

static int
tfeat_record(struct stage *s, struct record *r)
{
	switch (r->type) {
	case REC_BAR:
	case REC_TRADE:
	case REC_QUOTE:
		return on_market(s, r);
	case REC_META:
		return feature_hold_close(s) < 0 ? -1 : on_meta(s, r);
	case REC_END:
		return feature_hold_close(s) < 0 ? -1 : on_end(s, r);
	default:
		return feature_hold_other(s, r);
	}
}

/* An instant that broke off is not known: the law of the prefix. */
static int
tfeat_end(struct stage *s)
{
	struct tfeat *t = s->state;
	if (t->instant.is_open)
		stage_note(s, "the input ends within an instant: its %zu "
		    "record%s not passed on", t->instant.nlines,
		    t->instant.nlines == 1 ? " is" : "s are");
	return 0;
}

static void
tfeat_close(struct stage *s)
{
	struct tfeat *t = s->state;
	feature_set_release(&t->set);
	buf_release(&t->words);
	memory_release(&t->memory);
	instant_release(&t->instant);
	record_release(&t->line);
	buf_release(&t->fork);
	zone_free(t->zone);
}

static const struct option_row options[] = {
	{0, "list", NULL, OPT_ACTION, 0, "name all features and leave", NULL,
	    NULL, SHOW_LIST, 0},
	{0, "json", NULL, OPT_FLAG, offsetof(struct tfeat, json),
	    "with --list: one JSON object a line", NULL, NULL, 0, 0},
	{0, "explain", NULL, OPT_ACTION, 0,
	    "say how the features NAME... are computed and leave", NULL, NULL,
	    SHOW_EXPLAIN, 0},
	{0, "warm", "HOW", OPT_CHOICE, offsetof(struct tfeat, warm),
	    "until a feature is defined it is null, or the bar is dropped",
	    "null", "null|drop", 0, 0},
	{0, "peek", NULL, OPT_FLAG, offsetof(struct tfeat, peek),
	    "a bar flagged partial is forming: it changes no state", NULL,
	    NULL, 0, 0},
	{0},
};

static const char *const examples[] = {
	"tfeed GOOG.csv | tfeat sma:10 sma:30",
	"tfeed GOOG.csv | tfeat --warm drop fast=ema:12 sma:20,src=volume",
	"tfeat --explain bbands",
	NULL,
};

const struct stage_desc tfeat_stage = {
	.name = "tfeat",
	.summary = "add features to bars",
	.synopsis = "FEATURE... | @FILE...",
	.examples = examples,
	.records = "reads bars; adds the outputs of each feature to them, null "
	           "while undefined, and passes on everything else",
	.words = "tfeat --list | tr :,\\[ \\  | cut -d\\  -f1",
	.options = options,
	.state_size = sizeof(struct tfeat),
	.kind = STAGE_FILTER,
	.open = tfeat_open,
	.record = tfeat_record,
	.end = tfeat_end,
	.close = tfeat_close,
	.extra = tfeat_show,
};
