/* SPDX-License-Identifier: MIT */
/* Limits as text: the canonical one that orders name by its hash, and the
 * schema. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "risk/limits.h"

const char limits_schema[] =
    "limits: a JSON object; every key but the first three may be left out\n"
    "\n"
    "  max_order_qty          number  most units in one order; must be set\n"
    "  max_order_notional     number  most money in one order; must be set\n"
    "  max_position           number  most units held, long or short, if all\n"
    "                                 that works is filled; must be set\n"
    "  max_position_notional  number or \"20%\" of the equity  the same in\n"
    "                                 money; default \"20%\"\n"
    "  min_qty                number  least units in one order\n"
    "  min_notional           number  least money in one order\n"
    "  buying_power           true or false  orders must be covered by cash;\n"
    "                                 default true\n"
    "  symbols                object  the same keys for a symbol, which then\n"
    "                                 count instead: {\"SPY\": {...}}\n"
    "\n"
    "Numbers have at most 15 digits and are not negative. A key that is not\n"
    "known is an error. The word unlimited in place of the file turns all of\n"
    "it off; the kill switch, the checks of fields and ids, the permissions\n"
    "and the seal stay.\n";

/* In alphabetical order, as the canonical text has them. */
static const enum limit_name sorted[] = {MAX_ORDER_NOTIONAL, MAX_ORDER_QTY,
    MAX_POSITION, MAX_POSITION_NOTIONAL, MIN_NOTIONAL, MIN_QTY};

static int
print_limit(const struct limit *limit, struct buf *out)
{
	char text[DEC_TEXT_MAX];
	struct dec v = limit->v;
	int rc = 0;

	if (limit->is_of_equity)
		rc |= dec_mul(v, dec_int(100), DEC_SCALE_MAX, DEC_HALF_EVEN,
		    &v);
	rc |= buf_add(out, text, dec_print(v, text));
	return rc | buf_add_str(out, limit->is_of_equity ? "%\n" : "\n");
}

static int
print_set(const struct limit_set *set, const char *prefix, struct buf *out)
{
	int rc = buf_addf(out, "%sbuying_power=%s\n", prefix,
	    set->buying_power ? "true" : "false");

	for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++) {
		const struct limit *limit = &set->limit[sorted[i]];

		if (!limit->is_set)
			continue;
		rc |= buf_addf(out, "%s%s=", prefix, limits_name(sorted[i]));
		rc |= print_limit(limit, out);
	}
	return rc;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct table_name *)a)->text,
	    ((const struct table_name *)b)->text);
}

static int
print_symbols(const struct limits *l, struct buf *out)
{
	size_t n = l->symbols.count;
	struct table_name *names = malloc((n + 1) * sizeof *names);
	int rc = names == NULL ? -1 : 0;

	if (n > 0 && rc == 0) {
		memcpy(names, l->symbols.names, n * sizeof *names);
		qsort(names, n, sizeof *names, by_name);
	}
	for (size_t i = 0; i < n && rc == 0; i++) {
		char prefix[48];

		snprintf(prefix, sizeof prefix, "symbols.%s.", names[i].text);
		rc = print_set(limits_of(l, names[i].text), prefix, out);
	}
	free(names);
	return rc;
}

int
limits_print(const struct limits *l, struct buf *out)
{
	if (l->base.is_unlimited)
		return buf_add_str(out, "unlimited");
	return print_set(&l->base, "", out) | print_symbols(l, out);
}

int
limits_hash(struct limits *l)
{
	struct buf text = {0};
	char hash[SEAL_TEXT];
	int rc = limits_print(l, &text);

	if (rc == 0)
		rc = account_hash(text.data, text.len, hash);
	if (rc == 0) {
		memcpy(l->hash, hash, LIMITS_HASH - 1);
		l->hash[LIMITS_HASH - 1] = '\0';
	}
	buf_release(&text);
	return rc;
}
