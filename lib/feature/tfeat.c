/* SPDX-License-Identifier: MIT */
/* tfeat: adds features to each bar. Each series, a symbol at a span, has its
 * own state. */
#include "feature/tfeat.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "base/time.h"
#include "base/zone.h"
#include "feature/feature_set.h"
#include "feature/strategy_file.h"

enum { ACTION_LIST = 1, ACTION_EXPLAIN };
enum { WARM_NULL, WARM_DROP };
enum { SERIES_TEXT_MAX = 32 + 1 + SPAN_TEXT_MAX };

struct tfeat {
	int warm, json; /* options */
	struct feature_set set;
	struct buf words; /* of strategy files */
	struct table series; /* "AAPL 1d" */
	char *blocks; /* owned: one of set.block bytes for each series */
	size_t room; /* blocks that there is memory for */
	struct zone *zone; /* NULL: UTC */
	struct key symbol, span, time, time_zone, withheld;
	int64_t dropped; /* bars withheld by --warm drop */
};

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
	t->symbol = (struct key)KEY("symbol");
	t->span = (struct key)KEY("span");
	t->time = (struct key)KEY("time");
	t->time_zone = (struct key)KEY("time_zone");
	t->withheld = (struct key)KEY("withheld");
	for (i = 0; i < s->argc; i++) {
		if (s->argv[i][0] == '@') {
			if (add_file(s, s->argv[i] + 1) < 0)
				return -1;
		} else if (feature_set_add(&t->set, s->argv[i], &e) < 0)
			return fail_feature(s, &e);
	}
	if (t->set.count == 0)
		return stage_fail(s, EXIT_USAGE,
		    "no feature given (tfeat --list names them)");
	if (feature_set_link(&t->set, &e) < 0)
		return fail_feature(s, &e);
	return 0;
}

/* Column of a field in its line, for messages. */
static size_t
column_of(const struct record *r, const struct field *f)
{
	if (r->raw == NULL || f - r->f >= r->nraw || f->text == NULL)
		return 0;
	return (size_t)(f->text - r->raw) + 1;
}

static int
fail_field(struct stage *s, const struct record *r, const struct field *f,
    const char *name)
{
	if (f == NULL)
		return stage_fail_at(s, EXIT_INPUT, 0, "a bar without '%s'",
		    name);
	return stage_fail_at(s, EXIT_INPUT, column_of(r, f),
	    "bad '%s' in a bar", name);
}

static int
read_values(struct stage *s, const struct record *r)
{
	struct tfeat *t = s->state;
	int i;
	for (i = 0; i < t->set.nfields; i++) {
		struct feature_field *want = &t->set.fields[i];
		double *v = &t->set.values[i];
		const struct field *f;
		*v = NAN;
		if (want->user < 0)
			continue;
		f = record_find(r, &want->key);
		if (f == NULL)
			return stage_fail_at(s, EXIT_INPUT, 0,
			    "a bar without '%s', which %s reads",
			    want->key.name,
			    t->set.uses[want->user].outputs[0]);
		if (f->kind != F_NULL && field_real(f, v) < 0)
			return stage_fail_at(s, EXIT_INPUT, column_of(r, f),
			    "'%s' is not a number, which %s reads",
			    want->key.name,
			    t->set.uses[want->user].outputs[0]);
	}
	return 0;
}

/* The block of a series, made when it is new; NULL: no memory. */
static void *
find_block(struct tfeat *t, const char *name, size_t n)
{
	int is_new = 0;
	int64_t i = table_intern(&t->series, name, n, &is_new);
	size_t room;
	char *more;
	if (i < 0)
		return NULL;
	if ((size_t)i >= t->room) {
		room = t->room > 0 ? 2 * t->room : 4;
		more = realloc(t->blocks, room * t->set.block);
		if (more == NULL)
			return NULL;
		t->blocks = more;
		t->room = room;
	}
	more = t->blocks + (size_t)i * t->set.block;
	if (is_new) {
		memset(more, 0, t->set.block);
		feature_set_init(&t->set, more);
	}
	return more;
}

static int
find_series(struct stage *s, const struct record *r, void **block)
{
	struct tfeat *t = s->state;
	const struct field *symbol = record_find(r, &t->symbol);
	const struct field *span = record_find(r, &t->span);
	char name[SERIES_TEXT_MAX];
	const char *text;
	size_t n, len;
	if (symbol == NULL || field_plain(symbol, &text, &n) < 0 ||
	    !text_is_symbol(text, n))
		return fail_field(s, r, symbol, "symbol");
	memcpy(name, text, n);
	len = n;
	if (span != NULL) {
		if (field_plain(span, &text, &n) < 0 || n >= SPAN_TEXT_MAX)
			return fail_field(s, r, span, "span");
		name[len++] = ' ';
		memcpy(name + len, text, n);
		len += n;
	}
	*block = find_block(t, name, len);
	return *block != NULL ? 0 : stage_fail_memory(s);
}

