/* SPDX-License-Identifier: MIT */
/* What the seals of orders, vetoes and requests cover: values, not text, so
 * that a filter which rewrites numbers does no harm. */
#ifndef TAPE_ORDER_SEAL_H
#define TAPE_ORDER_SEAL_H

#include "account/account.h"
#include "order/terms.h"

struct sealed {
	const char *id, *parent; /* parent: "" in orders and vetoes */
	const char *symbol, *strategy, *action; /* action: new, cancel of requests */
	const char *limits; /* hash of the limits; "" in requests */
	const char *cancels; /* ids, comma-joined; "" */
	const char *plan; /* of a request: its time-out and what then; "" */
	int64_t seq;
	int64_t known; /* of an order or veto: its instant; 0 */
	const struct terms *terms; /* NULL: a veto or a cancel has none */
};

/* The seal of trisk on an order or on a veto that cancels; -1: no memory. */
int seal_order(struct account *a, const struct sealed *what,
    char out[SEAL_TEXT]);
/* torder's own mark on a request, so that it cannot be altered either. */
int seal_request(struct account *a, const struct sealed *what,
    const char *parent_seal, char out[SEAL_TEXT]);
/* Compares in constant time. */
int seal_equal(const char *a, const char *b);

#endif
