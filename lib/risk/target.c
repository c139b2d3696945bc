/* SPDX-License-Identifier: MIT */
/* The law of targets. buy: be long by the size; sell: leave a long; short and
 * cover the same for a short; exit: be flat. A position is judged by its
 * sign. With adds, buy and sell move by their size instead. */
#include "risk/target.h"

#include <string.h>

int
target_side(enum intent_action action, struct dec position)
{
	switch (action) {
	case INTENT_BUY:
	case INTENT_COVER:
		return SIDE_BUY;
	case INTENT_SELL:
	case INTENT_SHORT:
		return SIDE_SELL;
	default:
		return -dec_sign(position);
	}
}

/* An order that opens a position in the direction. */
static int
is_entry(const struct working *w, int direction)
{
	return !w->is_attached && w->terms->side == direction &&
	    dec_sign(w->target) == direction;
}

static int
has_entry(const struct target_input *in, int direction)
{
	for (uint32_t i = 0; i < in->count; i++)
		if (is_entry(&in->working[i], direction))
			return 1;
	return 0;
}

static void
cancel_all(const struct target_input *in)
{
	for (uint32_t i = 0; i < in->count; i++)
		in->working[i].is_leaving = 1;
}

static void
cancel_attached(const struct target_input *in)
{
	for (uint32_t i = 0; i < in->count; i++)
		in->working[i].is_leaving = in->working[i].is_attached;
}

static void
cancel_entries(const struct target_input *in, int direction)
{
	for (uint32_t i = 0; i < in->count; i++)
		if (is_entry(&in->working[i], direction))
			in->working[i].is_leaving = 1;
}

/* Never those of this instant: they are what the same bar decided. */
static void
cancel_older_entries(const struct target_input *in, int direction)
{
	for (uint32_t i = 0; i < in->count; i++) {
		struct working *w = &in->working[i];

		if (is_entry(w, direction) && w->known < in->known)
			w->is_leaving = 1;
	}
}

static struct dec
signed_by(int side, struct dec qty)
{
	return side > 0 ? qty : dec_neg(qty);
}

/* An order from where the position is (or will be) to the target. */
static void
move(struct plan *out, struct dec from, struct dec target)
{
	struct dec by;

	out->target = target;
	if (dec_sub(target, from, &by) != 0)
		return;
	out->qty = dec_abs(by);
	if (dec_sign(by) != 0)
		out->side = dec_sign(by);
}

/* An order of this very instant that turns the position round: it leaves what
 * is held, too. */
static int
is_being_turned(const struct target_input *in, int held)
{
	for (uint32_t i = 0; i < in->count; i++)
		if (is_entry(&in->working[i], -held) &&
		    in->working[i].known == in->known)
			return 1;
	return 0;
}

static void
leave(const struct target_input *in, int direction, struct plan *out)
{
	int held = dec_sign(in->position);

	if (direction != 0 && held == direction && is_being_turned(in, held)) {
		out->is_at_target = 1;
		return;
	}
	if (held != 0 && (direction == 0 || held == direction)) {
		cancel_all(in);
		out->leaves_all = 1;
		move(out, in->position, dec_int(0));
		return;
	}
	out->is_at_target = 1;
	if (direction >= 0)
		cancel_older_entries(in, SIDE_BUY);
	if (direction <= 0)
		cancel_older_entries(in, SIDE_SELL);
}

/* What works towards the target already, beside the position. */
static int
is_on_its_way(const struct target_input *in, int direction, struct dec target)
{
	const struct terms *want = &in->intent->terms;
	struct dec sum = in->position;

	for (uint32_t i = 0; i < in->count; i++) {
		const struct working *w = &in->working[i];
		const struct terms *t = w->terms;

		if (!is_entry(w, direction))
			continue;
		if (t->type != want->type ||
		    dec_cmp(t->limit, want->limit) != 0 ||
		    dec_cmp(t->stop, want->stop) != 0 ||
		    dec_add(sum, signed_by(direction, w->leaves), &sum) != 0)
			return 0;
	}
	return dec_cmp(sum, target) == 0;
}

static void
enter(const struct target_input *in, int direction, struct plan *out)
{
	struct dec target = signed_by(direction, in->size);
	int held = dec_sign(in->position);
	int is_there = held == direction || has_entry(in, direction);

	if (is_there && (!in->rebalances ||
	    is_on_its_way(in, direction, target))) {
		out->is_at_target = 1;
		return;
	}
	if (held == -direction)
		cancel_all(in);
	cancel_entries(in, -direction);
	if (is_there)
		cancel_entries(in, direction);
	if (dec_sign(in->size) > 0)
		move(out, in->position, target);
	/* What is there already has the size, only more of it was wished. */
	out->is_at_target = is_there && dec_sign(in->size) > 0 &&
	    dec_sign(out->qty) == 0;
}

/* What plain orders of a side will add. */
static struct dec
pending(const struct target_input *in, int side)
{
	struct dec sum = {0};

	for (uint32_t i = 0; i < in->count; i++) {
		const struct working *w = &in->working[i];

		if (!w->is_attached && w->terms->side == side)
			dec_add(sum, signed_by(side, w->leaves), &sum);
	}
	return sum;
}

static void
add(const struct target_input *in, int side, struct plan *out)
{
	struct dec from, target;

	if (dec_sign(in->size) <= 0 ||
	    dec_add(in->position, pending(in, side), &from) != 0 ||
	    dec_add(from, signed_by(side, in->size), &target) != 0)
		return;
	move(out, from, target);
	if (dec_sign(in->position) * dec_sign(target) < 0)
		cancel_attached(in);
}

void
target_plan(const struct target_input *in, struct plan *out)
{
	int held = dec_sign(in->position);

	memset(out, 0, sizeof *out);
	out->side = target_side(in->intent->action, in->position);
	out->target = in->position;
	switch (in->intent->action) {
	case INTENT_BUY:
		if (in->adds)
			add(in, SIDE_BUY, out);
		else
			enter(in, SIDE_BUY, out);
		break;
	case INTENT_SELL:
		if (in->adds)
			add(in, SIDE_SELL, out);
		else
			leave(in, SIDE_BUY, out);
		break;
	case INTENT_SHORT:
		enter(in, SIDE_SELL, out);
		break;
	case INTENT_COVER:
		leave(in, SIDE_SELL, out);
		break;
	case INTENT_EXIT:
	case INTENT_HOLD:
		leave(in, 0, out);
		break;
	}
	out->is_reducing = out->side == -held && held != 0 &&
	    dec_sign(out->target) * held >= 0;
}
