/* SPDX-License-Identifier: MIT */
/* Instants: records gather until the instant is whole, then it is handled. */
#include <stdlib.h>
#include <string.h>

#include "broker/paper.h"
#include "record/named.h"

int
paper_grow(void **array, uint32_t *cap, uint32_t count, size_t size)
{
	uint32_t want = *cap == 0 ? 8 : *cap * 2;
	void *grown;

	if (count < *cap)
		return 0;
	grown = realloc(*array, want * size);
	if (grown == NULL)
		return -1;
	memset((char *)grown + *cap * size, 0, (want - *cap) * size);
	*array = grown;
	*cap = want;
	return 0;
}

int64_t
paper_day(const struct paper *p, int64_t time)
{
	int64_t local = time;

	if (p->zone != NULL)
		local += zone_offset(p->zone, time) * TIME_SECOND;
	return local / TIME_DAY - (local % TIME_DAY < 0);
}

const struct paper_bar *
paper_bar_of(const struct paper *p, uint32_t symbol)
{
	for (uint32_t i = p->bar_count; i-- > 0;)
		if (p->bars[i].symbol == symbol)
			return &p->bars[i];
	return NULL;
}

/* The latest start seen of a symbol, TIME_NONE before the first. */
static int64_t *
latest_start(struct paper *p, uint32_t symbol)
{
	uint32_t had = p->latest_cap;

	while (symbol >= p->latest_cap) {
		if (paper_grow((void **)&p->latest_start, &p->latest_cap,
		    p->latest_cap, sizeof *p->latest_start) != 0)
			return NULL;
		for (; had < p->latest_cap; had++)
			p->latest_start[had] = TIME_NONE;
	}
	return &p->latest_start[symbol];
}

int64_t
paper_latest_start(struct paper *p, uint32_t symbol)
{
	int64_t *at = latest_start(p, symbol);

	return at != NULL ? *at : TIME_NONE;
}

static void
update_mark(struct paper *p, const struct paper_bar *bar)
{
	struct position *at = &p->book.positions[bar->symbol];

	if (at->mark_known != TIME_NONE && bar->known < at->mark_known)
		return;
	at->mark = bar->prices.close;
	at->has_mark = 1;
	at->mark_start = bar->start;
	at->mark_known = bar->known;
}

static int
put_instant(struct paper *p, struct stage *s, enum record_type type,
    const char *name)
{
	struct record *r = &p->line;
	int rc;

	record_make(r, type);
	rc = named_put_str(r, "type", name);
	rc |= named_put_time(r, "time", p->last_time, p->digits);
	rc |= named_put_time(r, "known", p->known, p->digits);
	rc |= named_put_str(r, "strategies", p->strategies);
	return rc != 0 ? stage_fail_memory(s) : paper_ledger_line(p, s, r);
}

static int
commit(struct paper *p, struct stage *s)
{
	struct problem problem;

	if (ledger_commit(&p->ledger, &problem) != 0)
		return stage_fail(s, problem.status, "%s", problem.text);
	return 0;
}

/* The instant is whole: orders are taken in, matched, written down, told. */
int
paper_close_instant(struct paper *p, struct stage *s)
{
	if (!p->is_open)
		return 0;
	p->is_open = 0;
	if (p->has_pending_mark && paper_send_day(p, s) != 0)
		return -1;
	if (p->ready > 0 && paper_take_in(p, s) != 0)
		return -1;
	if (p->book.live > 0 && paper_match(p, s) != 0)
		return -1;
	for (uint32_t i = 0; i < p->bar_count; i++)
		update_mark(p, &p->bars[i]);
	if (p->ledger.batch_lines > 0 &&
	    (put_instant(p, s, REC_OTHER, "instant") != 0 ||
	    commit(p, s) != 0))
		return -1;
	p->handled_seq = p->last_seq;
	if (p->out_count > 0 && paper_send_out(p, s) != 0)
		return -1;
	if (p->known > p->first_known && paper_marks(p, s) != 0)
		return -1;
	p->bar_count = 0;
	return 0;
}

static int
begin_instant(struct paper *p, struct stage *s, int64_t known)
{
	if (p->is_open && known != p->known && paper_close_instant(p, s) != 0)
		return -1;
	if (!p->is_open) {
		p->is_open = 1;
		p->known = known;
		p->ready = p->queued;
	}
	return 0;
}

