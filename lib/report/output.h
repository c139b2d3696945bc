/* SPDX-License-Identifier: MIT */
/* A report as text. All append to a buffer; -1: no memory. */
#ifndef TAPE_OUTPUT_H
#define TAPE_OUTPUT_H

#include "base/buf.h"
#include "report/statistic.h"

/* One JSON object in one line: every statistic, then `why`. */
int output_json(struct buf *b, const struct report *r);
/* The table for humans, a line a statistic. */
int output_table(struct buf *b, const struct report *r);

/* The header, and a line a round trip. */
int output_trades_header(struct buf *b);
int output_trade(struct buf *b, const struct roundtrip *t, int digits);
/* The header, and a line an account; cash NULL: not known. */
int output_equity_header(struct buf *b);
int output_equity(struct buf *b, const struct report_account *a,
    const struct money *cash, double drawdown);

/* Values, as text without padding. */
int output_time(struct buf *b, int64_t ns, int digits);
int output_money(struct buf *b, struct money m);
int output_dec(struct buf *b, struct dec d);
int output_real(
    struct buf *b, double x); /* shortest; nothing when not finite */
/* With exactly `decimals` (at most 9) decimals, half-even, for human eyes. */
int output_fixed(struct buf *b, double x, int decimals);
int output_fixed_money(struct buf *b, struct money m, int decimals);

#endif
