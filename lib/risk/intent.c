/* SPDX-License-Identifier: MIT */
/* Reading signals. A signal that is no clear wish is not an error of the
 * stream: it is vetoed, and the veto names the field. */
#include "risk/intent.h"

#include <string.h>

#include "base/text.h"
#include "record/named.h"

static const char *const actions[] = {
    [INTENT_BUY] = "BUY", [INTENT_SELL] = "SELL", [INTENT_SHORT] = "SHORT",
    [INTENT_COVER] = "COVER", [INTENT_EXIT] = "EXIT", [INTENT_HOLD] = "HOLD",
};

static int
read_symbol(struct intent *in, const struct record *r)
{
	if (named_copy(r, "symbol", in->symbol, sizeof in->symbol) == 0 &&
	    text_is_symbol(in->symbol, strlen(in->symbol)))
		return 0;
	in->symbol[0] = '\0';
	return -1;
}

/* It becomes a part of ids and of comma-joined lists. */
static int
is_strategy(const char *s)
{
	return s[0] != '\0' && s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

static int
read_strategy(struct intent *in, const struct record *r)
{
	if (named_copy(r, "strategy", in->strategy, sizeof in->strategy) == 0
	    && is_strategy(in->strategy))
		return 0;
	in->strategy[0] = '\0';
	return -1;
}

static int
read_action(struct intent *in, const struct record *r)
{
	if (named_copy(r, "action", in->action_text,
	    sizeof in->action_text) != 0)
		return -1;
	for (int i = 0; i <= INTENT_HOLD; i++)
		if (strcmp(in->action_text, actions[i]) == 0) {
			in->action = (enum intent_action)i;
			return 0;
		}
	return -1;
}

static int
read_time(struct intent *in, const struct record *r)
{
	const struct field *f = named_find(r, "time");

	in->time = TIME_NONE;
	return f != NULL ? field_time(f, &in->time, &in->digits) : -1;
}

static int
read_size(struct intent *in, const struct record *r)
{
	in->has_size = named_find(r, "size") != NULL;
	if (!in->has_size)
		return 0;
	return named_dec(r, "size", &in->size) == 0 &&
	    dec_sign(in->size) > 0 ? 0 : -1;
}

/* The terms are read from a copy that is given what a wish lacks, so that
 * they are read by the same rules as those of an order. */
static int
read_terms(struct intent *in, const struct record *r, struct record *scratch,
    const char **field)
{
	static const char *const wanted[] = {"limit", "stop", "tif",
	    "stop_loss", "take_profit", "trail", "max_bars"};
	const char *what;
	int rc;

	record_make(scratch, REC_ORDER);
	rc = named_put_str(scratch, "side", "buy");
	rc |= named_put_int(scratch, "qty", 1);
	rc |= named_find(r, "order_type") != NULL ?
	    named_put_from(scratch, "order_type", r) :
	    named_put_str(scratch, "order_type", "market");
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		rc |= named_put_from(scratch, wanted[i], r);
	if (rc != 0)
		return -1;
	*field = NULL;
	if (terms_read(scratch, &in->terms, field, &what) == 0)
		*field = NULL;
	return 0;
}

int
intent_read(struct intent *in, const struct record *r, struct record *scratch)
{
	const char *field;

	memset(in, 0, sizeof *in);
	if (read_symbol(in, r) != 0)
		in->bad = "symbol";
	if (read_time(in, r) != 0 && in->bad == NULL)
		in->bad = "time";
	if (read_strategy(in, r) != 0 && in->bad == NULL)
		in->bad = "strategy";
	if (read_action(in, r) != 0 && in->bad == NULL)
		in->bad = "action";
	if (in->bad != NULL || in->action == INTENT_HOLD)
		return 0;
	if (named_dec(r, "price", &in->price) != 0 || dec_sign(in->price) <= 0)
		in->bad = "price";
	else if (read_size(in, r) != 0)
		in->bad = "size";
	else if (read_terms(in, r, scratch, &field) != 0)
		return -1;
	else
		in->bad = field;
	return 0;
}
