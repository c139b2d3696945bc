/* SPDX-License-Identifier: MIT */
/* From a wish to an order: actions are targets. */
#ifndef TAPE_RISK_TARGET_H
#define TAPE_RISK_TARGET_H

#include "risk/desk.h"
#include "risk/intent.h"

struct target_input {
	const struct intent *intent;
	struct dec position; /* signed */
	struct dec size; /* of an entry, >= 0; 0: none could be computed */
	int64_t known; /* this instant */
	struct working *working; /* of the symbol; is_leaving is set here */
	uint32_t count;
	int adds; /* --mode add */
	int rebalances; /* --rebalance */
};

struct plan {
	int is_at_target; /* no order; what is leaving may still be cancelled */
	int side;
	struct dec qty; /* 0: the size was, or overflow */
	struct dec target; /* the position when all of it is filled */
	int is_reducing; /* it can only bring the position nearer to 0 */
	int leaves_all; /* the quantity is the position's, not a size */
};

void target_plan(const struct target_input *in, struct plan *out);
/* The side of the order that the action comes to; 0: it has none. */
int target_side(enum intent_action action, struct dec position);

#endif
