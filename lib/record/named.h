/* SPDX-License-Identifier: MIT */
/* Fields by name, without a hint kept: for records that come seldom (orders,
 * reports, ledger lines). Names are literals. */
#ifndef TAPE_NAMED_H
#define TAPE_NAMED_H

#include "base/time.h"
#include "record/record.h"

const struct field *named_find(const struct record *r, const char *name);

/* A plain string field; -1 and "" when it is missing or not one. */
int named_str(const struct record *r, const char *name, const char **s,
    size_t *n);
/* The same into a terminated array; -1 also when it does not fit. */
int named_copy(const struct record *r, const char *name, char *out,
    size_t size);
/* -1 when missing, null or of another kind. */
int named_dec(const struct record *r, const char *name, struct dec *out);
int named_money(const struct record *r, const char *name, struct money *out);
int named_int(const struct record *r, const char *name, int64_t *out);
/* TIME_NONE when missing. */
int64_t named_time(const struct record *r, const char *name);
/* Whether it is there and equals the string. */
int named_is(const struct record *r, const char *name, const char *value);

int named_put_str(struct record *r, const char *name, const char *v);
int named_put_dec(struct record *r, const char *name, struct dec v);
int named_put_money(struct record *r, const char *name, struct money v);
int named_put_int(struct record *r, const char *name, int64_t v);
int named_put_bool(struct record *r, const char *name, int v);
int named_put_null(struct record *r, const char *name);
int named_put_time(struct record *r, const char *name, int64_t ns, int digits);
/* Puts the field of that name as it stands in from; nothing when missing. */
int named_put_from(struct record *r, const char *name,
    const struct record *from);

#endif
