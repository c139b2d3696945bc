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
fail_problem(struct stage *s, const struct problem *p)
{
	return stage_fail(s, p->status, "%s", p->text);
}

static int
open_gaps(struct stage *s)
{
	struct tclean *t = s->state;
	const char *how = t->gaps_name;

	t->gaps = how != NULL && strcmp(how, "fill") == 0 ? GAPS_FILL
	    : how != NULL && strcmp(how, "drop") == 0 ? GAPS_DROP : GAPS_FLAG;
	if (how != NULL && t->gaps == GAPS_FLAG && strcmp(how, "flag") != 0)
		return stage_fail(s, EXIT_USAGE, "bad value '%.60s' for --gaps "
		    "(wants flag, fill or drop)", how);
	if (how != NULL && t->calendar == NULL &&
	    (t->align == NULL || t->gaps == GAPS_DROP))
		return stage_fail(s, EXIT_USAGE, "--gaps %s wants a --calendar%s",
		    how, t->gaps == GAPS_DROP ? "" : " or --align");
	if (how == NULL && t->align != NULL)
		t->gaps = GAPS_FILL;
	t->view.drops_unexpected = t->gaps == GAPS_DROP;
	return 0;
}

static int
open_calendar(struct stage *s)
{
	struct tclean *t = s->state;
	struct problem p = { 0 };

	if (t->calendar == NULL)
		return 0;
	t->own_calendar = calendar_new(t->calendar, &p);
	t->view.calendar = t->own_calendar;
	t->buckets.rule.calendar = t->own_calendar;
	if (t->own_calendar != NULL)
		return 0;
	if (strchr(t->calendar, '/') == NULL && strchr(t->calendar, '.') ==
	    NULL && p.status == EXIT_USAGE)
		return stage_fail(s, EXIT_USAGE, "bad value '%.60s' for "
		    "--calendar (wants 24x7, weekdays, nyse, nasdaq or a file)",
		    t->calendar);
	return fail_problem(s, &p);
}

/* --max-gap: a count of bars in a row, or a share of all. */
static int
open_budget(struct stage *s)
{
	struct tclean *t = s->state;
	const char *v = t->max_gap;
	size_t n = v == NULL ? 0 : strlen(v);
	struct dec d;

	t->gap_limit = -1;
	t->gap_share = dec_int(-1);
	if (v == NULL)
		return 0;
	if (t->calendar == NULL && t->align == NULL)
		return stage_fail(s, EXIT_USAGE,
		    "--max-gap wants a --calendar or --align");
	if (n > 0 && v[n - 1] == '%') {
		if (option_fraction(v, n, &t->gap_share) == 0 &&
		    dec_sign(t->gap_share) >= 0)
			return 0;
	} else if (dec_parse(v, n, &d) == DEC_OK && d.scale == 0 && d.m >= 0) {
		t->gap_limit = d.m;
		return 0;
	}
	return stage_fail(s, EXIT_USAGE, "bad value '%.60s' for --max-gap "
	    "(wants a number of bars, or 1%%)", v);
}

static int
open_making(struct stage *s)
{
	struct tclean *t = s->state;
	struct problem p = { 0 };

	if (merge_open(s) != 0 || align_open(s) != 0)
		return -1;
	if (t->span > 366 * TIME_DAY ||
	    (t->span > TIME_DAY && t->span % TIME_DAY != 0))
		return stage_fail(s, EXIT_USAGE, "--span wants whole days, or "
		    "less than one, up to 366d");
	if (t->is_keeping && t->span == 0 &&
	    t->buckets.rule.kind == BUCKET_TIME)
		return stage_fail(s, EXIT_USAGE, "--keep wants --span or --bars");
	t->is_making = t->span != 0 || t->buckets.rule.kind != BUCKET_TIME ||
	    t->gaps == GAPS_FILL || t->align != NULL;
	t->adjustments.mode = (enum adjust_mode)t->adjust_mode;
	if (t->adjust != NULL &&
	    adjust_read(&t->adjustments, t->adjust, &p) != 0)
		return fail_problem(s, &p);
	return 0;
}