/* The number of the local day that a bar begins on. */
static int
read_session(struct stage *s, const struct record *r, struct feature_input *in)
{
	struct tfeat *t = s->state;
	const struct field *f = record_find(r, &t->time);
	int64_t ns, local;
	if (f == NULL || field_time(f, &ns, NULL) < 0)
		return fail_field(s, r, f, "time");
	local = ns / TIME_SECOND - (ns % TIME_SECOND < 0);
	if (t->zone != NULL)
		local += zone_offset(t->zone, ns);
	in->session = local / 86400 - (local % 86400 < 0);
	return 0;
}

static int
on_bar(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	struct feature_input in = {0};
	void *block;
	double *out;
	int i, is_warm;
	if (find_series(s, r, &block) < 0 || read_values(s, r) < 0)
		return -1;
	if (t->set.wants_session && read_session(s, r, &in) < 0)
		return -1;
	is_warm = feature_set_update(&t->set, block, &in);
	if (t->warm == WARM_DROP && !is_warm) {
		t->dropped++;
		return 0;
	}
	out = t->set.values + t->set.nfields;
	for (i = 0; i < t->set.noutputs; i++)
		if (record_put_real(r, &t->set.keys[i], out[i]) < 0)
			return stage_fail(s, EXIT_SYSTEM,
			    "no memory, or more than %d fields",
			    RECORD_FIELDS_MAX);
	return stage_emit(s, r);
}

static int
on_meta(struct stage *s, struct record *r)
{
	struct tfeat *t = s->state;
	const struct field *f = record_find(r, &t->time_zone);
	struct buf name = {0};
	if (f != NULL && f->kind != F_NULL) {
		if (field_string(f, &name) == 0 && buf_str(&name) != NULL) {
			zone_free(t->zone);
			t->zone = zone_new(name.data);
		}
		buf_release(&name);
		if (t->zone == NULL)
			return stage_fail_at(s, EXIT_INPUT, column_of(r, f),
			    "unknown 'time_zone' in meta");
	}
	return stage_pass_meta(s, r);
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
tfeat_record(struct stage *s, struct record *r)
{
	if (r->type == REC_BAR)
		return on_bar(s, r);
	if (r->type == REC_META)
		return on_meta(s, r);
	if (r->type == REC_END)
		return on_end(s, r);
	return stage_emit(s, r);
}

static int
explain(struct stage *s, struct buf *text)
{
	const struct feature *f;
	const char *name, *near;
	int i;
	if (s->argc == 0)
		return stage_fail(s, EXIT_USAGE, "--explain needs a NAME "
		    "(tfeat --list names them)");
	for (i = 0; i < s->argc; i++) {
		name = s->argv[i];
		f = feature_find(name, strcspn(name, ":"));
		if (f == NULL) {
			near = feature_nearest(name, strcspn(name, ":"));
			return stage_fail(s, EXIT_USAGE,
			    "unknown feature '%.60s'%s%s%s", name,
			    near != NULL ? " (did you mean '" : "",
			    near != NULL ? near : "",
			    near != NULL ? "'?)" : "");
		}
		if ((i > 0 && buf_add_char(text, '\n') < 0) ||
		    feature_explain(f, text) < 0)
			return stage_fail_memory(s);
	}
	return 0;
}

static int
tfeat_extra(struct stage *s, int which)
{
	struct tfeat *t = s->state;
	struct buf text = {0};
	int e;
	if (which == ACTION_EXPLAIN)
		e = explain(s, &text);
	else if (t->json ? feature_list_json(&text) : feature_list(&text))
		e = stage_fail_memory(s);
	else
		e = 0;
	if (e == 0)
		e = stage_write(s, text.data, text.len);
	buf_release(&text);
	return e;
}

static void
tfeat_close(struct stage *s)
{
	struct tfeat *t = s->state;
	feature_set_release(&t->set);
	buf_release(&t->words);
	table_release(&t->series);
	free(t->blocks);
	zone_free(t->zone);
}

static const struct option_row options[] = {
	{0, "list", NULL, OPT_ACTION, 0, "name all features and leave", NULL,
	    NULL, ACTION_LIST, 0},
	{0, "json", NULL, OPT_FLAG, offsetof(struct tfeat, json),
	    "with --list: one JSON object a line", NULL, NULL, 0, 0},
	{0, "explain", NULL, OPT_ACTION, 0,
	    "say how the features NAME... are computed and leave", NULL, NULL,
	    ACTION_EXPLAIN, 0},
	{0, "warm", "HOW", OPT_CHOICE, offsetof(struct tfeat, warm),
	    "until a feature is defined it is null, or the bar is dropped",
	    "null", "null|drop", 0, 0},
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
	.options = options,
	.state_size = sizeof(struct tfeat),
	.kind = STAGE_FILTER,
	.open = tfeat_open,
	.record = tfeat_record,
	.close = tfeat_close,
	.extra = tfeat_extra,
};
