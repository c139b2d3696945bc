/* SPDX-License-Identifier: MIT */
/* What a signal wishes for, read whole: it moves money. */
#ifndef TAPE_RISK_INTENT_H
#define TAPE_RISK_INTENT_H

#include "order/terms.h"
#include "record/record.h"

enum { SYMBOL_TEXT = 33, STRATEGY_TEXT = 33 };

enum intent_action {
	INTENT_BUY,
	INTENT_SELL,
	INTENT_SHORT,
	INTENT_COVER,
	INTENT_EXIT,
	INTENT_HOLD,
};

/* Holds nothing of the record it was read from. */
struct intent {
	const char *bad; /* the first field that cannot be read, or NULL */
	char symbol[SYMBOL_TEXT], strategy[STRATEGY_TEXT]; /* "" when bad */
	enum intent_action action;
	char action_text[16]; /* as it stands; "" when it is no word */
	int64_t time; /* TIME_NONE when bad */
	int digits;
	int has_size;
	struct dec size; /* a quantity */
	struct dec price; /* the close that the rule saw */
	struct terms terms; /* without side, qty and target */
};

/* scratch is a record to work in. -1: no memory. */
int intent_read(struct intent *out, const struct record *signal,
    struct record *scratch);

#endif
