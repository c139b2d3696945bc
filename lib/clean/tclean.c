/* SPDX-License-Identifier: MIT */
/* tclean: checks market records; refuses what is wrong, drops what is said
 * twice, flags what is odd, and passes the rest on as it is. */
#include "clean/tclean.h"

#include <stddef.h>
#include <string.h>

#include "base/time.h"
#include "clean/state.h"

enum { ACTION_LIST = 1 };
enum { DROPS_SHOWN = 5, MAX_BAD_SAMPLE = 1000 };

static int
open_calendar(struct stage *s)
{
	struct tclean *t = s->state;

	if (t->gaps != NULL && strcmp(t->gaps, "flag") != 0)
		return stage_fail(s, EXIT_USAGE,
		    "bad value '%.60s' for --gaps (wants flag)", t->gaps);
	if (t->gaps != NULL && t->calendar == NULL)
		return stage_fail(s, EXIT_USAGE,
		    "--gaps wants a --calendar (24x7 or weekdays)");
	if (t->calendar == NULL)
		t->view.calendar = CALENDAR_NONE;
	else if (strcmp(t->calendar, "24x7") == 0)
		t->view.calendar = CALENDAR_24X7;
	else if (strcmp(t->calendar, "weekdays") == 0)
		t->view.calendar = CALENDAR_WEEKDAYS;
	else
		return stage_fail(s, EXIT_USAGE, "bad value '%.60s' for "
		    "--calendar (wants 24x7|weekdays)", t->calendar);
	return 0;
}

static int
tclean_open(struct stage *s)
{
	struct tclean *t = s->state;

	if (s->argc > 0)
		return stage_fail(s, EXIT_USAGE, "unexpected operand '%.60s' "
		    "(tclean reads standard input)", s->argv[0]);
	if (dec_sign(t->jump) < 0)
		return stage_fail(s, EXIT_USAGE, "--jump is negative");
	if (dec_sign(t->max_bad) < 0 || dec_cmp(t->max_bad, dec_int(1)) > 0)
		return stage_fail(s, EXIT_USAGE,
		    "--max-bad wants a share from 0%% to 100%%");
	if (open_calendar(s) != 0)
		return -1;
	t->seq = (struct key)KEY("seq");
	t->flags = (struct key)KEY("flags");
	t->time_zone = (struct key)KEY("time_zone");
	t->view.jump = t->jump;
	t->view.span = t->span;
	t->view.last_seq = -1;
	clean_reader_init(&t->reader);
	return hold_init(&t->hold, s) == 0 ? 0 : stage_fail_memory(s);
}

/* The column where a field's value begins, or 0. */
static size_t
column_of(const struct record *r, const struct field *f)
{
	if (f == NULL || f - r->f >= r->nraw || f->text == NULL)
		return 0;
	return (size_t)(f->text - r->raw) + (f->kind != F_STRING);
}

static int
refuse(struct stage *s, const struct record *r)
{
	struct tclean *t = s->state;
	const struct field *f = t->item.field[t->finding.field];
	struct buf line = { 0 };
	int rc;

	/* Without --errors this ends here: what is whole goes out before. */
	if (s->errors == NULL && hold_flush(&t->hold, HOLD_AS_IS) != 0)
		return -1;
	if (record_print(r, &line) != 0)
		rc = stage_fail_memory(s);
	else
		rc = stage_reject(s, NULL, s->line, column_of(r, f),
		    t->finding.reason, line.data, line.len - 1);
	buf_release(&line);
	return rc;
}

/* A record of the open instant that does not pass: if it was the last of it,
 * so is now the one that is held. */
static int
lose(struct tclean *t)
{
	const struct clean_item *in = &t->item;

	if (!t->hold.is_holding || in->has_more ||
	    in->time + in->span != t->hold.instant)
		return 0;
	return hold_flush(&t->hold, HOLD_LAST);
}

static int
drop(struct stage *s)
{
	struct tclean *t = s->state;

	if (++t->dropped <= DROPS_SHOWN)
		stage_info(s, "<stdin>:%lld: dropped, the same bar again",
		    (long long)s->line);
	return lose(t);
}

static int
put_seq(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;
	struct clean_view *view = &t->view;

	if (clean_knows(&t->item, CLEAN_SEQ)) {
		view->has_seq = 1;
		view->last_seq = t->item.seq;
		return 0;
	}
	if (view->last_seq < 0)
		stage_info(s, "records without seq are numbered from 1");
	view->last_seq = view->last_seq < 0 ? 1 : view->last_seq + 1;
	return record_put_int(r, &t->seq, view->last_seq);
}

static int
pass(struct stage *s, struct record *r, int is_flagged)
{
	struct tclean *t = s->state;
	const struct clean_item *in = &t->item;

	if (clean_series_note(&t->series, t->view.before, in) != 0)
		return stage_fail_memory(s);
	if (put_seq(s, r) != 0 || (is_flagged && flags_put(t, r) != 0))
		return stage_fail_at(s, EXIT_SYSTEM, 0, "cannot add a field: "
		    "no memory, or more than %d fields", RECORD_FIELDS_MAX);
	t->passed++;
	t->flagged += is_flagged != 0;
	t->lost = s->rejects + t->dropped;
	return hold_market(&t->hold, r, in->time + in->span, in->has_more);
}

/* Said once: weekdays has no hours of trading, so shorter bars than a day
 * could be missing without its telling. */
