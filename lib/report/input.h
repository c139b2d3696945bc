/* SPDX-License-Identifier: MIT */
/* What treport reads of records. Each function returns NULL, or what is wrong
 * with the record, a constant sentence. */
#ifndef TAPE_INPUT_H
#define TAPE_INPUT_H

#include "record/record.h"
#include "report/report.h"

struct input_keys {
	struct key time, symbol, equity, cash, gross;
	struct key event, side, last_qty, last_price, fee, multiplier;
	struct key qty, close;
};

struct input_account {
	struct report_account account;
	struct money cash;
	int has_cash;
};

struct input_symbol {
	const char *name; /* borrowed from the record */
	size_t len;
};

void input_init(struct input_keys *k);
const char *input_account(
    struct input_keys *k, const struct record *r, struct input_account *out);
/* Whether a report record is an execution. */
int input_is_fill(struct input_keys *k, const struct record *r);
/* A fee that is missing or null is 0, a multiplier 1. *digits: of its time.
 * The caller sets f->bar. */
const char *input_fill(
    struct input_keys *k, const struct record *r, struct fill *f, int *digits);
const char *input_position(struct input_keys *k, const struct record *r,
    struct input_symbol *symbol, int *is_held);
const char *input_bar(struct input_keys *k, const struct record *r,
    struct input_symbol *symbol, double *close);

#endif
