/* SPDX-License-Identifier: MIT */
/* Trades into bars, and bars into longer ones. A bar goes out when nothing of
 * it can come any more: when the last bar inside it came, or a record of a
 * later time did. */
#include <string.h>

#include "base/time.h"
#include "clean/state.h"

/* Bars of so many trades are as long as they are; their span is the shortest,
 * at their last trade, so that they are one series and known in time. */
enum { TICK_SPAN = 1 };

int
merge_open(struct stage *s)
{
	struct tclean *t = s->state;
	struct bucket_rule *rule = &t->buckets.rule;
	static const char *const kinds[] = { "time", "tick:", "volume:",
		"value:" };
	int k = 0;
	size_t n;

	rule->span = t->span;
	if (t->bars == NULL || strcmp(t->bars, "time") == 0)
		return 0;
	while (++k < 4 && strncmp(t->bars, kinds[k], strlen(kinds[k])) != 0)
		;
	n = k < 4 ? strlen(kinds[k]) : 0;
	if (k == 4 || dec_parse(t->bars + n, strlen(t->bars + n),
	        &rule->size) != DEC_OK || dec_sign(rule->size) <= 0 ||
	    (k == BUCKET_TICK && rule->size.scale != 0))
		return stage_fail(s, EXIT_USAGE, "bad value '%.60s' for --bars "
		    "(wants time, tick:N, volume:N or value:N)", t->bars);
	if (t->span != 0)
		return stage_fail(s, EXIT_USAGE,
		    "--span and --bars %.60s exclude each other", t->bars);
	rule->kind = (enum bucket_kind)k;
	return 0;
}

int
merge_wants(const struct tclean *t, const struct clean_item *in)
{
	if (t->buckets.rule.kind != BUCKET_TIME)
		return in->record->type == REC_TRADE;
	return t->span != 0 && (in->record->type == REC_TRADE ||
	    (in->record->type == REC_BAR && in->span < t->span));
}

/* Days of what is shorter are those of the calendar, where it has a zone; days
 * of bars of days are what they say they are, in meta's. */
static const struct zone *
zone_of(const struct tclean *t, int64_t source)
{
	const struct zone *own = t->own_calendar == NULL ||
	    (source > 0 && source % TIME_DAY == 0) ? NULL
	    : calendar_zone(t->own_calendar);

	return own != NULL ? own : t->zone;
}

static enum clean_verdict
judge_time(struct tclean *t, const struct bucket *b,
    const struct clean_item *in, struct clean_finding *out)
{
	const struct zone *zone = zone_of(t, in->span);
	struct calendar_bars bars = { t->span, zone };
	struct bucket at = { 0 };

	if (in->time < -(INT64_MAX - 2 * t->span) ||
	    in->time > INT64_MAX - 2 * t->span)
		return clean_refuse(out, CLEAN_TIME, "is out of range");
	bucket_place(&t->buckets.rule, zone, in->time, &at);
	if (b != NULL && in->time < b->done)
		return clean_refuse(out, CLEAN_TIME, "late, its bar has gone");
	if (t->span % TIME_DAY != 0 && in->time + in->span > at.limit)
		return clean_refuse(out, CLEAN_SPAN,
		    "crosses the end of a bar of --span");
	if (t->gaps == GAPS_DROP && t->view.calendar != NULL &&
	    calendar_expects(t->view.calendar, &bars, at.start) == 0)
		return clean_drop(out, "not expected by the calendar");
	return CLEAN_PASS;
}

enum clean_verdict
merge_judge(struct tclean *t, const struct clean_item *in,
    struct clean_finding *out)
{
	const struct bucket *b = bucket_find(&t->buckets, in->symbol,
	    in->symbol_len);
	struct clean_item whole = *in;
	struct record bar = { .type = REC_BAR };

	if (b != NULL && b->is_known && b->source != in->span)
		return clean_refuse(out, CLEAN_SPAN, "another length than what "
		    "is merged of the symbol");
	if (t->buckets.rule.kind != BUCKET_TIME)
		return CLEAN_PASS;
	whole.record = &bar;
	whole.span = t->span;
	if ((b == NULL || !b->is_known) &&
	    clean_series_find(&t->series, &whole) != NULL)
		return clean_refuse(out, CLEAN_SPAN, "shorter than the bars "
		    "that came of the symbol");
	return judge_time(t, b, in, out);
}

enum clean_verdict
merge_judge_whole(const struct tclean *t, const struct clean_item *in,
    struct clean_finding *out)
{
	const struct bucket *b = bucket_find(&t->buckets, in->symbol,
	    in->symbol_len);

	if (b == NULL || !b->is_known)
		return CLEAN_PASS;
	return clean_refuse(out, CLEAN_SPAN,
	    "another length than what is merged of the symbol");
}

/* ---- sending ---- */

