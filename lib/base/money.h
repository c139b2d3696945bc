/* SPDX-License-Identifier: MIT */
/* Amounts of money: cash, fees, profit. 128 bits with 18 decimals, so sums of
 * price times size are exact; about 1.7e20 currency units fit. */
#ifndef TAPE_MONEY_H
#define TAPE_MONEY_H

#include "base/dec.h"

__extension__ typedef __int128 int128;

struct money {
	int128 v; /* units of 1e-18 */
};

enum { MONEY_SCALE = 18, MONEY_TEXT_MAX = 48 };

/* All return 0, or -1 on overflow (out is then untouched). */
int money_from_dec(struct dec d, struct money *out);
int money_add(struct money a, struct money b, struct money *out);
int money_sub(struct money a, struct money b, struct money *out);
/* a * b: half-even beyond 18 decimals (never needed for price * whole size). */
int money_product(struct dec a, struct dec b, struct money *out);
int money_mul(struct money a, struct dec b, struct money *out);
/* a / b rounded to at most `scale` decimals; b = 0 is an overflow. */
int money_div(struct money a, struct dec b, int scale, enum dec_round how,
    struct dec *out);
/* a * num / den in one rounding, half-even: a share of an amount. */
int money_share(struct money a, struct dec num, struct dec den,
    struct money *out);

int money_cmp(struct money a, struct money b);
int money_sign(struct money a);
struct money money_neg(struct money a);

enum dec_status money_parse(const char *s, size_t n, struct money *out);
size_t money_print(struct money a, char buf[MONEY_TEXT_MAX]);
double money_to_double(struct money a);

#endif
