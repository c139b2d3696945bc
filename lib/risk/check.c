/* SPDX-License-Identifier: MIT */
/* Running all checks, and showing what those that failed looked at. */
#include "risk/check.h"

#include <string.h>

#include "record/named.h"

const struct risk_check *const risk_checks[] = {
#define RISK_CHECK(name) &risk_check_##name,
#include "risk/list.def"
#undef RISK_CHECK
	NULL,
};

const struct risk_check *
risk_check_find(const char *code)
{
	for (size_t i = 0; risk_checks[i] != NULL; i++)
		if (strcmp(risk_checks[i]->code, code) == 0)
			return risk_checks[i];
	return NULL;
}

static int
is_due(const struct risk_check *c, const struct risk_input *in)
{
	if (c->scope == SCOPE_WISH)
		return 1;
	if (in->plan.is_at_target || in->intent->bad != NULL)
		return 0;
	return c->scope == SCOPE_ORDER || !in->plan.is_reducing;
}

uint32_t
risk_checks_run(const struct risk_input *in)
{
	uint32_t failed = 0;

	for (unsigned i = 0; risk_checks[i] != NULL; i++)
		if (is_due(risk_checks[i], in) && risk_checks[i]->fails(in))
			failed |= UINT32_C(1) << i;
	return failed;
}

int
risk_checks_names(uint32_t failed, struct buf *out)
{
	int rc = 0;

	for (unsigned i = 0; risk_checks[i] != NULL; i++) {
		if (!(failed >> i & 1))
			continue;
		if (out->len > 0)
			rc |= buf_add_char(out, ',');
		rc |= buf_add_str(out, risk_checks[i]->code);
	}
	return rc;
}

int
risk_limit_is_passed(const struct risk_input *in, enum limit_name name,
    struct figure value)
{
	const struct limit *limit = &in->limits->limit[name];

	if (!limit->is_set)
		return !in->limits->is_unlimited;
	return !value.is_known || dec_cmp(value.v, limit->v) > 0;
}

int
risk_limit_is_passed_by(const struct risk_input *in, enum limit_name name,
    struct amount value)
{
	const struct limit *limit = &in->limits->limit[name];
	struct money most;

	if (!limit->is_set)
		return !in->limits->is_unlimited;
	if (!value.is_known)
		return 1;
	if (!limit->is_of_equity)
		return money_from_dec(limit->v, &most) != 0 ||
		    money_cmp(value.v, most) > 0;
	return !in->equity.is_known ||
	    money_mul(in->equity.v, limit->v, &most) != 0 ||
	    money_cmp(value.v, most) > 0;
}

static int
put_figure(struct record *r, const char *name, struct figure f)
{
	return f.is_known ? named_put_dec(r, name, f.v) :
	    named_put_null(r, name);
}

static int
put_amount(struct record *r, const char *name, struct amount a)
{
	return a.is_known ? named_put_money(r, name, a.v) :
	    named_put_null(r, name);
}

static int
put_order(const struct risk_input *in, struct record *r)
{
	return named_put_str(r, "side", in->plan.side > 0 ? "buy" : "sell") |
	    named_put_dec(r, "qty", in->terms.qty) |
	    named_put_dec(r, "target", in->plan.target);
}

static int
put_exit(struct record *r, const char *name, const struct exit_price *e)
{
	return e->kind != EXIT_PRICE_AT ? 0 :
	    named_put_dec(r, name, e->value);
}

/* A step of 0 is none. */
static struct figure
step_of(struct dec step)
{
	return (struct figure){dec_sign(step) > 0, step};
}

static int
put_prices(const struct risk_input *in, struct record *r)
{
	const struct terms *t = &in->terms;
	int rc = 0;

	if (t->has_limit)
		rc |= named_put_dec(r, "limit", t->limit);
	if (t->has_stop)
		rc |= named_put_dec(r, "stop", t->stop);
	rc |= put_exit(r, "stop_loss", &t->stop_loss);
	rc |= put_exit(r, "take_profit", &t->take_profit);
	return rc | put_figure(r, "tick", step_of(t->tick));
}

static int
put_limits(unsigned which, const struct risk_input *in, struct record *r)
{
	int rc = 0;

	for (int i = 0; i < LIMITS; i++) {
		const struct limit *limit = &in->limits->limit[i];
		char text[DEC_TEXT_MAX + 2];
		struct dec v = limit->v;
		size_t n;

		if (!(which >> i & 1) || !limit->is_set)
			continue;
		if (!limit->is_of_equity) {
			rc |= named_put_dec(r, limits_name((enum limit_name)i), v);
			continue;
		}
		rc |= dec_mul(v, dec_int(100), DEC_SCALE_MAX, DEC_HALF_EVEN,
		    &v);
		n = dec_print(v, text);
		memcpy(text + n, "%", 2);
		rc |= named_put_str(r, limits_name((enum limit_name)i), text);
	}
	return rc;
}

static int
put_shown(unsigned shows, const struct risk_input *in, struct record *r)
{
	int rc = 0;

	if (shows & SHOW_FIELD)
		rc |= named_put_str(r, "field", in->intent->bad);
	if (shows & SHOW_POSITION)
		rc |= named_put_dec(r, "position", in->position);
	if (shows & SHOW_ORDER)
		rc |= put_order(in, r);
	if (shows & SHOW_RAW_QTY)
		rc |= named_put_dec(r, "raw_qty", in->raw_qty);
	if (shows & SHOW_PRICES)
		rc |= put_prices(in, r);
	if (shows & SHOW_LOT)
		rc |= put_figure(r, "lot", step_of(in->lot));
	if (shows & SHOW_PRICE)
		rc |= put_figure(r, "price", in->price);
	if (shows & SHOW_NOTIONAL)
		rc |= put_amount(r, "notional", in->notional);
	if (shows & SHOW_WORKING)
		rc |= put_figure(r, "working", in->working);
	if (shows & SHOW_WORST)
		rc |= put_figure(r, "worst_position", in->worst);
	if (shows & SHOW_WORST_NOTIONAL)
		rc |= put_amount(r, "worst_notional", in->worst_notional);
	if (shows & SHOW_EQUITY)
		rc |= put_amount(r, "equity", in->equity);
	if (shows & SHOW_FUNDS) {
		rc |= put_amount(r, "cash", in->cash);
		rc |= put_amount(r, "needed", in->needed);
		rc |= put_amount(r, "available", in->available);
	}
	return rc;
}

int
risk_checks_put(uint32_t failed, const struct risk_input *in, struct record *r)
{
	unsigned shows = 0, limits = 0;

	for (unsigned i = 0; risk_checks[i] != NULL; i++)
		if (failed >> i & 1) {
			shows |= risk_checks[i]->shows;
			limits |= risk_checks[i]->limits;
		}
	return put_shown(shows, in, r) | put_limits(limits, in, r);
}
