/* SPDX-License-Identifier: MIT */
/* A check: one reason not to send an order. One file a check, one line each
 * in list.def, in the order in which reasons are given; nothing else to
 * touch. A figure that is missing fails. */
#ifndef TAPE_RISK_CHECK_H
#define TAPE_RISK_CHECK_H

#include "base/money.h"
#include "order/terms.h"
#include "record/record.h"
#include "risk/intent.h"
#include "risk/limits.h"
#include "risk/target.h"

/* A figure that may be missing. */
struct figure {
	int is_known;
	struct dec v;
};
struct amount {
	int is_known;
	struct money v;
};

/* Everything that the checks look at. */
struct risk_input {
	const struct intent *intent;
	int is_halted;
	int is_duplicate;
	struct plan plan;
	struct terms terms; /* of the order to be; when there is one */
	struct dec position; /* signed */
	struct dec raw_qty; /* before rounding */
	struct dec lot; /* 0: none */
	struct figure working; /* leaves of other orders on the order's side */
	struct figure worst; /* the position, signed, if all of those and this
	                        order are filled */
	struct figure price; /* it may trade at, > 0 */
	struct amount notional; /* of the order at that price */
	struct amount worst_notional; /* of the worst position, >= 0 */
	struct amount equity, cash;
	struct amount needed; /* to open what the order opens */
	struct amount available; /* cash that is free for it */
	const struct limit_set *limits;
};

/* When a check is run. */
enum risk_scope {
	SCOPE_WISH, /* always */
	SCOPE_ORDER, /* when the wish came to an order */
	SCOPE_LIMIT, /* the same, but not if the order only reduces */
};

/* Inputs that a veto shows, in the order in which it does. */
enum risk_shown {
	SHOW_FIELD = 1 << 0,
	SHOW_POSITION = 1 << 1,
	SHOW_ORDER = 1 << 2, /* side, qty, target */
	SHOW_RAW_QTY = 1 << 3,
	SHOW_PRICES = 1 << 4, /* limit, stop, stop_loss, take_profit, tick */
	SHOW_LOT = 1 << 5,
	SHOW_PRICE = 1 << 6,
	SHOW_NOTIONAL = 1 << 7,
	SHOW_WORKING = 1 << 8,
	SHOW_WORST = 1 << 9,
	SHOW_WORST_NOTIONAL = 1 << 10,
	SHOW_EQUITY = 1 << 11,
	SHOW_FUNDS = 1 << 12, /* cash, needed, available */
};

struct risk_check {
	const char *code;
	const char *summary; /* one line, lower case, no full stop */
	const char *explain; /* a few sentences */
	enum risk_scope scope;
	unsigned shows; /* risk_shown */
	unsigned limits; /* bits of enum limit_name that it reads */
	int (*fails)(const struct risk_input *in);
};

/* In the order of list.def; NULL at the end. */
extern const struct risk_check *const risk_checks[];
const struct risk_check *risk_check_find(const char *code);

enum { CHECKS_MAX = 32 };

/* Which fail: bit i is risk_checks[i]. 0: the order may go. */
uint32_t risk_checks_run(const struct risk_input *in);
/* "CODE,CODE" of the bits. -1: no memory. */
int risk_checks_names(uint32_t failed, struct buf *out);
/* Puts the inputs of the checks that failed. -1: no memory. */
int risk_checks_put(uint32_t failed, const struct risk_input *in,
    struct record *r);

/* Whether a value is over a limit: 1 also when it, or the limit, is missing.
 * A limit that is off is never passed. */
int risk_limit_is_passed(const struct risk_input *in, enum limit_name name,
    struct figure value);
int risk_limit_is_passed_by(const struct risk_input *in, enum limit_name name,
    struct amount value);

#define RISK_CHECK(name) extern const struct risk_check risk_check_##name;
#include "risk/list.def"
#undef RISK_CHECK

#endif