static int
add_bar(struct paper *p, struct stage *s, const struct record *r,
    const struct market_head *h)
{
	int64_t symbol = book_symbol(&p->book, h->symbol, h->symbol_len);
	struct paper_bar *bar;
	const char *field;
	int64_t *latest;

	if (symbol < 0 || paper_grow((void **)&p->bars, &p->bar_cap,
	    p->bar_count, sizeof *p->bars) != 0 ||
	    (latest = latest_start(p, (uint32_t)symbol)) == NULL)
		return stage_fail_memory(s);
	if (h->time > *latest)
		*latest = h->time;
	/* An earlier run has handled it: it only moves the gate. */
	if (p->book.positions[symbol].ended_known != TIME_NONE &&
	    h->known <= p->book.positions[symbol].ended_known)
		return 0;
	bar = &p->bars[p->bar_count];
	if (market_read_prices(&p->keys, r, &bar->prices, &field) != 0)
		return stage_fail_at(s, EXIT_INPUT, 0, "bad or missing field "
		    "'%s' in a market record", field);
	bar->start = h->time;
	bar->known = h->known;
	bar->span = h->span;
	bar->seq = h->seq;
	bar->symbol = (uint32_t)symbol;
	bar->is_old = h->known <= p->first_known;
	if (dec_sign(p->opt.participation) > 0 && (!bar->prices.has_volume ||
	    dec_mul(bar->prices.volume, p->opt.participation, DEC_SCALE_MAX,
	    DEC_DOWN, &bar->volume_left) != 0))
		bar->volume_left = dec_int(0);
	p->bar_count++;
	return 0;
}

int
paper_market(struct paper *p, struct stage *s, const struct record *r)
{
	struct market_head h;
	const char *field;

	if (!p->has_account && paper_open_memory(p, s) != 0)
		return -1;
	if (market_read_head(&p->keys, r, &h, &field) != 0)
		return stage_fail_at(s, EXIT_INPUT, 0, "bad or missing field "
		    "'%s' in a market record", field);
	if (h.seq == 0)
		h.seq = p->last_seq + 1;
	if (begin_instant(p, s, h.known) != 0)
		return -1;
	p->last_seq = h.seq;
	p->last_time = h.time;
	p->digits = h.digits;
	if (r->type != REC_QUOTE && add_bar(p, s, r, &h) != 0)
		return -1;
	return h.more ? 0 : paper_close_instant(p, s);
}

/* How far each symbol has come, and each order that works on. */
static int
put_marks(struct paper *p, struct stage *s)
{
	struct record *r = &p->line;
	int rc = 0;

	for (uint32_t i = 0; i < p->book.symbols.count && rc == 0; i++) {
		const struct position *at = &p->book.positions[i];

		if (at->mark_known == TIME_NONE)
			continue;
		record_make(r, REC_OTHER);
		rc = named_put_str(r, "type", "mark");
		rc |= named_put_time(r, "time", at->mark_start, p->digits);
		rc |= named_put_str(r, "symbol",
		    table_text(&p->book.symbols, i));
		rc |= named_put_time(r, "known", at->mark_known, p->digits);
		rc |= named_put_dec(r, "price", at->mark);
		rc |= paper_ledger_line(p, s, r);
	}
	return rc;
}

static int
put_working(struct paper *p, struct stage *s)
{
	struct record *r = &p->line;
	int rc = 0;

	for (uint32_t i = 0; i < p->book.orders.count && rc == 0; i++) {
		const struct order *o = &p->book.order[i];

		if (!order_is_live(o))
			continue;
		record_make(r, REC_OTHER);
		rc = named_put_str(r, "type", "working");
		rc |= named_put_time(r, "time", p->last_time, p->digits);
		rc |= named_put_str(r, "id", order_id(&p->book, o));
		rc |= named_put_int(r, "bars", o->bars);
		if (o->seen != o->bars)
			rc |= named_put_int(r, "seen", o->seen);
		rc |= named_put_int(r, "day", o->day);
		if (o->has_high)
			rc |= named_put_dec(r, "high", o->high);
		if (o->is_triggered)
			rc |= named_put_bool(r, "triggered", 1);
		rc |= paper_ledger_line(p, s, r);
	}
	return rc;
}

/* The ledger's last lines of a run: how far all came. A run that saw nothing
 * new adds nothing, and one that ended before the ledger does closes nothing:
 * what it saw is not all that has happened. */
static int
put_end(struct paper *p, struct stage *s)
{
	if (p->last_seq == 0)
		return 0;
	if (p->known < p->first_known)
		return p->ledger.batch_lines == 0 ? 0 :
		    put_instant(p, s, REC_OTHER, "instant");
	if (p->ledger.batch_lines == 0 && p->known == p->first_known &&
	    p->book.is_ended)
		return 0;
	return put_marks(p, s) != 0 || put_working(p, s) != 0 ||
	    put_instant(p, s, REC_END, "end") != 0 ? -1 : 0;
}

/* A clean end closes the last instant: what is queued is taken in. */
int
paper_finish(struct paper *p, struct stage *s)
{
	if (!p->has_account && paper_open_memory(p, s) != 0)
		return -1;
	if (paper_close_instant(p, s) != 0)
		return -1;
	p->ready = p->queued;
	if (p->ready > 0 && paper_take_in(p, s) != 0)
		return -1;
	if (put_end(p, s) != 0 || commit(p, s) != 0 || paper_send_out(p, s) != 0)
		return -1;
	p->handled_seq = p->last_seq;
	if (p->has_pending_mark) {
		p->has_pending_mark = 0;
		return stage_emit(s, &p->mark);
	}
	return 0;
}