static void
note_hours(struct stage *s)
{
	struct tclean *t = s->state;

	if (t->view.calendar != CALENDAR_WEEKDAYS || t->has_noted_hours ||
	    t->item.span == 0 || t->item.span % TIME_DAY == 0)
		return;
	t->has_noted_hours = 1;
	stage_note(s, "--calendar weekdays knows days only: gaps between bars "
	    "of less than a day are not looked for");
}

static int
on_market(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;
	enum clean_verdict verdict;
	int rc;

	if (clean_read(&t->reader, r, &t->item, &t->finding) != 0) {
		rc = refuse(s, r);
	} else {
		note_hours(s);
		t->view.before = clean_series_find(&t->series, &t->item);
		verdict = clean_judge(&t->view, &t->item, &t->finding);
		if (verdict == CLEAN_DROP)
			rc = drop(s);
		else if (verdict == CLEAN_REFUSE)
			rc = refuse(s, r) != 0 ? -1 : lose(t);
		else
			rc = pass(s, r, verdict == CLEAN_FLAG);
	}
	if (rc == 0 && s->rejects > 0 && tally_in(s) >= MAX_BAD_SAMPLE)
		rc = tally_check(s);
	return rc;
}

static int
on_meta(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;
	const struct field *f = record_find(r, &t->time_zone);
	struct buf name = { 0 };

	if (hold_flush(&t->hold, HOLD_LAST) != 0)
		return -1;
	if (f != NULL && f->kind != F_NULL) {
		zone_free(t->zone);
		t->zone = NULL;
		if (field_string(f, &name) == 0 && buf_str(&name) != NULL)
			t->zone = zone_new(name.data);
		buf_release(&name);
		if (t->zone == NULL)
			return stage_fail_at(s, EXIT_INPUT, column_of(r, f),
			    "time_zone is not a time zone");
		t->view.zone = t->zone;
	}
	return stage_pass_meta(s, r);
}

static int
on_end(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;

	if (hold_flush(&t->hold, HOLD_LAST) != 0 || tally_check(s) != 0 ||
	    tally_put(s, r) != 0)
		return -1;
	return stage_pass_meta(s, r);
}

static int
tclean_record(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;

	switch (r->type) {
	case REC_BAR:
	case REC_TRADE:
	case REC_QUOTE:
		return on_market(s, r);
	case REC_META:
		return on_meta(s, r);
	case REC_END:
		return on_end(s, r);
	default:
		return hold_other(&t->hold, r);
	}
}

/* Input that stops without `end` may stop inside an instant: the record held
 * stays as it is, unless one that may have been the last of it is gone. */
static int
tclean_end(struct stage *s)
{
	struct tclean *t = s->state;
	int is_last = s->rejects + t->dropped != t->lost;

	if (hold_flush(&t->hold, is_last ? HOLD_LAST : HOLD_AS_IS) != 0)
		return -1;
	tally_say(s);
	return tally_check(s);
}

static void
tclean_close(struct stage *s)
{
	struct tclean *t = s->state;

	hold_release(&t->hold);
	clean_series_release(&t->series);
	zone_free(t->zone);
}

static int
tclean_extra(struct stage *s, int which)
{
	struct buf text = { 0 };
	int rc;

	(void)which;
	if (clean_list(&text) != 0)
		rc = stage_fail_memory(s);
	else
		rc = stage_write(s, text.data, text.len);
	buf_release(&text);
	return rc;
}

static const struct option_row options[] = {
	{ 0, "span", "1d", OPT_SPAN, offsetof(struct tclean, span),
	    "refuse bars of another length", NULL, NULL, 0, 0 },
	{ 0, "calendar", "24x7|weekdays", OPT_STRING,
	    offsetof(struct tclean, calendar),
	    "when bars are expected; not given: gaps are not looked for", NULL,
	    "24x7|weekdays", 0, 0 },
	{ 0, "gaps", "flag", OPT_STRING, offsetof(struct tclean, gaps),
	    "flag the bar after a gap with gap:DATE; so does --calendar alone",
	    NULL, "flag", 0, 0 },
	{ 0, "jump", "20%", OPT_FRACTION, offsetof(struct tclean, jump),
	    "flag a close that moved by more than this", "20%", NULL, 0, 0 },
	{ 0, "max-bad", "1%", OPT_FRACTION, offsetof(struct tclean, max_bad),
	    "with --errors: stop when more than this share is refused", "100%",
	    NULL, 0, 0 },
	{ 0, "list", NULL, OPT_ACTION, 0, "name the rules and leave", NULL,
	    NULL, ACTION_LIST, 0 },
	{ 0 },
};

static const char *const examples[] = {
	"tfeed AAPL.csv | tclean | tfeat sma:20",
	"tfeed AAPL.csv | tclean --errors bad.ndjson --max-bad 1%",
	"tfeed BTCUSD.csv | tclean --calendar 24x7 | jq 'select(.flags)'",
	NULL,
};

const struct stage_desc tclean_stage = {
	.name = "tclean",
	.summary = "check, de-duplicate and flag bars, trades and quotes",
	.synopsis = "[--span 1d] [--calendar 24x7|weekdays] [--gaps flag]\n"
	            "              [--jump 20%] [--max-bad 1%] [--errors FILE]",
	.examples = examples,
	.records = "reads bar, trade, quote; adds flags to what is odd, seq "
	           "where there is none, counts to end",
	.options = options,
	.state_size = sizeof(struct tclean),
	.open = tclean_open,
	.record = tclean_record,
	.end = tclean_end,
	.close = tclean_close,
	.extra = tclean_extra,
};