static int
open_records(struct stage *s)
{
	struct tclean *t = s->state;

	t->seq = (struct key)KEY("seq");
	t->flags = (struct key)KEY("flags");
	t->first = (struct key)KEY("first");
	t->factor = (struct key)KEY("factor");
	for (int f = 0; f < CLEAN_FIELDS; f++) {
		const char *name = clean_field_name((enum clean_field)f);

		t->keys[f] = (struct key){ .name = name,
			.len = (uint16_t)strlen(name) };
	}
	t->clock = t->aligned = TIME_NONE;
	t->next = INT64_MAX;
	clean_reader_init(&t->reader);
	return record_init(&t->merged_bar) == 0 &&
	    record_init(&t->filled_bar) == 0 && hold_init(&t->hold, s) == 0
	    ? 0 : stage_fail_memory(s);
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
	if (dec_sign(t->surge) < 0)
		return stage_fail(s, EXIT_USAGE, "--surge is negative");
	if (dec_sign(t->max_bad) < 0 || dec_cmp(t->max_bad, dec_int(1)) > 0)
		return stage_fail(s, EXIT_USAGE,
		    "--max-bad wants a share from 0%% to 100%%");
	t->view.jump = t->jump;
	t->view.surge = t->surge;
	t->view.stuck = t->stuck;
	t->view.now = t->now;
	t->view.span = t->span;
	t->view.last_seq = -1;
	if (open_records(s) != 0 || open_gaps(s) != 0 ||
	    open_calendar(s) != 0 || open_budget(s) != 0)
		return -1;
	return open_making(s);
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
lose(struct stage *s)
{
	struct tclean *t = s->state;
	const struct clean_item *in = &t->item;

	if (!t->hold.is_holding || in->has_more ||
	    in->time + in->span != t->hold.instant)
		return 0;
	return out_settle(s, t->hold.instant, 0);
}

static int
drop(struct stage *s)
{
	struct tclean *t = s->state;

	if (++t->dropped <= DROPS_SHOWN)
		stage_info(s, "<stdin>:%lld: dropped, %s", (long long)s->line,
		    t->finding.reason);
	return lose(s);
}

/* The values of the item, where they are not those that the record came
 * with. */
static int
put_adjusted(struct tclean *t, struct record *r)
{
	const struct clean_item *in = &t->item;
	int rc = 0;

	if (!in->has_factor)
		return 0;
	for (enum clean_field f = CLEAN_OPEN; f < CLEAN_FIELDS; f++) {
		struct dec was;

		if (clean_knows(in, f) &&
		    (field_dec(in->field[f], &was) != 0 ||
		     dec_cmp(was, in->value[f]) != 0))
			rc |= record_put_dec(r, &t->keys[f], in->value[f]);
	}
	return rc | record_put_dec(r, &t->factor, in->factor);
}

static void
flag_adjusted(struct tclean *t)
{
	const struct adjust_set *a = &t->adjustments;

	if (t->adjust == NULL || a->symbol < 0)
		return;
	if (a->has_split)
		clean_flag(&t->finding, "split", sizeof "split" - 1);
	if (a->has_dividend)
		clean_flag(&t->finding, "dividend", sizeof "dividend" - 1);
}

static int
pass(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;
	struct out o = { r, &t->item, &t->finding, OUT_PASSED };
	int is_merged = merge_wants(t, &t->item);

	if (t->adjust != NULL) {
		flag_adjusted(t);
		adjust_keep(&t->adjustments);
	}
	if (!is_merged || t->is_keeping) {
		if (put_adjusted(t, r) != 0)
			return stage_fail_memory(s);
		if (out_market(s, &o) != 0)
			return -1;
	} else {
		if (clean_series_note(&t->series, &t->item, &t->finding) ==
		    NULL)
			return stage_fail_memory(s);
		t->merged++;
		t->lost = s->rejects + t->dropped;
		if (clean_knows(&t->item, CLEAN_SEQ)) {
			t->view.has_seq = 1;
			t->view.last_seq = t->item.seq;
		}
	}
	return is_merged ? merge_take(s, &t->item) : 0;
}

/* Said once: a calendar without hours of trading, so shorter bars than a day
 * could be missing without its telling. */
static void
note_hours(struct stage *s)
{
	struct tclean *t = s->state;

	if (t->view.calendar == NULL || t->has_noted_hours ||
	    calendar_has_hours(t->view.calendar) || t->item.span == 0 ||
	    t->item.span % TIME_DAY == 0)
		return;
	t->has_noted_hours = 1;
	stage_note(s, "--calendar %.60s knows days only: gaps between bars "
	    "of less than a day are not looked for", t->calendar);
}

/* All that the record itself must be. */
static enum clean_verdict
judge_input(struct tclean *t, struct record *r)
{
	enum clean_verdict verdict, more = CLEAN_PASS;

	if (clean_read(&t->reader, r, &t->item, &t->finding) != 0)
		return CLEAN_REFUSE;
	t->item.is_local = 0;
	if (t->adjust != NULL && adjust_item(&t->adjustments, &t->item,
	        calendar_day_of(t->zone, t->item.time),
	        &t->finding) != 0)
		return CLEAN_REFUSE;
	t->view.before = clean_series_find(&t->series, &t->item);
	verdict = clean_judge(&t->view, &t->item, &t->finding);
	if (verdict != CLEAN_PASS && verdict != CLEAN_FLAG)
		return verdict;
	if (merge_wants(t, &t->item))
		more = merge_judge(t, &t->item, &t->finding);
	else if (t->span != 0 && r->type == REC_BAR)
		more = merge_judge_whole(t, &t->item, &t->finding);
	return more == CLEAN_PASS ? verdict : more;
}

/* Then time goes on to it, and those that are on their way out are asked for
 * their place among the others. */
static int
take(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;
	const struct clean_item *in = &t->item;

	note_hours(s);
	if (due_advance(s, in->time + in->span) != 0)
		return -1;
	if (!merge_wants(t, in) || t->is_keeping) {
		t->view.zone = t->zone;
		if (t->is_making) /* time has changed it, or moved it */
			t->view.before = clean_series_find(&t->series, in);
		if (clean_judge_output(&t->view, in, &t->finding) ==
		    CLEAN_DROP)
			return drop(s);
	}
	if (pass(s, r) != 0)
		return -1;
	return t->is_making ? out_settle(s, in->time + in->span, in->has_more)
	                    : 0;
}

static int
on_market(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;
	enum clean_verdict verdict = judge_input(t, r);
	int rc;

	if (verdict == CLEAN_DROP)
		rc = drop(s);
	else if (verdict == CLEAN_REFUSE)
		rc = refuse(s, r) != 0 ? -1 : t->item.is_read ? lose(s) : 0;
	else
		rc = take(s, r);
	if (rc == 0 && tally_in(s) >= MAX_BAD_SAMPLE)
		rc = s->rejects > 0 && tally_check(s) != 0 ? -1
		    : out_check_gap_share(s);
	return rc;
}

static int
on_meta(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;

	if (hold_flush(&t->hold, HOLD_LAST) != 0 ||
	    stage_read_zone(s, r, &t->zone) != 0)
		return -1;
	t->view.zone = t->zone;
	if (t->adjust != NULL && t->adjust_mode != ADJUST_RAW) {
		struct key key = KEY("adjustments");

		if (record_put_str(r, &key, t->adjust_mode == ADJUST_SPLIT
		        ? "split, forward" : "total, forward") != 0)
			return stage_fail_memory(s);
	}
	return stage_pass_meta(s, r);
}

static int
on_end(struct stage *s, struct record *r)
{
	struct tclean *t = s->state;

	if (due_end(s) != 0 || hold_flush(&t->hold, HOLD_LAST) != 0 ||
	    tally_check(s) != 0 || out_check_gap_share(s) != 0 ||
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
	record_release(&t->merged_bar);
	record_release(&t->filled_bar);
	clean_series_release(&t->series);
	bucket_release(&t->buckets);
	adjust_release(&t->adjustments);
	table_release(&t->align_names);
	calendar_free(t->own_calendar);
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
	{ 0, "span", "5m", OPT_SPAN, offsetof(struct tclean, span),
	    "make bars this long of trades and of shorter bars", NULL, NULL,
	    0, 0 },
	{ 0, "bars", "tick:100", OPT_STRING, offsetof(struct tclean, bars),
	    "make bars of trades: tick:N, volume:N or value:N", NULL,
	    "time|tick:|volume:|value:", 0, 0 },
	{ 0, "keep", NULL, OPT_FLAG, offsetof(struct tclean, is_keeping),
	    "pass on what bars are made of, too", NULL, NULL, 0, 0 },
	{ 0, "calendar", "nyse", OPT_FILE, offsetof(struct tclean, calendar),
	    "when bars are due: 24x7, weekdays, nyse, nasdaq or FILE", NULL,
	    NULL, 0, 0 },
	{ 0, "gaps", "flag|fill|drop", OPT_STRING,
	    offsetof(struct tclean, gaps_name),
	    "flag or fill what is missing, or drop what is not due", NULL,
	    "flag|fill|drop", 0, 0 },
	{ 0, "max-gap", "N|1%", OPT_STRING, offsetof(struct tclean, max_gap),
	    "stop when more bars are missing, in a row or of all", NULL, NULL,
	    0, 0 },
	{ 0, "align", "all|A,B", OPT_STRING, offsetof(struct tclean, align),
	    "every symbol at every instant, filled or flagged", NULL, NULL,
	    0, 0 },
	{ 0, "jump", "20%", OPT_FRACTION, offsetof(struct tclean, jump),
	    "flag a close that moved by more than this", "20%", NULL, 0, 0 },
	{ 0, "surge", "100", OPT_DEC, offsetof(struct tclean, surge),
	    "flag a volume above so many times the mean; 0: none", "100", NULL,
	    0, 0 },
	{ 0, "stuck", "10", OPT_INT, offsetof(struct tclean, stuck),
	    "flag so many equal bars in a row; 0: none", "10", NULL, 0,
	    1000000 },
	{ 0, "now", "TIME", OPT_TIME, offsetof(struct tclean, now),
	    "refuse what is known only later", NULL, NULL, 0, 0 },
	{ 0, "adjust", "FILE", OPT_FILE, offsetof(struct tclean, adjust),
	    "splits and dividends: date,symbol,kind,value", NULL, NULL, 0, 0 },
	{ 0, "adjust-mode", "raw|split|total", OPT_CHOICE,
	    offsetof(struct tclean, adjust_mode),
	    "what of --adjust changes prices", "split", "raw|split|total", 0,
	    0 },
	{ 0, "max-bad", "1%", OPT_FRACTION, offsetof(struct tclean, max_bad),
	    "with --errors: stop when more than this share is refused", "100%",
	    NULL, 0, 0 },
	{ 0, "list", NULL, OPT_ACTION, 0, "name the rules and leave", NULL,
	    NULL, ACTION_LIST, 0 },
	{ 0 },
};

static const char *const examples[] = {
	"tfeed AAPL.csv | tclean | tfeat sma:20",
	"tfeed AAPL.csv | tclean --calendar nyse --errors bad.ndjson",
	"tfeed ticks.csv | tclean --span 5m --gaps fill --calendar 24x7",
	NULL,
};

const struct stage_desc tclean_stage = {
	.name = "tclean",
	.summary = "check, flag, resample, adjust and align market data",
	.synopsis = "[options]",
	.examples = examples,
	.records = "reads bar, trade, quote; adds flags to what is odd, seq "
	           "where there is none, counts to end; makes bar",
	.options = options,
	.state_size = sizeof(struct tclean),
	.open = tclean_open,
	.record = tclean_record,
	.end = tclean_end,
	.close = tclean_close,
	.extra = tclean_extra,
};