static int
put_sums(struct tclean *t, const struct bucket *b, struct clean_item *in)
{
	struct record *r = &t->merged_bar;
	struct dec volume = { 0 }, vwap;
	int rc = b->has_volume
	    ? record_put_money(r, &t->keys[CLEAN_VOLUME], b->volume)
	    : record_put_null(r, &t->keys[CLEAN_VOLUME]);

	if (b->has_volume && money_div(b->volume, dec_int(1), DEC_SCALE_MAX,
	        DEC_HALF_EVEN, &volume) == 0) {
		in->value[CLEAN_VOLUME] = volume;
		in->known |= UINT32_C(1) << CLEAN_VOLUME;
	}
	if (b->count >= 0)
		rc |= record_put_int(r, &t->keys[CLEAN_TRADES], b->count);
	/* a price that is made has 9 decimals */
	if ((in->known >> CLEAN_VOLUME & 1) && b->has_value &&
	    money_sign(b->value) > 0 && money_div(b->value, volume, 9,
	        DEC_HALF_EVEN, &vwap) == 0)
		rc |= record_put_dec(r, &t->keys[CLEAN_VWAP], vwap);
	if (t->buckets.rule.kind != BUCKET_TIME)
		rc |= record_put_time(r, &t->first, b->first, b->digits);
	if (b->has_factor)
		rc |= record_put_dec(r, &t->factor, b->factor);
	return rc;
}

int
merge_send(struct stage *s, struct bucket *b, int is_partial)
{
	struct tclean *t = s->state;
	int is_time = t->buckets.rule.kind == BUCKET_TIME;
	size_t i = (size_t)(b - t->buckets.at);
	struct clean_finding found = { 0 };
	struct clean_item in = { .time = is_time ? b->start : b->last,
		.span = is_time ? t->span : TICK_SPAN, .digits = b->digits,
		.symbol = table_text(&t->buckets.names, i),
		.symbol_len = t->buckets.names.names[i].len };
	struct out o = { &t->merged_bar, &in, &found, OUT_MADE };
	int rc;

	memcpy(found.words, b->words, sizeof found.words);
	if (is_partial || b->is_partial)
		flags_add(found.words, "partial", sizeof "partial" - 1);
	in.value[CLEAN_OPEN] = b->open;
	in.value[CLEAN_HIGH] = b->high;
	in.value[CLEAN_LOW] = b->low;
	in.value[CLEAN_CLOSE] = b->close;
	rc = out_make_bar(t, o.record, &in);
	rc |= put_sums(t, b, &in);
	b->is_open = 0;
	if (is_time)
		b->done = b->limit;
	if (rc != 0)
		return stage_fail_memory(s);
	t->view.before = clean_series_find(&t->series, &in);
	t->view.zone = zone_of(t, b->source);
	in.is_local = t->view.zone != t->zone;
	if (is_time && clean_judge_output(&t->view, &in, &found) == CLEAN_DROP)
		return 0;
	return out_market(s, &o);
}

/* ---- taking ---- */

/* Opens the bucket that the record belongs to, and sends one that is over. */
static int
open_bucket(struct stage *s, struct bucket *b, const struct clean_item *in)
{
	struct tclean *t = s->state;
	const struct zone *zone = zone_of(t, in->span);
	struct bucket at = { .end = INT64_MAX, .whole = INT64_MAX };

	if (t->buckets.rule.kind == BUCKET_TIME)
		bucket_place(&t->buckets.rule, zone, in->time, &at);
	else
		at.start = in->time; /* begins with what comes */
	if (b->is_open && (t->buckets.rule.kind == BUCKET_TIME
	        ? at.start != b->start : b->end != INT64_MAX) &&
	    merge_send(s, b, 0) != 0)
		return -1;
	if (b->is_open)
		return 0;
	if (in->span > 0 && in->span % TIME_DAY == 0) {
		int64_t late = in->time -
		    calendar_midnight(zone, calendar_day_of(zone, in->time));

		at.end += late;
		at.whole += late;
	}
	b->start = at.start;
	b->limit = at.limit;
	b->end = at.end;
	b->whole = at.whole;
	b->source = in->span;
	if (t->buckets.rule.kind == BUCKET_TIME) {
		b->done = at.start;
		due_add(t, b->end);
	}
	return 0;
}

/* What was said of the parts holds for the whole: once each word. */
static int
take_words(struct tclean *t, struct bucket *b, const struct clean_item *in)
{
	struct buf flags = { 0 };
	const char *words = t->finding.words;
	int rc = 0;

	if (in->field[CLEAN_FLAGS] != NULL) {
		rc = field_string(in->field[CLEAN_FLAGS], &flags);
		flags_add(b->words, flags.data, flags.len);
	}
	flags_add(b->words, words, strlen(words));
	buf_release(&flags);
	return rc;
}

static int
finish(struct stage *s, struct bucket *b, const struct clean_item *in)
{
	struct tclean *t = s->state;
	int64_t known = in->time + in->span;

	if (t->buckets.rule.kind == BUCKET_TIME)
		return b->source == 0 || known < b->end ? 0
		    : merge_send(s, b, 0);
	if (!bucket_is_full(&t->buckets.rule, b))
		return 0;
	if (!t->is_keeping)
		return merge_send(s, b, 0);
	/* with its trades it goes out behind those of its last instant */
	b->end = b->whole = b->last + TICK_SPAN;
	due_add(t, b->end);
	return 0;
}

int
merge_take(struct stage *s, const struct clean_item *in)
{
	struct tclean *t = s->state;
	struct bucket *b = bucket_get(&t->buckets, in->symbol, in->symbol_len);

	if (b == NULL)
		return stage_fail_memory(s);
	if (open_bucket(s, b, in) != 0)
		return -1;
	if (bucket_add(b, in) != 0)
		return stage_fail_at(s, EXIT_INPUT, 0,
		    "the volume of a bar is too large");
	if (in->has_factor) {
		b->has_factor = 1;
		b->factor = in->factor;
	}
	if (take_words(t, b, in) != 0)
		return stage_fail_memory(s);
	return finish(s, b, in);
}
