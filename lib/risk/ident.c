/* SPDX-License-Identifier: MIT */
/* Ids of decisions: the same in every run over the same history. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crc32c.h"
#include "risk/state.h"

static int
is_plain(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* Brokers take few characters: the others become '_', and four digits of a
 * checksum keep BRK.A from BRK_A. */
static void
plain_symbol(const char *symbol, char *out, size_t size)
{
	size_t n = strlen(symbol);
	int is_changed = 0;

	for (size_t i = 0; i < n; i++) {
		is_changed |= !is_plain(symbol[i]);
		out[i] = is_plain(symbol[i]) ? symbol[i] : '_';
	}
	out[n] = '\0';
	if (is_changed)
		snprintf(out + n, size - n, "%04x",
		    crc32c(0, symbol, n) & 0xffff);
}

void
risk_id(char out[ORDER_ID_TEXT], const struct intent *in, int64_t known,
    int64_t n)
{
	char symbol[SYMBOL_TEXT + 4], at[40];
	struct civil c;
	int len;

	plain_symbol(in->symbol, symbol, sizeof symbol);
	time_civil(known, &c);
	len = snprintf(at, sizeof at, "%04d%02d%02dT%02d%02d%02d", c.year,
	    c.month, c.day, c.hour, c.minute, c.second);
	if (c.nanosecond != 0)
		snprintf(at + len, sizeof at - (size_t)len, "%09d",
		    c.nanosecond);
	snprintf(out, ORDER_ID_TEXT, "%s-%s-%s-%lld", in->strategy, symbol,
	    at, (long long)n);
}

static int
grow(struct trisk *t)
{
	uint32_t want = t->tally_cap == 0 ? 16 : t->tally_cap * 2;
	struct tally *grown = realloc(t->tallies, want * sizeof *grown);

	if (grown == NULL)
		return -1;
	t->tallies = grown;
	t->tally_cap = want;
	return 0;
}

int64_t
risk_count(struct trisk *t, const struct intent *in, int64_t known)
{
	char name[STRATEGY_TEXT + SYMBOL_TEXT];
	int n = snprintf(name, sizeof name, "%s %s", in->strategy, in->symbol);
	int is_new;
	int64_t i = table_intern(&t->deciders, name, (size_t)n, &is_new);

	if (i < 0 || (i >= t->tally_cap && grow(t) != 0))
		return -1;
	if (is_new || t->tallies[i].known != known)
		t->tallies[i] = (struct tally){.known = known};
	return ++t->tallies[i].count;
}
