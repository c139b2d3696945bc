/* SPDX-License-Identifier: MIT */
/* What goes out: numbered, noted, within its instant, and counted. */
#include <string.h>

#include "base/time.h"
#include "clean/state.h"

static int
fail_put(struct stage *s)
{
	return stage_fail_at(s, EXIT_SYSTEM, 0, "cannot add a field: no "
	    "memory, or more than %d fields", RECORD_FIELDS_MAX);
}

int
out_check_gap(struct stage *s, int64_t in_a_row)
{
	const struct tclean *t = s->state;

	if (t->gap_limit < 0 || in_a_row <= t->gap_limit)
		return 0;
	return stage_fail_at(s, EXIT_INPUT, 0, "%lld bars in a row are "
	    "missing, --max-gap allows %lld", (long long)in_a_row,
	    (long long)t->gap_limit);
}

int
out_check_gap_share(struct stage *s)
{
	const struct tclean *t = s->state;
	struct dec all = dec_int((int64_t)(t->present + t->missing)), percent;
	struct money limit, is;
	char share[DEC_TEXT_MAX];

	if (dec_sign(t->gap_share) < 0 || t->missing == 0 ||
	    money_product(all, t->gap_share, &limit) != 0 ||
	    money_from_dec(dec_int((int64_t)t->missing), &is) != 0 ||
	    money_cmp(is, limit) <= 0 ||
	    dec_mul(t->gap_share, dec_int(100), DEC_SCALE_MAX, DEC_HALF_EVEN,
	        &percent) != 0)
		return 0;
	return stage_fail(s, EXIT_INPUT, "%llu of %llu bars are missing, more "
	    "than --max-gap %.*s%% allows", (unsigned long long)t->missing,
	    (unsigned long long)t->present + t->missing,
	    (int)dec_print(percent, share), share);
}

static int
put_seq(struct stage *s, const struct out *o)
{
	struct tclean *t = s->state;
	struct clean_view *view = &t->view;

	if (o->how == OUT_PASSED && clean_knows(o->in, CLEAN_SEQ)) {
		view->has_seq = 1;
		view->last_seq = o->in->seq;
		if (!t->is_making)
			return 0;
	}
	if (t->is_making)
		return record_put_int(o->record, &t->seq, ++t->out_seq);
	if (view->last_seq < 0)
		stage_info(s, "records without seq are numbered from 1");
	view->last_seq = view->last_seq < 0 ? 1 : view->last_seq + 1;
	return record_put_int(o->record, &t->seq, view->last_seq);
}

/* A stretch of filled bars changes nothing that the rules remember. */
static int
note(struct stage *s, const struct out *o)
{
	struct tclean *t = s->state;
	struct clean_series *series;

	if (o->how == OUT_FILLED) {
		series = clean_series_find(&t->series, o->in);
		series->time = o->in->time;
		series->is_made = 1;
		series->filled++;
		t->missing++;
		due_note(t, series, o->in->span);
		return out_check_gap(s, series->filled);
	}
	series = clean_series_note(&t->series, o->in, o->found);
	if (series == NULL)
		return stage_fail_memory(s);
	if (o->record->type == REC_BAR) {
		due_note(t, series, o->in->span);
		t->present++;
		t->missing += (uint64_t)o->found->missing;
	}
	return out_check_gap(s, o->found->missing);
}

/* While records are made nobody knows which one is the last of an instant: it
 * is held until that shows. */
static int
send(struct stage *s, const struct out *o)
{
	struct tclean *t = s->state;
	int64_t instant = o->in->time + o->in->span;

	if (!t->is_making)
		return hold_market(&t->hold, o->record, instant,
		    o->in->has_more);
	if (!o->in->has_more &&
	    record_put_bool(o->record, &t->hold.more, 1) != 0)
		return fail_put(s);
	return hold_market(&t->hold, o->record, instant, 1);
}

int
out_market(struct stage *s, struct out *o)
{
	struct tclean *t = s->state;
	int is_flagged = o->found->words[0] != '\0';

	if (t->align != NULL && o->record->type == REC_BAR &&
	    align_turn(s, o->in->time + o->in->span) != 0)
		return -1;
	if (note(s, o) != 0)
		return -1;
	if (put_seq(s, o) != 0 || (is_flagged &&
	    flags_put(t, o->record, o->found->words) != 0))
		return fail_put(s);
	if (o->how == OUT_PASSED)
		t->passed++;
	else
		t->made++;
	t->flagged += is_flagged != 0;
	t->lost = s->rejects + t->dropped;
	return send(s, o);
}

int
out_settle(struct stage *s, int64_t instant, int has_more)
{
	struct tclean *t = s->state;

	if (!t->hold.is_holding || has_more || t->hold.instant > instant)
		return 0;
	if (t->is_making && due_is_pending(t, t->hold.instant))
		return 0;
	return hold_flush(&t->hold, HOLD_LAST);
}

int
out_make_bar(struct tclean *t, struct record *r, struct clean_item *in)
{
	char span[SPAN_TEXT_MAX];
	int rc;

	memset(in->field, 0, sizeof in->field);
	record_make(r, REC_BAR);
	in->record = r;
	in->unknown = 0;
	in->has_more = 0;
	in->seq = 0;
	in->known = 0;
	rc = record_put_int(r, &t->seq, 0);
	rc |= record_put_time(r, &t->keys[CLEAN_TIME], in->time, in->digits);
	rc |= record_put_string(r, &t->keys[CLEAN_SYMBOL], in->symbol,
	    in->symbol_len);
	rc |= record_put_string(r, &t->keys[CLEAN_SPAN], span,
	    span_print(in->span, span));
	for (enum clean_field f = CLEAN_OPEN; f <= CLEAN_CLOSE; f++) {
		rc |= record_put_dec(r, &t->keys[f], in->value[f]);
		in->known |= UINT32_C(1) << f;
	}
	return rc;
}
