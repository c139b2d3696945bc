/* SPDX-License-Identifier: MIT */
/* Reading a market record whole: every field there and of its kind. */
#ifndef TAPE_CLEAN_READER_H
#define TAPE_CLEAN_READER_H

#include "clean/clean.h"

/* Keys of bars, trades and quotes apart, so that each has its own hints; and
 * the span read last, which is that of the next bar too as a rule. */
struct clean_reader {
	struct key keys[3][CLEAN_FIELDS];
	char span_text[24];
	size_t span_len;
	int64_t span;
};

void clean_reader_init(struct clean_reader *m);
/* r must be a bar, a trade or a quote, and outlive *in. -1: refused, why in
 * *out. */
int clean_read(struct clean_reader *m, const struct record *r,
    struct clean_item *in, struct clean_finding *out);

#endif
